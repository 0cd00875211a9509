import { useState } from 'preact/hooks';
import type { Flame } from '../../live/flame.ts';
import { count, percent } from '../format.ts';

const rowHeight = 22;
const rowsMax = 70;
const colors = 6;
const widthLeast = 0.002;

interface Box {
  readonly flame: Flame;
  readonly depth: number;
  /** Parts of the width. */
  readonly from: number;
  readonly width: number;
}

/** Where the time goes: each box is a method, as wide as its share, under what called it. A click makes it the whole. */
export function FlameGraph({ flame }: { readonly flame: Flame }) {
  const [top, setTop] = useState(flame);
  const boxes = boxesOf(top, { depth: 0, from: 0, width: 1 });
  const depth = Math.max(...boxes.map((box) => box.depth)) + 1;
  return (
    <>
      <p class="muted">
        {count(flame.samples)} samples of threads that ran.{' '}
        {top === flame ? null : (
          <button type="button" class="link" onClick={() => setTop(flame)}>
            Show all
          </button>
        )}
      </p>
      <div class="flame" style={{ height: `${depth * rowHeight}px` }}>
        {boxes.map((box) => (
          <button
            type="button"
            key={`${box.depth} ${box.from}`}
            class={`flame-box flame-${hash(box.flame.name) % colors}`}
            style={{
              left: `${box.from * 100}%`,
              width: `${box.width * 100}%`,
              top: `${box.depth * rowHeight}px`,
            }}
            title={`${box.flame.name}: ${percent(box.flame.samples / flame.samples)}`}
            onClick={() => setTop(box.flame)}
          >
            {box.flame.name}
          </button>
        ))}
      </div>
    </>
  );
}

function boxesOf(flame: Flame, place: Omit<Box, 'flame'>): readonly Box[] {
  const { depth, width } = place;
  if (width < widthLeast || depth >= rowsMax) return [];
  let { from } = place;
  const below = flame.calls.flatMap((call) => {
    const part = (width * call.samples) / flame.samples;
    const boxes = boxesOf(call, { depth: depth + 1, from, width: part });
    from += part;
    return boxes;
  });
  return [{ flame, ...place }, ...below];
}

/** The same method has the same colour. */
function hash(text: string): number {
  let value = 7;
  for (const letter of text) value = (value * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003;
  return value;
}
