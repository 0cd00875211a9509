import type { JavaArgument } from './java-argument.ts';

/**
 * How a subscriber's tasks share a stream. Thrift's fields grouping without fields
 * arrives here as `global`, which is what Storm makes of it.
 */
export type StreamGrouping =
  | { readonly kind: 'shuffle' }
  | { readonly kind: 'fields'; readonly fields: readonly string[] }
  | { readonly kind: 'all' }
  | { readonly kind: 'global' }
  | { readonly kind: 'none' }
  | { readonly kind: 'direct' }
  | { readonly kind: 'local-or-shuffle' }
  /** A function that the native component's program has for this subscription. */
  | { readonly kind: 'custom-native' }
  | { readonly kind: 'custom-serialized'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'custom-object';
      readonly className: string;
      readonly args: readonly JavaArgument[];
    };
