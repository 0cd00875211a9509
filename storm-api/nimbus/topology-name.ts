import { InvalidTopologyError } from '../errors.ts';

/** A name becomes part of file names (`NAME-N-SECONDS`); file systems take 255 bytes. */
const nameBytesMax = 200;

/**
 * Storm's rule for topology names (not blank, none of `/ . : \`), and what Storm's ZooKeeper and
 * file system refuse later and less clearly: control characters and very long names.
 *
 * @throws InvalidTopologyError
 */
export function checkTopologyName(name: string): void {
  const fault = faultOf(name);
  if (fault === null) return;
  const shown = JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}...` : name);
  throw new InvalidTopologyError(`topology name ${shown} ${fault}`);
}

function faultOf(name: string): string | null {
  if (name.trim() === '') return 'is blank';
  if (/[/.:\\]/.test(name)) return 'contains one of / . : \\';
  if (/\p{Cc}|\p{Zl}|\p{Zp}|\p{Cs}/u.test(name)) return 'contains a control character';
  if (Buffer.byteLength(name) > nameBytesMax) return `is longer than ${nameBytesMax} bytes`;
  return null;
}
