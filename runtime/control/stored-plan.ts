import type { ExecutionPlan } from '../../translator/index.ts';
import { StoredPlanError } from './errors.ts';

const planVersion: ExecutionPlan['planVersion'] = 2;

/** What version 1 did not have yet. */
type NewIn2 = 'planVersion' | 'yamlKeys';
type FirstPlan = Omit<ExecutionPlan, NewIn2> & { readonly planVersion: 1 };

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
  const processors = plan.processors.map((processor) => ({ ...processor, ownConfigKeys: [] }));
  return { ...plan, planVersion, yamlKeys: [], processors };
}
