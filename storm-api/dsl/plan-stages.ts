import { InvalidTopologyError } from '../errors.ts';
import type {
  ComponentNode,
  Graph,
  HeadNode,
  Key,
  Node,
  OutputNode,
  ProcessNode,
} from './graph.ts';

/** One stream that a stage emits: what comes out of one of its nodes. */
export interface StageOutput {
  readonly stream: string;
  /** Emitted as field `key` before the value; null when nobody groups by it. */
  readonly key: Key | null;
  /** Fields of the value; null when it is one field, `value`. */
  readonly fields: readonly string[] | null;
}

/** Operators that become one bolt: all that follows the root up to the next change of tasks. */
export interface Stage {
  readonly root: OutputNode | HeadNode;
  readonly id: string;
  readonly members: readonly Node[];
  readonly outputs: ReadonlyMap<Node, readonly StageOutput[]>;
}

/** Where a bolt gets its values from. */
export interface Feed {
  readonly component: string;
  readonly stream: string;
  /** The tuples have fields of their own instead of `value`. */
  readonly isRaw: boolean;
}

export interface StagePlan {
  readonly stages: readonly Stage[];
  readonly components: ReadonlyMap<ComponentNode, string>;
  /** Of a stage's root or a bolt of the user. */
  feedsOf(node: OutputNode | HeadNode | ProcessNode): readonly Feed[];
}

/**
 * Cuts a program into components: spouts and bolts of the user, and stages between them.
 * @throws InvalidTopologyError when two components are named alike
 */
export function planStages({ nodes }: Graph): StagePlan {
  const names = new Names();
  const components = new Map<ComponentNode, string>();
  for (const node of nodes) {
    if (node.kind === 'spout') components.set(node, nameOf([node], names));
  }
  for (const node of nodes) {
    if (node.kind === 'process') components.set(node, nameOf([node], names));
  }
  const stages = nodes.filter(beginsStage).map((root) => planStage(root, names));
  const stageOf = new Map(stages.flatMap((stage) => stage.members.map((each) => [each, stage])));
  const ownFeed = ({ component, stream, isRaw }: OutputNode): Feed => ({
    component: components.get(component) ?? '',
    stream,
    isRaw,
  });
  const feed = (parent: Node, key: Key | null): Feed => {
    if (parent.kind === 'output' && key === null) return ownFeed(parent);
    const stage = stageOf.get(parent);
    const output = stage?.outputs.get(parent)?.find((each) => each.key === key);
    if (stage === undefined || output === undefined) throw new Error('a value comes from nowhere');
    return { component: stage.id, stream: output.stream, isRaw: output.fields !== null };
  };
  return {
    stages,
    components,
    feedsOf: (node) =>
      node.kind === 'output'
        ? [ownFeed(node)]
        : unique(node.parents.map((parent) => feed(parent, node.key))),
  };
}

/** A bolt subscribes to a stream once. */
function unique(feeds: readonly Feed[]): readonly Feed[] {
  const byStream = new Map(
    feeds.map((feed) => [JSON.stringify([feed.component, feed.stream]), feed]),
  );
  return [...byStream.values()];
}

/** Its key has to be found, or functions be called, in a bolt before the values go on. */
function beginsStage(node: Node): node is OutputNode | HeadNode {
  if (node.kind === 'head') return true;
  return (
    node.kind === 'output' &&
    node.children.some((child) => child.kind === 'operator' || keyOf(child) !== null)
  );
}

function planStage(root: OutputNode | HeadNode, names: Names): Stage {
  const members = [root, ...operatorsAfter(root)];
  const outputs = new Map<Node, readonly StageOutput[]>();
  let count = 0;
  for (const member of members) {
    const fields = member.kind === 'operator' ? member.fields : null;
    const keys = outputKeys(member);
    const planned = keys.map((key) => {
      count += 1;
      return { stream: count === 1 ? 'default' : `output-${count}`, key, fields };
    });
    outputs.set(member, planned);
  }
  return { root, id: nameOf(members, names), members, outputs };
}

function operatorsAfter(node: Node): readonly Node[] {
  const operators = node.children.filter(({ kind }) => kind === 'operator');
  return operators.flatMap((operator) => [operator, ...operatorsAfter(operator)]);
}

/** Keys that followers group by; null among them when it goes on without, or ends here. */
function outputKeys(node: Node): readonly (Key | null)[] {
  if (node.kind === 'operator' && node.isSink) return [];
  const keys = new Set(node.children.filter(isBoundary).map(({ key }) => key));
  // A spout's or bolt's own stream is what those without a key subscribe to.
  if (node.kind === 'output') keys.delete(null);
  else if (node.children.length === 0) keys.add(null);
  return [...keys];
}

function isBoundary(node: Node): node is HeadNode | ProcessNode {
  return node.kind === 'head' || node.kind === 'process';
}

function keyOf(node: Node): Key | null {
  return isBoundary(node) ? node.key : null;
}

function nameOf(members: readonly Node[], names: Names): string {
  const named = members.find(({ wishes }) => wishes.name !== undefined);
  if (named?.wishes.name !== undefined) return names.takeWished(named.wishes.name);
  const words = members.filter(({ kind }) => kind !== 'output').map(({ word }) => word);
  return names.takeLike(words.slice(0, 4).join('-') || 'group');
}

/** Ids of components, each once. */
class Names {
  readonly #taken = new Set<string>();

  /** @throws InvalidTopologyError when the user gave it before */
  takeWished(name: string): string {
    if (this.#taken.has(name)) {
      throw new InvalidTopologyError(`there are two components ${name}`);
    }
    this.#taken.add(name);
    return name;
  }

  /** The second of a name is `name-2`. */
  takeLike(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.#taken.has(name); number++) name = `${wanted}-${number}`;
    this.#taken.add(name);
    return name;
  }
}
