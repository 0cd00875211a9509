import { CommandError } from './errors.ts';

/** Options that any command takes, anywhere on the line. */
export interface GlobalOptions {
  /** `key=value` texts in their order; the last one of a key counts. */
  readonly overrides: readonly string[];
  /** The storm.yaml to use instead of the usual one; null when not given. */
  readonly configFile: string | null;
}

/**
 * Takes `-c key=value` and `--config FILE` out of the line, wherever they stand, as Storm's client does:
 * what is left is the command and its own arguments, untouched.
 */
export function takeGlobalOptions(
  line: readonly string[],
): GlobalOptions & { readonly rest: readonly string[] } {
  const overrides: string[] = [];
  const rest: string[] = [];
  let configFile: string | null = null;
  for (let index = 0; index < line.length; index++) {
    const token = line[index] ?? '';
    if (token === '-c') overrides.push(keyAndValue(line[++index]));
    else if (token === '--config') configFile = optionValue('--config', line[++index]);
    else if (token.startsWith('--config=')) configFile = token.slice('--config='.length);
    else rest.push(token);
  }
  return { overrides, configFile, rest };
}

function keyAndValue(text: string | undefined): string {
  const option = optionValue('-c', text);
  if (option.indexOf('=') < 1) throw new CommandError(`-c takes key=value, not ${option}`);
  return option;
}

function optionValue(option: string, text: string | undefined): string {
  if (text === undefined) throw new CommandError(`${option} needs a value`);
  return text;
}
