/** Its name at the brokers, when the user gives none. */
export const clientIdDefault = 'gearstorm';

/**
 * How kafkajs is to behave where it is ours to say what went wrong and when to try again: a few
 * quick attempts, and no lines of its own on the standard output.
 */
export const quiet = {
  logLevel: 0,
  logCreator: () => () => {},
  connectionTimeout: 3_000,
  requestTimeout: 30_000,
  retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 3 },
} as const;
