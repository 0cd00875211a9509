import {
  drpcMethods,
  invocationMethods,
  nimbusMethods,
  type StructType,
  type ThriftType,
} from '../../storm-api/thrift/index.ts';

/** One field as the jar's program prints it. */
export interface FieldFacts {
  readonly id: number;
  readonly name: string;
  readonly requiredness: string;
  readonly type: string;
}

type TypeFacts =
  | { readonly kind: 'enum'; readonly values: Readonly<Record<string, number>> }
  | {
      readonly kind: 'struct' | 'union' | 'exception';
      readonly fields: readonly FieldFacts[];
    };

export interface ThriftFacts {
  readonly types: Readonly<Record<string, TypeFacts>>;
  /** The structs `METHOD_args` and `METHOD_result`. */
  readonly methods: Readonly<Record<string, readonly FieldFacts[]>>;
}

/** Our tables, told the way the jar's generated classes are: everything that the methods of its services reach. */
export function ourFacts(): ThriftFacts {
  const types = new Map<string, TypeFacts>();
  const methods: Record<string, readonly FieldFacts[]> = {};
  const services = { ...nimbusMethods, ...drpcMethods, ...invocationMethods };
  for (const [name, { args, result }] of Object.entries(services)) {
    methods[`${name}_args`] = fieldFacts(args);
    methods[`${name}_result`] = fieldFacts(result);
    collectFields(args, types);
    collectFields(result, types);
  }
  return { types: Object.fromEntries(types), methods };
}

function collect(type: ThriftType, types: Map<string, TypeFacts>): void {
  if (typeof type === 'string') return;
  if (type.kind === 'list' || type.kind === 'set') {
    collect(type.element, types);
  } else if (type.kind === 'map') {
    collect(type.key, types);
    collect(type.value, types);
  } else if (type.kind === 'enum') {
    types.set(type.name, { kind: 'enum', values: type.numbers });
  } else if (!types.has(type.name)) {
    types.set(type.name, { kind: type.kind, fields: fieldFacts(type) });
    collectFields(type, types);
  }
}

function collectFields(type: Pick<StructType, 'fields'>, types: Map<string, TypeFacts>): void {
  for (const field of Object.values(type.fields)) collect(field.type as ThriftType, types);
}

function fieldFacts(type: Pick<StructType, 'fields'>): readonly FieldFacts[] {
  return Object.entries(type.fields).map(([name, { id, type: fieldType, requiredness }]) => ({
    id,
    name,
    requiredness,
    type: typeName(fieldType as ThriftType),
  }));
}

function typeName(type: ThriftType): string {
  if (typeof type === 'string') return type;
  if (type.kind === 'list' || type.kind === 'set') {
    return `${type.kind}<${typeName(type.element)}>`;
  }
  if (type.kind === 'map') return `map<${typeName(type.key)},${typeName(type.value)}>`;
  // Generated classes do not say which exception a result holds.
  return type.kind === 'exception' ? 'struct' : type.name;
}
