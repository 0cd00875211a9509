import { CommandError } from './errors.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * Makes a server listen.
 *
 * @param key the setting that names the port, told when it cannot be had
 * @throws CommandError
 */
export async function listening(
  key: string,
  address: Address,
  listen: (address: Address) => Promise<Address>,
): Promise<Address> {
  try {
    return await listen(address);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new CommandError(
        `port ${address.port} of ${address.host} is in use: set ${key} to another, or to 0 for any free one`,
      );
    }
    throw new CommandError(
      `cannot listen on port ${address.port} of ${address.host} (${key}): ${reasonOf(error)}`,
    );
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
