/** No slot is free for the topology's executors; the message says what to change. */
export class NoFreeSlotsError extends Error {
  override readonly name = 'NoFreeSlotsError';
}
