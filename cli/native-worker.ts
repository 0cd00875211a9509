import { readFile } from 'node:fs/promises';
import {
  AssignmentError,
  importProgram,
  inspectNative,
  readProgramCall,
  startNativeWorker,
} from '../runtime/native/index.ts';
import { StormConf } from '../storm-api/index.ts';
import { decodeTopology } from '../storm-api/thrift/index.ts';

const wrongFiles = 2;

/** As a worker: `worker ASSIGNMENT`; or once, at a submission: `inspect REQUEST`. */
async function main([what, file]: readonly string[]): Promise<void> {
  if (file === undefined) throw new AssignmentError('usage: native-worker (worker|inspect) FILE');
  if (what === 'inspect') await inspect(file);
  else await work(file);
}

async function work(assignmentFile: string): Promise<void> {
  const { log } = await startNativeWorker({
    assignmentFile,
    load: ({ programFile }) => load(programFile),
    exit: (code) => process.exit(code),
  });
  // What user code prints belongs to the topology's log.
  const print = (text: string | Uint8Array): boolean => {
    log.writeText(typeof text === 'string' ? text : Buffer.from(text).toString());
    return true;
  };
  process.stdout.write = print;
  process.stderr.write = print;
}

async function inspect(requestFile: string): Promise<void> {
  await inspectNative({
    requestFile,
    read: async ({ topologyFile }) => {
      const frame = { name: '', generation: 'storm-0.10', config: StormConf.empty } as const;
      return decodeTopology(await readFile(topologyFile), frame).components;
    },
    load: ({ programFile }) => load(programFile),
  });
  process.exit(0); // whatever the program has begun
}

async function load(programFile: string) {
  return await importProgram(programFile, await readProgramCall(programFile));
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const text = error instanceof AssignmentError ? error.message : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(wrongFiles);
}
