import { readFile } from 'node:fs/promises';
import type { ExecutionPlan } from '../../../translator/index.ts';
import { type WorkerAssignment, wireVersion } from '../../wire/index.ts';

/** The files that a worker was started with cannot be used; the message says which and why. */
export class AssignmentError extends Error {
  override readonly name = 'AssignmentError';
}

/** @throws AssignmentError */
export async function readAssignment(file: string): Promise<WorkerAssignment> {
  const assignment = (await readJson(file)) as WorkerAssignment;
  checkVersion(file, assignment.wireVersion);
  const isComplete =
    typeof assignment.token === 'string' &&
    typeof assignment.controlSocket === 'string' &&
    typeof assignment.planFile === 'string' &&
    Number.isSafeInteger(assignment.workerIndex) &&
    Number.isSafeInteger(assignment.incarnation);
  if (!isComplete) throw new AssignmentError(`${file} is no assignment`);
  return assignment;
}

/** @throws AssignmentError when it is of another version than ours */
export function checkVersion(file: string, version: unknown): void {
  if (version === wireVersion) return;
  throw new AssignmentError(
    `${file}: its wireVersion is ${version}, this host speaks ${wireVersion}`,
  );
}

/** @throws AssignmentError */
export async function readPlan(file: string): Promise<ExecutionPlan> {
  const plan = (await readJson(file)) as ExecutionPlan;
  if (plan.planVersion === 2 && Array.isArray(plan.executors)) return plan;
  throw new AssignmentError(`${file} is no plan of version 2`);
}

/** @throws AssignmentError */
export async function readJson(file: string): Promise<object> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof value === 'object' && value !== null) return value;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AssignmentError(`${file} cannot be read: ${reason}`, { cause });
  }
  throw new AssignmentError(`${file} is no JSON object`);
}
