import type { StormConf } from '../config/storm-conf.ts';

const secretKey = /passw(or)?d|secret|token|credential|keystore|auth\.payload|private\.?key/i;

/** The configuration as strangers may see it: values of keys that sound secret are replaced. */
export function redactSecrets(config: StormConf): StormConf {
  const secret = [...config.keys()].filter(
    (key) => secretKey.test(key) && config.get(key) !== null,
  );
  return config.with(Object.fromEntries(secret.map((key) => [key, '*****'])));
}
