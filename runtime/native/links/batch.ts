import type { Delta } from './data-frames.ts';
import {
  deltaBytes,
  frameTypes,
  headerBytes,
  newFrame,
  treeBytes,
  writeDelta,
} from './data-frames.ts';
import { frameLengthMax } from './frame-reader.ts';
import type { RemoteInlet } from './remote-inlet.ts';
import type { TreeCount } from './tree-fold.ts';

/** About what leaves in one write. */
const batchBytes = 256 * 1024;
/** Progress takes half of a batch at most, so that neither waits for the other for long. */
export const deltasPerBatch = Math.floor(batchBytes / 2 / deltaBytes);

export function progressFrame(deltas: readonly Delta[]): Buffer {
  const frame = newFrame(frameTypes.progress, deltas.length * deltaBytes);
  let at = headerBytes;
  for (const delta of deltas) at = writeDelta(frame, at, delta);
  return frame;
}

export function treesFrame(counts: readonly TreeCount[]): Buffer {
  const frame = newFrame(frameTypes.trees, counts.length * treeBytes);
  counts.forEach(({ task, high, low, component, tuples }, index) => {
    const at = headerBytes + index * treeBytes;
    frame.writeUInt32LE(task, at);
    frame.writeInt32LE(low, at + 4);
    frame.writeInt32LE(high, at + 8);
    frame.writeUInt16LE(component, at + 12);
    frame.writeInt32LE(tuples, at + 14);
  });
  return frame;
}

/** Asks for credit for these tasks. */
export function openFrame(tasks: readonly number[]): Buffer {
  const frame = newFrame(frameTypes.open, 4 * tasks.length);
  tasks.forEach((task, index) => {
    frame.writeUInt32LE(task, headerBytes + 4 * index);
  });
  return frame;
}

/**
 * A frame with what these tasks have credit for, in turns, as far as a batch goes; null when they
 * have nothing to send.
 */
export function tuplesFrame(inlets: readonly RemoteInlet[], first: number): Buffer | null {
  const entries: Buffer[] = [];
  let bytes = 0;
  for (let turn = 0; turn < inlets.length && bytes < batchBytes; turn++) {
    const inlet = inlets[(first + turn) % inlets.length];
    for (let entry = inlet?.next(); entry !== undefined; entry = inlet?.next()) {
      entries.push(entry);
      bytes += entry.length;
      if (bytes >= batchBytes) break;
    }
  }
  if (entries.length === 0) return null;
  return join(entries, bytes);
}

function join(entries: readonly Buffer[], bytes: number): Buffer {
  // The last entry of a batch may be as large as a frame: then it needs one of its own.
  const last = entries.at(-1);
  if (bytes >= frameLengthMax && last !== undefined && entries.length > 1) {
    const others = entries.slice(0, -1);
    return Buffer.concat([join(others, bytes - last.length), join([last], last.length)]);
  }
  const frame = newFrame(frameTypes.tuples, bytes);
  let at = headerBytes;
  for (const entry of entries) {
    frame.set(entry, at);
    at += entry.length;
  }
  return frame;
}
