import { readdir, readFile, readlink } from 'node:fs/promises';
import { isIPv4, type Socket } from 'node:net';

/** Both ends of a TCP connection as the server sees them. */
export interface ConnectionEnds {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
}

/** The other end of a connection within this machine, as its kernel knows it. */
export interface PeerSocket {
  /** Of the Unix user whose process connected. */
  readonly uid: number;
  /** Names the socket among the open files of processes. */
  readonly inode: string;
}

/** @param socket of the server, connected */
export function connectionEnds(socket: Socket): ConnectionEnds {
  const { localAddress = '', localPort = 0, remoteAddress = '', remotePort = 0 } = socket;
  return { localAddress, localPort, remoteAddress, remotePort };
}

/** IPv4 sockets, and those of programs that speak IPv4 over IPv6 sockets, such as Java's. */
const socketTables = ['/proc/net/tcp', '/proc/net/tcp6'];

/**
 * Who is at the other end; null for a connection that ended, came from another machine, or where
 * the system has no /proc.
 */
export async function peerSocket(ends: ConnectionEnds): Promise<PeerSocket | null> {
  const peersLocal = endpointPattern(ends.remoteAddress, ends.remotePort);
  const peersRemote = endpointPattern(ends.localAddress, ends.localPort);
  for (const file of socketTables) {
    const found = findSocket(await readText(file), peersLocal, peersRemote);
    if (found !== null) return found;
  }
  return null;
}

/** Whether the process has the socket open; false for processes that we may not look into. */
export async function holdsSocket(pid: number, { inode }: PeerSocket): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  try {
    for (const name of await readdir(folder)) {
      if ((await linkTarget(`${folder}/${name}`)) === `socket:[${inode}]`) return true;
    }
  } catch {
    // gone, or another user's
  }
  return false;
}

/** The name of a Unix user of this machine; his number, as text, when he has none. */
export async function userName(uid: number): Promise<string> {
  const rows = (await readText('/etc/passwd')).split('\n').map((row) => row.split(':'));
  return rows.find(([, , id]) => id === String(uid))?.[0] ?? String(uid);
}

/** Rows are `sl local remote st tx:rx tr:when retransmits uid timeout inode …` under a head. */
function findSocket(table: string, local: RegExp, remote: RegExp): PeerSocket | null {
  for (const row of table.split('\n').slice(1)) {
    const [, localEnd = '', remoteEnd = '', , , , , uid, , inode = '0'] = row.trim().split(/\s+/);
    // Inode 0 is a connection that its process has closed already.
    if (local.test(localEnd) && remote.test(remoteEnd) && inode !== '0') {
      return { uid: Number(uid), inode };
    }
  }
  return null;
}

/**
 * Matches `ADDRESS:PORT` in the kernel's hexadecimal: every 32 bits of an address in the byte order
 * of the machine; an IPv4 address stands alone or behind the prefix of ::ffff:0:0/96.
 */
function endpointPattern(address: string, port: number): RegExp {
  const plain = address.replace(/^::ffff:/i, '');
  const words = isIPv4(plain) ? [ipv4Bytes(plain)] : ipv6Words(plain);
  const text = words.map((bytes) => bytes.reverse().map(hexByte).join('')).join('');
  const mapped = isIPv4(plain) ? '(0{16}FFFF0000)?' : '';
  return new RegExp(`^${mapped}${text}:${port.toString(16).padStart(4, '0')}$`, 'i');
}

function ipv4Bytes(address: string): number[] {
  return address.split('.').map(Number);
}

function ipv6Words(address: string): number[][] {
  const [head = '', tail] = address.split('::');
  const left = groups(head);
  const right = groups(tail ?? '');
  const zeros = Array<number>(Math.max(0, 8 - left.length - right.length)).fill(0);
  const bytes = [...left, ...zeros, ...right].flatMap((group) => [group >> 8, group & 0xff]);
  return [0, 4, 8, 12].map((start) => bytes.slice(start, start + 4));
}

function groups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'latin1');
  } catch {
    return '';
  }
}

async function linkTarget(file: string): Promise<string | null> {
  try {
    return await readlink(file);
  } catch {
    return null; // closed meanwhile
  }
}
