/** The engine cannot work on this machine as it is set up; the message says why. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}
