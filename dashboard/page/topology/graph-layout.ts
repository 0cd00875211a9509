import { Graph, layout } from '@dagrejs/dagre';
import type { GraphMessage } from '../../live/messages.ts';

export const nodeWidth = 200;
export const nodeHeight = 84;
/** Room for what stands above the uppermost line. */
const labelHeight = 24;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** All streams from one component to another, drawn as one line. */
export interface DrawnEdge {
  readonly source: string;
  readonly target: string;
  /** Positions in the message's edges. */
  readonly parts: readonly number[];
  readonly points: readonly Point[];
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** Middle of each component. */
  readonly nodes: ReadonlyMap<string, Point>;
  readonly edges: readonly DrawnEdge[];
}

/** Where everything goes, from left to right. Ids are taken as numbers, so that any text is one. */
export function drawingOf({ components, edges }: GraphMessage): Drawing {
  const graph = new Graph({ directed: true });
  graph.setGraph({
    rankdir: 'LR',
    nodesep: 28,
    ranksep: 96,
    edgesep: 18,
    marginx: 12,
    marginy: labelHeight,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  const numbers = new Map(components.map(({ id }, index) => [id, String(index)]));
  for (const number of numbers.values()) {
    graph.setNode(number, { width: nodeWidth, height: nodeHeight });
  }
  const pairs = pairsOf(edges, numbers);
  for (const { from, to } of pairs) graph.setEdge(from, to, { width: 70, height: 16 });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width,
    height,
    nodes: new Map([...numbers].map(([id, number]) => [id, pointOf(graph.node(number))])),
    edges: pairs.map(({ from, to, source, target, parts }) => ({
      ...{ source, target, parts },
      points: (graph.edge(from, to) as { points?: readonly Point[] }).points ?? [],
    })),
  };
}

interface Pair {
  readonly source: string;
  readonly target: string;
  readonly from: string;
  readonly to: string;
  readonly parts: number[];
}

function pairsOf(
  edges: GraphMessage['edges'],
  numbers: ReadonlyMap<string, string>,
): readonly Pair[] {
  const pairs = new Map<string, Pair>();
  edges.forEach(({ source, target }, index) => {
    const from = numbers.get(source);
    const to = numbers.get(target);
    if (from === undefined || to === undefined) return;
    const pair = pairs.get(`${from} ${to}`) ?? { source, target, from, to, parts: [] };
    pair.parts.push(index);
    pairs.set(`${from} ${to}`, pair);
  });
  return [...pairs.values()];
}

function pointOf(node: unknown): Point {
  const { x, y } = node as Point;
  return { x, y };
}

/** A soft line through the points. */
export function pathOf(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let path = `M${at(first)}`;
  for (let index = 0; index < rest.length - 1; index++) {
    const here = rest[index] ?? first;
    const next = rest[index + 1] ?? here;
    path += `Q${at(here)} ${at(between(here, next))}`;
  }
  return `${path}L${at(rest.at(-1) ?? first)}`;
}

/** Where a label stands: on the soft line, half-way through its points. */
export function middleOf(points: readonly Point[]): Point {
  const place = Math.floor(points.length / 2);
  const here = points[place] ?? { x: 0, y: 0 };
  const before = points[place - 1] ?? here;
  const from = place === 1 ? before : between(before, here);
  const to = between(here, points[place + 1] ?? here);
  return between(here, between(from, to));
}

function between(one: Point, other: Point): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}

function at({ x, y }: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
