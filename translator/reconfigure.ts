import { InvalidTopologyError, type StormConf, type Topology } from '../storm-api/index.ts';
import type { ExecutionPlan, Processor } from './execution-plan.ts';
import { runsNative } from './shell-components.ts';
import { translate } from './translate.ts';

/** What decided, with what the inspection found, how and where the topology runs. */
const settledAtSubmission =
  /^(topology\.multilang\.serializer|gearstorm\.(multilang\.native|storm\.version)|(storm|transactional)\.zookeeper\..+)$/;

export interface Configured {
  readonly plan: ExecutionPlan;
  readonly config: StormConf;
}

/**
 * An accepted topology with other values of some keys: what its components set themselves stands
 * above them, as at the submission. Its tasks stay, and so does where they are placed.
 * @throws InvalidTopologyError for a value that a submission could not have, and for one that takes a new submission
 */
export function reconfigure(
  topology: Topology,
  { plan, config }: Configured,
  overrides: StormConf,
): Configured {
  for (const key of overrides.keys()) {
    if (settledAtSubmission.test(key) && overrides.text(key) !== config.text(key)) {
      throw new InvalidTopologyError(`${key} cannot be changed by a rebalance: submit it anew`);
    }
  }
  const anew = translate({
    topology: { ...topology, config: overrides },
    stormId: plan.stormId,
    config,
    slots: [],
  });
  const processors = new Map(anew.plan.processors.map((each) => [each.id, each]));
  const hasSameTasks =
    processors.size === plan.processors.length &&
    plan.processors.every((each) => sameTasks(each, processors.get(each.id)));
  if (!hasSameTasks) {
    throw new InvalidTopologyError(
      `a rebalance cannot change which tasks there are, as ${[...overrides.keys()].join(', ')} would`,
    );
  }
  const moved = plan.processors.find(
    ({ id, shell }) => shell !== null && !runsNative(id, anew.topology, anew.config),
  );
  if (moved !== undefined) {
    throw new InvalidTopologyError(
      `a rebalance cannot take ${moved.id} from its native workers to Java: submit it anew`,
    );
  }
  return {
    config: anew.config,
    plan: {
      ...plan,
      yamlKeys: plan.yamlKeys.filter((key) => !overrides.has(key)),
      processors: plan.processors.map((each) => ({
        ...each,
        ...configOf(processors.get(each.id)),
      })),
    },
  };
}

function sameTasks({ tasks }: Processor, anew: Processor | undefined): boolean {
  return String(tasks) === String(anew?.tasks);
}

function configOf(anew: Processor | undefined): Partial<Processor> {
  return anew === undefined
    ? {}
    : { configJson: anew.configJson, ownConfigKeys: anew.ownConfigKeys };
}
