import { expect, it } from 'vitest';
import type { WorkerFrame } from '../../wire/index.ts';
import { LagReports } from './lag-reports.ts';

const at = (doneOffset: number) => ({
  ...{ topic: 'orders', partition: 0, lag: 9 - doneOffset, endOffset: 9, doneOffset },
});
const lags = (doneOffset: number) => [{ component: 'in', task: 3, partitions: [at(doneOffset)] }];

it('tells each task when it has moved, and everything to a control plane that comes anew', () => {
  const sent: WorkerFrame[] = [];
  let isThere = true;
  const reports = new LagReports((frame) => {
    if (isThere) sent.push(frame);
    return isThere;
  });
  reports.tell(lags(1), 1_000);
  reports.tell(lags(1), 2_000);
  reports.tell(lags(2), 3_000);
  isThere = false;
  reports.tell(lags(3), 4_000);
  isThere = true;
  reports.tell(lags(3), 5_000);
  reports.forget();
  reports.tell(lags(3), 6_000);
  const told = [1, 2, 3, 3].map((doneOffset, index) => ({
    ...{ type: 'lag', component: 'in', task: 3, partitions: [at(doneOffset)] },
    timeMs: [1_000, 3_000, 5_000, 6_000][index],
  }));
  expect(sent).toEqual(told);
});
