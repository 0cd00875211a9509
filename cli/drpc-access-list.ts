import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { AccessList, AccessListError } from '../drpc/index.ts';
import { ConfigError, parseYaml, readSetting, settings } from '../storm-api/config/index.ts';
import type { StormConf } from '../storm-api/index.ts';

/** Storm's classes, in whichever package: the one that reads the list, and those that need none. */
const listAuthorizer = 'DRPCSimpleACLAuthorizer';
const openAuthorizers: readonly string[] = ['NoopAuthorizer', ''];
const packages = /^(backtype\.storm|org\.apache\.storm)\.security\.auth\.authorizer\./;

/**
 * Who may call and serve DRPC functions, as the configuration says; null when that is everybody.
 *
 * @param stormYaml beside which the list is; null when there is none
 * @throws ConfigError for an authorizer that we do not have, or a list that cannot be read
 */
export function drpcAccessList(config: StormConf, stormYaml: string | null): AccessList | null {
  const authorizer = (readSetting(config, settings.drpcAuthorizer) ?? '').replace(packages, '');
  if (openAuthorizers.includes(authorizer)) return null;
  if (authorizer !== listAuthorizer) {
    throw new ConfigError(
      `drpc.authorizer names ${authorizer}, which does not run here: take ${listAuthorizer}, or none`,
    );
  }
  const folder = stormYaml === null ? '.' : dirname(stormYaml);
  const file = resolve(folder, readSetting(config, settings.drpcAclFile));
  const functions = parseYaml(textOf(file), file).get('drpc.authorizer.acl');
  try {
    return AccessList.of(functions, readSetting(config, settings.drpcAclStrict));
  } catch (error) {
    if (!(error instanceof AccessListError)) throw error;
    throw new ConfigError(`${file}: ${error.message}`);
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(`${file}, the list of drpc.authorizer, cannot be read`, { cause: error });
  }
}
