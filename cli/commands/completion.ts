import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';

type Shell = 'bash' | 'zsh' | 'fish';

/** @param names of all commands */
export function completionCommand(
  { out }: CommandContext,
  names: () => readonly string[],
): CommandModule<object, { shell: Shell }> {
  return {
    command: 'completion <shell>',
    describe:
      'Print a script that completes commands in your shell: source <(gearstorm completion bash)',
    builder: (line) =>
      line.positional('shell', {
        choices: ['bash', 'zsh', 'fish'] as const,
        demandOption: true,
      }),
    handler: ({ shell }) => {
      out.write(scripts[shell](names().join(' ')));
    },
  };
}

/** The first word is a command, any later one a file. */
const scripts: Readonly<Record<Shell, (words: string) => string>> = {
  bash: (words) => `_gearstorm() {
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${words}" -- "\${COMP_WORDS[1]}"))
  else
    COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
  fi
}
complete -o filenames -F _gearstorm gearstorm
`,
  zsh: (words) => `#compdef gearstorm
_gearstorm() {
  if (( CURRENT == 2 )); then compadd ${words}; else _files; fi
}
compdef _gearstorm gearstorm
`,
  fish: (words) => `complete -c gearstorm -n __fish_use_subcommand -f -a "${words}"
`,
};
