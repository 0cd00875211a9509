/** The local directory cannot be used; the message says which and why. */
export class LocalDirectoryError extends Error {
  override readonly name = 'LocalDirectoryError';
}

/** Another control plane acts on the shared state, or this one stopped acting. */
export class NotLeadingError extends Error {
  override readonly name = 'NotLeadingError';
}

/** The operating system's short name of the failure (`ENOSPC`); null for other errors. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null;
}

/** A stored plan is of no use to this build; the message says what to do. */
export class StoredPlanError extends Error {
  override readonly name = 'StoredPlanError';
}

/** The store holds something that this version cannot read; the message is for the operator. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
}
