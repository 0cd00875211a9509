import type { ExecutionPlan, Processor, WorkerPlan } from '../../translator/index.ts';
import { StoredPlanError } from './errors.ts';

const planVersion: ExecutionPlan['planVersion'] = 2;

/** The only kind of worker that there was at first. */
const java = { host: 'java' } as const;

/** Version 1 lacked these, and its first plans the kind of each worker and the shells too. */
interface FirstPlan
  extends Omit<ExecutionPlan, 'planVersion' | 'yamlKeys' | 'processors' | 'workers'> {
  readonly planVersion: 1;
  readonly processors: readonly (Omit<Processor, 'ownConfigKeys' | 'shell'> & Partial<Processor>)[];
  readonly workers: readonly (Omit<WorkerPlan, 'host'> & Partial<WorkerPlan>)[];
}

/**
 * A plan that a build of this product wrote, as this one wants it: what older builds did not say
 * gets the value that they acted upon.
 * @throws StoredPlanError when a younger build wrote it
 */
export function readStoredPlan(text: string): ExecutionPlan {
  const plan = JSON.parse(text) as ExecutionPlan | FirstPlan;
  if (plan.planVersion === planVersion) return plan;
  if (plan.planVersion === 1) return upgradeFirst(plan);
  const { stormId, planVersion: version } = plan as ExecutionPlan;
  throw new StoredPlanError(
    `the plan of ${stormId} has the version ${version}, and this build reads ${planVersion}: go on with the build that wrote it, or kill the topology there and submit it again`,
  );
}

function upgradeFirst(plan: FirstPlan): ExecutionPlan {
  const processors = plan.processors.map((each) => ({ shell: null, ...each, ownConfigKeys: [] }));
  const workers = plan.workers.map((each) => ({ ...java, ...each }));
  return { ...plan, planVersion, yamlKeys: [], processors, workers };
}
