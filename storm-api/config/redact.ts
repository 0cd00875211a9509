import { isLosslessNumber, parse, stringify } from 'lossless-json';
import { StormConf } from './storm-conf.ts';

const secretWords =
  'passw(?:or)?d|secret|token|credential|key_?store|trust_?store|auth[._]payload|private[._-]?key|api[._-]?key';
const secretKey = new RegExp(secretWords, 'i');
/** Keys of Storm's that sound like a secret and name classes, or say how often they run. */
const openKeys: ReadonlySet<string> = new Set([
  'topology.auto-credentials',
  'nimbus.autocredential.plugins.classes',
  'nimbus.credential.renewers.classes',
  'nimbus.credential.renewers.freq.secs',
  'task.credentials.poll.secs',
]);
const urlPassword = /(\w:\/\/[^/\s:@]*:)[^/\s@]+@/g;
const systemProperty = new RegExp(`(-D[^\\s=]*(?:${secretWords})[^\\s=]*=)\\S+`, 'gi');

const mask = '*****';

/**
 * The configuration as it may be shown: values whose key looks like a secret are replaced at any
 * depth, and so are passwords inside URLs and Java options. Whatever leaves the process (Nimbus'
 * answers, REST, logs) goes through here; null stays null.
 */
export function redact(config: StormConf): StormConf {
  const redacted = redactValue('', parse(config.toJson()));
  return StormConf.fromJson(stringify(redacted) ?? '{}');
}

function redactValue(key: string, value: unknown): unknown {
  if (value === null) return null;
  if (secretKey.test(key) && !openKeys.has(key)) return mask;
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return value.map((each) => redactValue('', each));
  if (typeof value !== 'object' || isLosslessNumber(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, redactValue(name, each)]),
  );
}

function redactText(text: string): string {
  return text.replace(urlPassword, `$1${mask}@`).replace(systemProperty, `$1${mask}`);
}
