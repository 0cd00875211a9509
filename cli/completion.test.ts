import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { testHome } from './program.fixture.ts';

const { at, run } = testHome();

it.each(['bash', 'zsh', 'fish'])('completes commands in %s', async (shell) => {
  const { out, code } = await run(['completion', shell]);
  expect(code).toBe(0);
  for (const name of ['jar', 'monitor', 'rebalance', 'top']) expect(out).toMatch(`${name} `);
});

it('completes options, names of topologies and files in bash', async () => {
  const { out: script } = await run(['completion', 'bash']);
  const program = at('gearstorm');
  writeFileSync(program, `#!/bin/sh\necho '[{"id":"a-1","name":"alpha"},{"name":"beta"}]'\n`);
  chmodSync(program, 0o755);
  const completions = (...words: readonly string[]) => {
    const call = `COMP_WORDS=(${words.join(' ')} "")
      COMP_CWORD=${words.length - 1}; _gearstorm; echo "\${COMPREPLY[@]}"`;
    const environment = { ...process.env, PATH: `${at()}:${process.env['PATH']}` };
    const options = { cwd: at(), env: environment, encoding: 'utf8' } as const;
    return execFileSync('bash', ['-c', `${script}\n${call}`], options).trim();
  };
  expect(completions('gearstorm', 'rebal')).toBe('rebalance');
  expect(completions('gearstorm', 'kill', '--wait')).toBe('--wait --wait-time-secs');
  expect(completions('gearstorm', 'kill', 'al')).toBe('alpha');
  expect(completions('gearstorm', 'jar', 'gear')).toBe('gearstorm');
});
