/** A topology or configuration that cannot run; the message is shown to the submitting client. */
export class InvalidTopologyError extends Error {
  override readonly name = 'InvalidTopologyError';
}

/** A live topology of that name exists. */
export class AlreadyAliveError extends Error {
  override readonly name = 'AlreadyAliveError';
}

/** No live topology has that name or id. */
export class NotAliveError extends Error {
  override readonly name = 'NotAliveError';
}

/** The topology's state does not allow that now; Storm says that there is no such transition. */
export class InvalidStateError extends Error {
  override readonly name = 'InvalidStateError';
}

/** A log level that cannot be set; the message is shown to whoever asked for it. */
export class InvalidLogLevelError extends Error {
  override readonly name = 'InvalidLogLevelError';
}

/** The caller may not have that: a file outside the inbox, another user's upload. */
export class AuthorizationError extends Error {
  override readonly name = 'AuthorizationError';
}
