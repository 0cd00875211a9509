/** Bytes that are not a message of ours, or a value that its type does not allow. */
export class ThriftFormatError extends Error {
  override readonly name = 'ThriftFormatError';

  /** Whatever a Thrift primitive threw, told with the place in the message where it happened. */
  static from(cause: unknown, path: readonly string[]): ThriftFormatError {
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
    const place = path.length === 0 ? '' : ` at ${path.join('.')}`;
    return new ThriftFormatError(`not a valid Thrift message${place}: ${reason}`, { cause });
  }
}

/** A service refused a call with an exception that its method does not declare. */
export class ThriftApplicationError extends Error {
  override readonly name = 'ThriftApplicationError';
  /** Thrift's TApplicationException type. */
  readonly code: number;

  /** @param options a cause is what the server's operator should see in the log. */
  constructor(code: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
