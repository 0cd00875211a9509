import { systemPrefix } from '../storm-api/index.ts';
import type { ExecutionPlan, Route } from '../translator/index.ts';
import { jsonText } from './json-text.ts';
import type { Handshake } from './serializer.ts';

type Description = Pick<Handshake, 'conf' | 'context'>;

/**
 * What a child is told of a topology that was submitted: the configuration as it was written, and
 * all that Storm 0.10 puts into its context. Storm's own streams are left out, its tasks are not.
 */
export function describePlannedTask(
  plan: ExecutionPlan,
  component: string,
  task: number,
): Description {
  const processor = plan.processors.find(({ id }) => id === component);
  const streams = (processor?.streams ?? []).filter(({ id }) => !id.startsWith(systemPrefix));
  const tasks = plan.processors.flatMap(({ id, tasks }) =>
    tasks.map((each) => [each, id] as const),
  );
  const about = {
    'task->component': Object.fromEntries(tasks),
    taskid: task,
    componentid: component,
    streams: streams.map(({ id }) => id),
    'stream->outputfields': Object.fromEntries(streams.map(({ id, fields }) => [id, fields])),
    'stream->target->grouping': nested(
      userRoutes(plan).filter(({ source }) => source === component),
      (route) => [route.stream, route.target],
      (route) => groupingOf(plan, route),
    ),
    'source->stream->grouping': nested(
      userRoutes(plan).filter(({ target }) => target === component),
      (route) => [route.source, route.stream],
      (route) => groupingOf(plan, route),
    ),
    'source->stream->fields': nested(
      userRoutes(plan).filter(({ target }) => target === component),
      (route) => [route.source, route.stream],
      (route) => fieldsOf(plan, route),
    ),
  };
  return { conf: processor?.configJson ?? '{}', context: jsonText(about) };
}

function userRoutes({ routes }: ExecutionPlan): readonly Route[] {
  return routes.filter(
    ({ stream, target }) => !stream.startsWith(systemPrefix) && !target.startsWith(systemPrefix),
  );
}

/** A map of maps: the two keys of each route, and what is told of it. */
function nested(
  routes: readonly Route[],
  keysOf: (route: Route) => readonly [string, string],
  tell: (route: Route) => unknown,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const outer: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const [first, second] = keysOf(route);
    outer[first] = { ...outer[first], [second]: tell(route) };
  }
  return outer;
}

function fieldsOf({ processors }: ExecutionPlan, { source, stream }: Route): readonly string[] {
  const streams = processors.find(({ id }) => id === source)?.streams ?? [];
  return streams.find(({ id }) => id === stream)?.fields ?? [];
}

/** Under the names of Storm's Thrift union. */
function groupingOf(plan: ExecutionPlan, route: Route): Readonly<Record<string, unknown>> {
  const { choice } = route;
  switch (choice.kind) {
    case 'fields': {
      const fields = fieldsOf(plan, route);
      return { type: 'FIELDS', fields: choice.indexes.map((index) => fields[index]) };
    }
    case 'global':
      return { type: 'FIELDS', fields: [] };
    case 'custom':
      return { type: 'CUSTOM_SERIALIZED' };
    default:
      return { type: choice.kind.toUpperCase().replaceAll('-', '_') };
  }
}
