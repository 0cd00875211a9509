import type { Field, Fields, ThriftType } from './schema.ts';

interface NamedField {
  readonly name: string;
  readonly field: Field<ThriftType>;
}

export interface FieldTable {
  readonly all: readonly NamedField[];
  readonly required: readonly NamedField[];
  readonly byId: ReadonlyMap<number, NamedField>;
}

const tables = new WeakMap<Fields, FieldTable>();

/** The fields of a struct or union as the codec looks them up, made at their first use. */
export function fieldTable(fields: Fields): FieldTable {
  const known = tables.get(fields);
  if (known !== undefined) return known;
  const all = Object.entries(fields).map(([name, field]) => ({
    name,
    field: field as Field<ThriftType>,
  }));
  const table = {
    all,
    required: all.filter(({ field }) => field.requiredness === 'required'),
    byId: new Map(all.map((each) => [each.field.id, each])),
  };
  tables.set(fields, table);
  return table;
}
