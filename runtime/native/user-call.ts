import type { SpoutTask } from '../../storm-api/builder/index.ts';
import type { Credentials } from './fabric.ts';

interface TreeEnd {
  readonly kind: 'ack' | 'fail';
  readonly task: number;
  readonly messageId: unknown;
  /** null when it was not measured. */
  readonly latencyMs: number | null;
}

/** What a spout is told, beside to emit. */
export type UserCall =
  | TreeEnd
  | { readonly kind: 'activate' | 'deactivate' | 'credentials'; readonly task: number };

/** @param credentials as they are now */
export function callOf(user: SpoutTask, call: UserCall, credentials: Credentials): unknown {
  switch (call.kind) {
    case 'ack':
      return user.ack?.(call.messageId);
    case 'fail':
      return user.fail?.(call.messageId);
    case 'activate':
      return user.activate?.();
    case 'deactivate':
      return user.deactivate?.();
    case 'credentials':
      return user.setCredentials?.(credentials);
  }
}
