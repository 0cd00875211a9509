import type { ExecutionPlan, ExecutorPlan } from '../../../translator/index.ts';
import type { Logger } from '../../logger.ts';
import type { ExecutorStats } from '../../wire/index.ts';
import type { WorkerReport } from './control-server.ts';

/** Every worker may run one of it, which has no place in the plan. */
const system = { component: '__system', task: -1 };

/**
 * Lets through what a worker says of the executors and tasks that its plan gives it. User code shares
 * the worker's process, and whoever keeps something by task must not grow by what is made up there.
 */
export class OwnReports {
  /** By first task. */
  readonly #executors: ReadonlyMap<number, ExecutorPlan>;
  readonly #components: ReadonlyMap<number, string>;
  readonly #logger: Logger;
  #dropped = 0;

  /** @param worker its index in the plan */
  constructor({ executors }: ExecutionPlan, worker: number, logger: Logger) {
    const own = executors.filter((executor) => executor.worker === worker);
    this.#executors = new Map(own.map((executor) => [executor.firstTask, executor]));
    this.#components = new Map(own.flatMap(tasksOf));
    this.#logger = logger;
  }

  /** The report, or what of it is the worker's to say; null: nothing. */
  filter(report: WorkerReport): WorkerReport | null {
    switch (report.type) {
      case 'stats': {
        const executors = report.executors.filter((each) => this.#isExecutor(each));
        if (executors.length === report.executors.length) return report;
        this.#drop(report, report.executors.length - executors.length);
        return executors.length === 0 ? null : { ...report, executors };
      }
      case 'lag':
      case 'subprocess-ended':
      case 'stuck':
      case 'error':
        if (this.#isTask(report)) return report;
        this.#drop(report, 1);
        return null;
      default:
        return report;
    }
  }

  /** To be called when the worker ended: the next process of it is told about anew. */
  onEnded(): void {
    const dropped = this.#dropped;
    this.#dropped = 0;
    if (dropped > 0) this.#logger.warn({ dropped }, 'reports of foreign tasks dropped');
  }

  #isExecutor({ component, firstTask, lastTask }: ExecutorStats): boolean {
    if (firstTask === system.task) return this.#isTask({ component, task: lastTask });
    const own = this.#executors.get(firstTask);
    return own?.lastTask === lastTask && own.component === component;
  }

  /** An error may be of no task in particular. */
  #isTask({ component, task }: { readonly component: string; readonly task: number | null }) {
    if (task === null) return [...this.#components.values()].includes(component);
    return component === (task === system.task ? system.component : this.#components.get(task));
  }

  /** Told once, and how many it were at the end: a worker that does it once does it all the time. */
  #drop({ type }: WorkerReport, reports: number): void {
    if (this.#dropped === 0) {
      this.#logger.warn({ report: type }, 'worker reports of tasks that are not its own');
    }
    this.#dropped += reports;
  }
}

function tasksOf({ component, firstTask, lastTask }: ExecutorPlan): readonly [number, string][] {
  const count = lastTask - firstTask + 1;
  return Array.from({ length: count }, (_, index) => [firstTask + index, component]);
}
