import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { testHome } from './program.fixture.ts';

const { at, run } = testHome();

it.each(['bash', 'zsh', 'fish'])('completes commands in %s', async (shell) => {
  const { out, code } = await run(['completion', shell]);
  expect(code).toBe(0);
  for (const name of ['jar', 'monitor', 'rebalance', 'top']) expect(out).toMatch(`${name} `);
});

/** Where a program stands in for ours that knows two topologies, and one file lies. */
function terminal() {
  const program = at('gearstorm');
  writeFileSync(program, `#!/bin/sh\necho '[{"id":"a-1","name":"alpha"},{"name":"beta"}]'\n`);
  chmodSync(program, 0o755);
  const environment = { ...process.env, PATH: `${at()}:${process.env['PATH']}` };
  return { cwd: at(), env: environment, encoding: 'utf8', timeout: 30_000 } as const;
}

const isThere = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0;

it('completes options, names of topologies and files in bash', async () => {
  const { out: script } = await run(['completion', 'bash']);
  const options = terminal();
  const completions = (...words: readonly string[]) => {
    const call = `COMP_WORDS=(${words.join(' ')} "")
      COMP_CWORD=${words.length - 1}; _gearstorm; echo "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', `${script}\n${call}`], options).trim();
  };
  expect(completions('gearstorm', 'rebal')).toBe('rebalance');
  expect(completions('gearstorm', 'kill', '--wait')).toBe('--wait --wait-time-secs');
  expect(completions('gearstorm', 'kill', 'al')).toBe('alpha');
  expect(completions('gearstorm', 'jar', 'gear')).toBe('gearstorm');
});

it.skipIf(!isThere('fish'))('completes the same in fish', async () => {
  const { out: script } = await run(['completion', 'fish']);
  const options = terminal();
  const completions = (line: string) =>
    execFileSync('fish', ['-N', '-c', `${script}\ncomplete -C '${line}'`], options).trim();
  expect(completions('gearstorm rebal')).toBe('rebalance');
  expect(completions('gearstorm kill --wait').split('\n')).toEqual(['--wait', '--wait-time-secs']);
  expect(completions('gearstorm kill ').split('\n')).toEqual(['alpha', 'beta']);
  expect(completions('gearstorm jar gear')).toBe('gearstorm');
});

/** Types a line and Tab in a terminal of its own, and writes down what has become of the line. */
const zshTyping = (script: string) => `zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'stty -echo; autoload -U compinit; compinit -u -D; source ${script}
  tell() { print -r -- "$BUFFER" > told.new; mv told.new told }; zle -N tell; bindkey "^X" tell; : > ready'
until [[ -e ready ]]; do sleep 0.05; done
zpty -w -n shell "$1"$'\\t\\x18'
until [[ -e told ]]; do sleep 0.05; done
cat told; rm told ready`;

it.skipIf(!isThere('zsh'))('completes the same in zsh', async () => {
  const { out: script } = await run(['completion', 'zsh']);
  const options = terminal();
  writeFileSync(at('completion.zsh'), script);
  const completed = (line: string) =>
    execFileSync('zsh', ['-f', '-c', zshTyping('completion.zsh'), 'zsh', line], options).trim();
  expect(completed('gearstorm rebal')).toBe('gearstorm rebalance');
  expect(completed('gearstorm kill --wait-')).toBe('gearstorm kill --wait-time-secs');
  expect(completed('gearstorm kill al')).toBe('gearstorm kill alpha');
  expect(completed('gearstorm jar gear')).toBe('gearstorm jar gearstorm');
});
