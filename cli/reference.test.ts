// docs/cli.md and docs/configuration.md are made here: `npm run reference` writes them.
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { settings } from '../storm-api/config/index.ts';
import { ProductPaths } from './product-paths.ts';
import { runCommand } from './program.ts';

const paths = new ProductPaths();

class Text extends Writable {
  text = '';
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.text += chunk;
    done();
  }
}

async function helpOf(...words: readonly string[]): Promise<string> {
  const out = new Text();
  const options = { overrides: [], configFile: null };
  const environment = { HOME: '/nowhere' };
  const rest = { err: new Text(), setExitCode: () => {} };
  await runCommand(['help', ...words], { options, paths, environment, out, ...rest });
  return out.text.trim();
}

function commandsIn(help: string): readonly string[] {
  return [...help.matchAll(/^ {2}gearstorm (\S+)/gm)].map(([, name = '']) => name);
}

it('the committed list of commands is what they say of themselves', async () => {
  const names = commandsIn(await helpOf());
  expect(names.length).toBeGreaterThan(10);
  const parts = [
    '# Commands',
    'Made from the commands themselves by `npm run reference`. `-c key=value` and `--config FILE` may stand anywhere on the line; `jar` passes everything after the class to its main. Problems are told in one sentence on standard error, with an exit code other than 0; an unknown command ends with 254 and the nearest name; the nearest is told of options, topologies and components too.',
  ];
  for (const name of names) {
    parts.push(`## ${name}`, `\`\`\`\n${await helpOf(name)}\n\`\`\``);
  }
  await expect(`${parts.join('\n\n')}\n`).toMatchFileSnapshot(join(paths.root, 'docs/cli.md'));
});

it('the committed list of settings is what the program reads', async () => {
  const rows = Object.values(settings)
    .map(({ key, fallback, doc }) => [key, fallbackText(fallback), doc])
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
    .map(([key, fallback, doc]) => `| \`${key}\` | ${fallback} | ${doc?.replaceAll('|', '\\|')} |`);
  const page = `# Configuration

Storm's: its defaults, then the first \`storm.yaml\` that is found, then \`-c key=value\`; what comes later wins, key by key. The file is the one of \`--config\`; for commands else \`~/.storm/storm.yaml\` if there is one; else the one in \`STORM_CONF_DIR\`, or in \`conf/\` of \`STORM_HOME\`. Environment variables that \`storm_env.ini\` beside that one sets in its section \`[environment]\` stand above the shell's. A topology's own configuration is put over that of the cluster, and a component's over that of its topology.

Class paths: behind Storm's libraries come the jars of \`extlib/\` in Storm's home (\`STORM_HOME\`, else \`build/storm-0.9\` or \`build/storm-0.10\`) and of the folders in \`STORM_EXT_CLASSPATH\`, for clients and workers; behind the topology's jar what its \`topology.classpath\` names. serve looks when it starts, \`topology.classpath\` is looked at when the topology is submitted, rebalanced with other settings or found again.

The keys below are those that Gearstorm itself reads (\`npm run reference\` writes this list); those of its own begin with \`gearstorm.\`. Every other key reaches topologies as it is. The default counts where neither Storm's defaults nor anybody else has a value. Values whose key looks like a secret are replaced wherever configuration is shown.

| key | default | what it does |
| --- | --- | --- |
${rows.join('\n')}
`;
  await expect(page).toMatchFileSnapshot(join(paths.root, 'docs/configuration.md'));
});

function fallbackText(fallback: unknown): string {
  if (fallback === null) return '';
  if (Array.isArray(fallback) && fallback.length === 0) return 'none';
  return `\`${typeof fallback === 'string' ? fallback : JSON.stringify(fallback)}\``;
}
