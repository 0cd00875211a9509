/**
 * Thrift types as plain data. A table written with these functions is all there is: the codec walks
 * it, and `ValueOf` infers the TypeScript type of its values from it.
 */
interface PrimitiveValues {
  bool: boolean;
  i32: number;
  /** Whole 64 bits: counters and a topology's long arguments pass 2^53. */
  i64: bigint;
  double: number;
  string: string;
  binary: Uint8Array;
}

export type PrimitiveType = keyof PrimitiveValues;

export interface ListType<Element = unknown> {
  readonly kind: 'list';
  readonly element: Element;
}

/** Its values are lists, as they are on the wire. */
export interface SetType<Element = unknown> {
  readonly kind: 'set';
  readonly element: Element;
}

/** Its values are ES Maps in wire order; struct keys are compared by identity, as objects are. */
export interface MapType<Key = unknown, Value = unknown> {
  readonly kind: 'map';
  readonly key: Key;
  readonly value: Value;
}

/** Its values are the constants' names. */
export interface EnumType<Name extends string = string> {
  readonly kind: 'enum';
  readonly name: string;
  readonly numbers: Readonly<Record<Name, number>>;
}

/** Requiredness of the IDL; `default` is the IDL's unmarked field, which a reader may miss too. */
type Requiredness = 'required' | 'optional' | 'default';

export interface Field<Type = unknown, Need extends Requiredness = Requiredness> {
  readonly id: number;
  readonly type: Type;
  readonly requiredness: Need;
}

export type Fields = Readonly<Record<string, Field>>;

export interface StructType<Members extends Fields = Fields> {
  readonly kind: 'struct' | 'exception';
  readonly name: string;
  readonly fields: Members;
}

/** Its values name the one field that is set. */
export interface UnionType<Members extends Fields = Fields> {
  readonly kind: 'union';
  readonly name: string;
  readonly fields: Members;
}

export type ThriftType =
  | PrimitiveType
  | ListType<ThriftType>
  | SetType<ThriftType>
  | MapType<ThriftType, ThriftType>
  | EnumType
  | StructType
  | UnionType;

type RequiredNames<Members extends Fields> = {
  [Name in keyof Members]: Members[Name] extends Field<unknown, 'required'> ? Name : never;
}[keyof Members];

type FieldValue<Each> = Each extends Field<infer Type> ? ValueOf<Type> : never;

type StructValue<Members extends Fields> = {
  readonly [Name in RequiredNames<Members>]: FieldValue<Members[Name]>;
} & {
  readonly [Name in Exclude<keyof Members, RequiredNames<Members>>]?: FieldValue<Members[Name]>;
};

type UnionValue<Members extends Fields> = {
  [Name in keyof Members]: { readonly kind: Name; readonly value: FieldValue<Members[Name]> };
}[keyof Members];

/** The TypeScript type of a Thrift type's values. */
export type ValueOf<Type> = Type extends PrimitiveType
  ? PrimitiveValues[Type]
  : Type extends ListType<infer Element> | SetType<infer Element>
    ? readonly ValueOf<Element>[]
    : Type extends MapType<infer Key, infer Value>
      ? ReadonlyMap<ValueOf<Key>, ValueOf<Value>>
      : Type extends EnumType<infer Name>
        ? Name
        : Type extends StructType<infer Members>
          ? StructValue<Members>
          : Type extends UnionType<infer Members>
            ? UnionValue<Members>
            : never;

export function list<Element extends ThriftType>(element: Element): ListType<Element> {
  return { kind: 'list', element };
}

export function set<Element extends ThriftType>(element: Element): SetType<Element> {
  return { kind: 'set', element };
}

export function map<Key extends ThriftType, Value extends ThriftType>(
  key: Key,
  value: Value,
): MapType<Key, Value> {
  return { kind: 'map', key, value };
}

export function enumeration<Name extends string>(
  name: string,
  numbers: Readonly<Record<Name, number>>,
): EnumType<Name> {
  return { kind: 'enum', name, numbers };
}

export function struct<Members extends Fields>(name: string, fields: Members): StructType<Members> {
  return { kind: 'struct', name, fields };
}

/** A struct that a service method may throw. */
export function exception<Members extends Fields>(
  name: string,
  fields: Members,
): StructType<Members> {
  return { kind: 'exception', name, fields };
}

export function union<Members extends Fields>(name: string, fields: Members): UnionType<Members> {
  return { kind: 'union', name, fields };
}

/** Checked when written and when read. */
export function required<Type extends ThriftType>(id: number, type: Type): Field<Type, 'required'> {
  return { id, type, requiredness: 'required' };
}

export function optional<Type extends ThriftType>(id: number, type: Type): Field<Type, 'optional'> {
  return { id, type, requiredness: 'optional' };
}

/** A field that the IDL marks neither required nor optional; also the alternatives of a union. */
export function unmarked<Type extends ThriftType>(id: number, type: Type): Field<Type, 'default'> {
  return { id, type, requiredness: 'default' };
}
