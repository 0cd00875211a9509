import type { Bolt, ForeignBolt, ForeignSpout, Spout, Streams } from '../builder/index.ts';
import type { Head } from './heads.ts';
import type { Operator } from './steps.ts';

/** What the user may say of the component that a part of the program becomes. */
export interface Wishes {
  name?: string;
  parallelism?: number;
  concurrency?: number;
}

interface NodeBase {
  /** What its component is called when nobody names it. */
  readonly word: string;
  readonly wishes: Wishes;
  readonly children: Node[];
}

/** A stream of a spout or bolt that is no stage. */
export interface OutputNode extends NodeBase {
  readonly kind: 'output';
  readonly component: ComponentNode;
  readonly stream: string;
  /** The values are the tuples, by the fields that were declared; else their field `value`. */
  readonly isRaw: boolean;
}

/** A stateless function; runs in the component of what comes before it. */
export interface OperatorNode extends NodeBase {
  readonly kind: 'operator';
  readonly parent: Node;
  readonly make: Operator;
  /** Nothing can follow it. */
  readonly isSink: boolean;
  /** Its values are objects that travel field by field; null: as one field, `value`. */
  readonly fields: readonly string[] | null;
}

export type Key = (value: never) => unknown;

/** Where values change tasks. */
interface Boundary extends NodeBase {
  readonly parents: readonly Node[];
  /** Equal keys come to the same task; null: to all tasks in turn. */
  readonly key: Key | null;
}

export interface HeadNode extends Boundary {
  readonly kind: 'head';
  readonly head: Head;
  /** Seconds between ticks; null for none. */
  readonly tickSecs: number | null;
}

export interface SpoutNode extends NodeBase {
  readonly kind: 'spout';
  readonly spout: Spout<Streams> | ForeignSpout<Streams>;
}

/** A bolt that the user wrote. */
export interface ProcessNode extends Boundary {
  readonly kind: 'process';
  readonly bolt: Bolt<unknown, Streams> | ForeignBolt<unknown, Streams>;
}

export type ComponentNode = SpoutNode | ProcessNode;
export type Node = OutputNode | OperatorNode | HeadNode | ComponentNode;

/** A program as it is written down, in that order. */
export interface Graph {
  readonly nodes: Node[];
}

export function addNode<Kind extends Node>(graph: Graph, node: Kind): Kind {
  graph.nodes.push(node);
  for (const parent of parentsOf(node)) parent.children.push(node);
  return node;
}

function parentsOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'spout':
      return [];
    case 'output':
      return [node.component];
    case 'operator':
      return [node.parent];
    case 'head':
    case 'process':
      return node.parents;
  }
}
