import type { Generation } from '../model/topology.ts';
import {
  type Field,
  type Fields,
  type StructType,
  struct,
  type ThriftType,
  unmarked,
  type ValueOf,
} from './schema.ts';

/** One method of a Thrift service: the struct of its arguments and that of its reply. */
export interface Method<
  Arguments extends Fields = Fields,
  Returned extends ThriftType | 'void' = ThriftType | 'void',
> {
  readonly args: StructType<Arguments>;
  readonly returns: Returned;
  readonly throws: Readonly<Record<string, Field<StructType>>>;
  /** `success` (id 0) and the declared exceptions; at most one is set. */
  readonly result: StructType;
  /** The first generation that has the method. */
  readonly since: Generation;
}

export type Methods = Readonly<Record<string, Method>>;
export type ArgumentsOf<Each> =
  Each extends Method<infer Arguments> ? ValueOf<StructType<Arguments>> : never;
export type ReturnedBy<Each> =
  Each extends Method<Fields, infer Returned>
    ? Returned extends 'void'
      ? undefined
      : ValueOf<Returned>
    : never;

export function method<
  Arguments extends Fields,
  Returned extends ThriftType | 'void',
>(declaration: {
  readonly name: string;
  /** All `required`: a call that leaves one out is refused before anybody sees it. */
  readonly args: Arguments;
  readonly returns: Returned;
  readonly throws: Readonly<Record<string, Field<StructType>>>;
  readonly since?: Generation;
}): Method<Arguments, Returned> {
  const { name, args, returns, throws, since = 'storm-0.9' } = declaration;
  const success = returns === 'void' ? {} : { success: unmarked(0, returns) };
  return {
    args: struct(`${name}_args`, args),
    returns,
    throws,
    result: struct(`${name}_result`, { ...success, ...throws }),
    since,
  };
}
