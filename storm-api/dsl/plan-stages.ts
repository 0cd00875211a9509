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

/** Cuts a program into components: spouts and bolts of the user, and stages between them. */
export function planStages({ nodes }: Graph): StagePlan {
  const names = new Names();
  const components = new Map<ComponentNode, string>();
  for (const node of nodes) {
    if (node.kind === 'spout') components.set(node, names.take(node.wishes.name ?? node.word));
  }
  for (const node of nodes) {
    if (node.kind === 'process') components.set(node, names.take(node.wishes.name ?? node.word));
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
        : node.parents.map((parent) => feed(parent, node.key)),
  };
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
  return { root, id: names.take(nameOf(members)), members, outputs };
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

function nameOf(members: readonly Node[]): string {
  const named = members.find(({ wishes }) => wishes.name !== undefined);
  const words = members.filter(({ kind }) => kind !== 'output').map(({ word }) => word);
  return named?.wishes.name ?? (words.slice(0, 4).join('-') || 'group');
}

/** Ids of components, each once: the second of a name is `name-2`. */
class Names {
  readonly #taken = new Set<string>();

  take(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.#taken.has(name); number++) name = `${wanted}-${number}`;
    this.#taken.add(name);
    return name;
  }
}
