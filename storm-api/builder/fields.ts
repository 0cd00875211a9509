declare const valueType: unique symbol;

/** Stands for one field of a stream: its type is what the field holds, at run time it is nothing. */
export interface Field<Value> {
  readonly [valueType]?: Value;
}

/** Fields of one stream, in the order of its values. */
export type Fields = Readonly<Record<string, Field<unknown>>>;

/** Streams that a component declares, by their id. */
export type Streams = Readonly<Record<string, Fields>>;

/** What one tuple of a stream holds, by field. */
export type ValuesOf<Declared extends Fields> = {
  readonly [Name in keyof Declared]: Declared[Name] extends Field<infer Value> ? Value : never;
};

const theField: Field<never> = Object.freeze({});

/** Declares a field that holds such values: `{ word: field<string>(), count: field<number>() }`. */
export function field<Value>(): Field<Value> {
  return theField as Field<Value>;
}
