import { writeFile } from 'node:fs/promises';
import type { ProcessView } from './worker-routes.ts';

/** Says the same of every process, and writes down what it is asked for. */
export class TestProcesses implements ProcessView {
  readonly restarted: number[] = [];
  readonly threads = async (pid: number) => `main of ${pid} runs`;
  readonly profile = async () => [['main', 'run']];
  readonly heap = (pid: number, file: string) => writeFile(file, `heap of ${pid}`);
  readonly startRecording = (pid: number, file: string, minutes: number) =>
    writeFile(file, `${minutes} minutes of ${pid}`);
  readonly dumpRecording = (pid: number, file: string) => writeFile(file, `${pid} goes on`);
  readonly stopped: number[] = [];
  readonly stopRecording = async (pid: number) => {
    this.stopped.push(pid);
  };
  readonly restart = (pid: number) => this.restarted.push(pid) > 0;
}
