import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';

type Shell = 'bash' | 'zsh' | 'fish';

/** What a shell is told of a command. */
export interface CompletedCommand {
  readonly name: string;
  /** Such as `-w` and `--wait`. */
  readonly options: readonly string[];
  /** Its first argument is the name of a running topology. */
  readonly takesTopology: boolean;
}

/** @param commands all of them */
export function completionCommand(
  { out }: CommandContext,
  commands: () => Promise<readonly CompletedCommand[]>,
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
    handler: async ({ shell }) => {
      out.write(scripts[shell](await commands()));
    },
  };
}

const topologies = `gearstorm list --json 2>/dev/null | grep -o '"name":"[^"]*"' | cut -d '"' -f 4`;

/** The first word is a command, the second may be a topology, any other an option or a file. */
const scripts: Readonly<Record<Shell, (commands: readonly CompletedCommand[]) => string>> = {
  bash: (commands) => `_gearstorm() {
  local word="\${COMP_WORDS[COMP_CWORD]}" words=
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${namesOf(commands)}"
  elif [[ "$word" == -* ]]; then
    case "\${COMP_WORDS[1]}" in
${optionCases(commands, (words) => `words="${words}"`)}
    esac
  elif [ "$COMP_CWORD" -eq 2 ]; then
    case "\${COMP_WORDS[1]}" in
      ${withTopology(commands, '|')}) words="$(${topologies})" ;;
    esac
  fi
  if [ -n "$words" ]; then
    COMPREPLY=($(compgen -W "$words" -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}
complete -o filenames -F _gearstorm gearstorm
`,
  zsh: (commands) => `#compdef gearstorm
_gearstorm() {
  if (( CURRENT == 2 )); then
    compadd -- ${namesOf(commands)}
  elif [[ "$words[CURRENT]" == -* ]]; then
    case "$words[2]" in
${optionCases(commands, (words) => `compadd -- ${words}`)}
    esac
  elif (( CURRENT == 3 )) && [[ "$words[2]" == (${withTopology(commands, '|')}) ]]; then
    compadd -- \${(f)"$(${topologies})"}
  else
    _files
  fi
}
compdef _gearstorm gearstorm
`,
  fish: (commands) =>
    [
      'function __gearstorm_topologies',
      `  ${topologies}`,
      'end',
      `complete -c gearstorm -n __fish_use_subcommand -f -a "${namesOf(commands)}"`,
      ...commands.flatMap(({ name, options }) => options.map((each) => fishOption(name, each))),
      `complete -c gearstorm -n "__fish_seen_subcommand_from ${withTopology(commands, ' ')}; and test (count (commandline -opc)) -eq 2" -f -a "(__gearstorm_topologies)"`,
      '',
    ].join('\n'),
};

function namesOf(commands: readonly CompletedCommand[]): string {
  return commands.map(({ name }) => name).join(' ');
}

function withTopology(commands: readonly CompletedCommand[], separator: string): string {
  return namesOf(commands.filter((each) => each.takesTopology)).replaceAll(' ', separator);
}

function optionCases(
  commands: readonly CompletedCommand[],
  act: (words: string) => string,
): string {
  return commands
    .filter(({ options }) => options.length > 0)
    .map(({ name, options }) => `      ${name}) ${act(options.join(' '))} ;;`)
    .join('\n');
}

function fishOption(command: string, option: string): string {
  const kind = option.startsWith('--') ? '-l' : '-s';
  const word = option.replace(/^-+/, '');
  return `complete -c gearstorm -n "__fish_seen_subcommand_from ${command}" ${kind} ${word}`;
}
