import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ComponentLine, GraphComponent, GraphMessage } from '../../live/messages.ts';
import { count, rate } from '../format.ts';
import { Empty } from '../widgets/empty.tsx';
import { sharesText } from '../widgets/shares-bar.tsx';
import {
  type DrawnEdge,
  drawingOf,
  middleOf,
  nodeHeight,
  nodeWidth,
  pathOf,
} from './graph-layout.ts';

export interface GraphProps {
  readonly graph: GraphMessage;
  /** By id; empty while nothing is known, as in a preview. */
  readonly lines: ReadonlyMap<string, ComponentLine>;
  readonly edgesPerSec: readonly number[];
  readonly bottleneck: string | null;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
}

const zoomLeast = 0.15;
/** With less, nobody can read what it says. */
const zoomReadable = 0.6;
const zoomMost = 2;
const labelLength = 20;

/** The topology as a drawing: what flows along its edges, and how its components fare. */
export function Graph(props: GraphProps) {
  const drawing = useMemo(() => drawingOf(props.graph), [props.graph]);
  const frame = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(1);
  const fit = () => {
    const room = frame.current?.clientWidth ?? drawing.width;
    setZoom(Math.min(1, Math.max(zoomLeast, room / drawing.width)));
  };
  useEffect(() => {
    const room = frame.current?.clientWidth ?? drawing.width;
    setZoom(Math.min(1, Math.max(zoomReadable, room / drawing.width)));
  }, [drawing]);
  // A large graph does not fit readably: what matters most of it is brought into view.
  const centre = drawing.nodes.get(props.selected ?? props.bottleneck ?? '');
  useEffect(() => {
    if (centre === undefined || frame.current === null) return;
    const { clientWidth, clientHeight } = frame.current;
    const left = centre.x * zoom - clientWidth / 2;
    frame.current.scrollTo({ left, top: centre.y * zoom - clientHeight / 2 });
  }, [centre?.x, centre?.y, zoom]);
  const by = (factor: number) =>
    setZoom((now) => Math.min(zoomMost, Math.max(zoomLeast, now * factor)));
  const components = new Map(props.graph.components.map((each) => [each.id, each]));
  if (components.size === 0) return <Empty title="It has no components" />;
  return (
    <div class="graph">
      <div class="graph-tools">
        <button type="button" class="quiet" onClick={() => by(0.8)} aria-label="Smaller">
          −
        </button>
        <button type="button" class="quiet" onClick={fit}>
          Fit
        </button>
        <button type="button" class="quiet" onClick={() => by(1.25)} aria-label="Larger">
          +
        </button>
      </div>
      <div class="graph-frame" ref={frame}>
        <svg
          width={drawing.width * zoom}
          height={drawing.height * zoom}
          viewBox={`0 0 ${drawing.width} ${drawing.height}`}
          role="group"
          aria-label={`Graph of ${props.graph.name}`}
        >
          <defs>
            <marker
              id="arrow"
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="8"
              markerHeight="8"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path class="arrow" d="M0 0 8 4 0 8z" />
            </marker>
          </defs>
          {drawing.edges.map((edge) => (
            <Edge key={`${edge.source} ${edge.target}`} edge={edge} props={props} />
          ))}
          {[...drawing.nodes].map(([id, { x, y }]) => (
            <Node key={id} component={components.get(id)} x={x} y={y} props={props} />
          ))}
        </svg>
      </div>
      <Legend live={props.lines.size > 0} />
    </div>
  );
}

function Edge({ edge, props }: { readonly edge: DrawnEdge; readonly props: GraphProps }) {
  const { graph, edgesPerSec, lines } = props;
  const perSec = edge.parts.reduce((sum, part) => sum + (edgesPerSec[part] ?? 0), 0);
  const parts = edge.parts.flatMap((part) => graph.edges[part] ?? []);
  const { x, y } = middleOf(edge.points);
  const width = 1.5 + Math.min(5, Math.log10(1 + perSec));
  return (
    <g class={perSec > 0 ? 'edge flows' : 'edge'}>
      <title>{parts.map(({ stream, grouping }) => `${stream}: ${grouping}`).join('\n')}</title>
      <path d={pathOf(edge.points)} stroke-width={width} marker-end="url(#arrow)" />
      <text x={x} y={y - 8}>
        {lines.size === 0 ? groupings(parts) : rate(perSec)}
      </text>
    </g>
  );
}

function groupings(parts: readonly { readonly grouping: string }[]): string {
  return [...new Set(parts.map(({ grouping }) => grouping))].join(', ');
}

function Node(args: {
  readonly component: GraphComponent | undefined;
  readonly x: number;
  readonly y: number;
  readonly props: GraphProps;
}) {
  const { component, props } = args;
  if (component === undefined) return null;
  const { id, kind } = component;
  const line = props.lines.get(id);
  const classes = ['node', kind];
  if (props.selected === id) classes.push('selected');
  if (props.bottleneck === id) classes.push('bottleneck');
  return (
    <g
      class={classes.join(' ')}
      transform={`translate(${args.x - nodeWidth / 2} ${args.y - nodeHeight / 2})`}
      role="button"
      tabindex={0}
      aria-pressed={props.selected === id}
      data-component={id}
      onClick={() => props.onSelect(id)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        props.onSelect(id);
      }}
    >
      <title>{`${kind} ${id}${line === undefined ? '' : `, ${spoken(line)}`}`}</title>
      <rect class="box" width={nodeWidth} height={nodeHeight} rx="8" />
      <rect class="kind" width="5" height={nodeHeight} rx="2.5" />
      <text class="name" x="16" y="22">
        {shortened(id)}
      </text>
      {line === undefined ? <NodeCode component={component} /> : <NodeNumbers line={line} />}
      {props.bottleneck === id ? (
        <text class="flag" x={nodeWidth - 10} y={42} text-anchor="end">
          bottleneck
        </text>
      ) : null}
    </g>
  );
}

/** Of a component that does not run yet. */
function NodeCode({ component }: { readonly component: GraphComponent }) {
  const { kind, code } = component;
  return (
    <>
      <text class="fact" x="16" y="44">
        {kind}
      </text>
      <text class="small" x="16" y="66">
        {shortened(shortCode(code ?? ''))}
      </text>
    </>
  );
}

/** A class without its package; a command as it is. */
function shortCode(code: string): string {
  return code.includes(' ') ? code : code.slice(code.lastIndexOf('.') + 1);
}

/** Names that begin alike differ at the end. */
function shortened(text: string): string {
  if (text.length <= labelLength) return text;
  const half = labelLength / 2;
  return `${text.slice(0, half)}…${text.slice(1 - half)}`;
}

function NodeNumbers({ line }: { readonly line: ComponentLine }) {
  const { shares, queue } = line;
  const room = nodeWidth - 32;
  const busy = (shares?.busy ?? 0) * room;
  return (
    <>
      <text class="fact" x="16" y="42" data-rate={mainRate(line)}>
        {rate(mainRate(line))}
      </text>
      <rect class="bar" x="16" y="53" width={room} height="7" rx="3.5" />
      {shares === null ? null : (
        <>
          <rect class="bar-busy" x="16" y="53" width={busy} height="7" rx="3.5" />
          <rect
            class="bar-held"
            x={16 + busy}
            y="53"
            width={shares.backpressured * room}
            height="7"
            rx="3.5"
          />
        </>
      )}
      <text class="small" x="16" y="76">
        {line.tasks === line.executors
          ? `${line.tasks}×`
          : `${line.executors}× (${line.tasks} tasks)`}
      </text>
      <text class="small" x={nodeWidth - 16} y="76" text-anchor="end">
        {queue === null || line.kind === 'spout' ? '' : `${count(queue.tuples)} wait`}
      </text>
    </>
  );
}

/** What a spout emits, what a bolt executes. */
export function mainRate(line: ComponentLine): number {
  return line.kind === 'spout' ? line.rates.emitted : line.rates.executed;
}

function spoken(line: ComponentLine): string {
  const time = line.shares === null ? '' : `, ${sharesText(line.shares)}`;
  return `${rate(mainRate(line))}${time}`;
}

function Legend({ live }: { readonly live: boolean }) {
  return (
    <p class="legend">
      <span class="key spout" /> spout <span class="key bolt" /> bolt{' '}
      {live ? (
        <>
          <span class="key busy" /> busy <span class="key held" /> held back by others{' '}
          <span class="key idle" /> idle
        </>
      ) : null}
    </p>
  );
}
