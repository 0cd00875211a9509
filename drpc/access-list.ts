import { DrpcError } from './errors.ts';

/** Who may call a function, and who may serve it: names of Unix users. */
interface FunctionAccess {
  readonly clients: ReadonlySet<string>;
  readonly server: string | null;
}

export type DrpcRole = 'call' | 'serve';

/** The list itself is wrong; the message says where. */
export class AccessListError extends Error {
  override readonly name = 'AccessListError';
}

const rootKey = 'drpc.authorizer.acl';
const clientsKey = 'client.users';
const serverKey = 'invocation.user';

/** The access control list of Storm 0.10's DRPCSimpleACLAuthorizer. */
export class AccessList {
  readonly #functions: ReadonlyMap<string, FunctionAccess>;
  readonly #strict: boolean;

  private constructor(functions: ReadonlyMap<string, FunctionAccess>, strict: boolean) {
    this.#functions = functions;
    this.#strict = strict;
  }

  /**
   * @param functions the value of `drpc.authorizer.acl`: a map of functions to their `client.users`
   *     and `invocation.user`
   * @param strict whether a function that has no entry is closed to everybody instead of open
   * @throws AccessListError
   */
  static of(functions: unknown, strict: boolean): AccessList {
    const entries = functions ?? {};
    if (!isMap(entries)) throw new AccessListError(`${rootKey} has to be a map of functions`);
    const read = Object.entries(entries).map(
      ([name, entry]) => [name, readEntry(name, entry)] as const,
    );
    return new AccessList(new Map(read), strict);
  }

  /** Whether the list says anything about the function, so that one has to know who asks. */
  limits(name: string): boolean {
    return this.#strict || this.#functions.has(name);
  }

  /** @param user null for somebody unknown. @throws DrpcError */
  check(role: DrpcRole, name: string, user: string | null): void {
    const entry = this.#functions.get(name);
    const allowed =
      entry === undefined ? !this.#strict : user !== null && allows(entry, role, user);
    if (allowed) return;
    const who = user === null ? 'a user that is not known' : `user ${user}`;
    throw new DrpcError(
      'unauthorized',
      `${who} may not ${role} the function ${JSON.stringify(name)}: ${rootKey} does not name him for it`,
    );
  }
}

function allows({ clients, server }: FunctionAccess, role: DrpcRole, user: string): boolean {
  return role === 'call' ? clients.has(user) : server === user;
}

function readEntry(name: string, entry: unknown): FunctionAccess {
  const at = `${rootKey}: the function ${JSON.stringify(name)}`;
  if (!isMap(entry)) throw new AccessListError(`${at} needs ${clientsKey} and ${serverKey}`);
  const clients = entry[clientsKey] ?? [];
  const server = entry[serverKey] ?? null;
  if (!Array.isArray(clients) || !clients.every((each) => typeof each === 'string')) {
    throw new AccessListError(`${at}: ${clientsKey} has to be a list of names`);
  }
  if (server !== null && typeof server !== 'string') {
    throw new AccessListError(`${at}: ${serverKey} has to be a name`);
  }
  return { clients: new Set(clients), server };
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
