import { join } from 'node:path';
import { run } from './setup/command.mjs';
import { launch } from './setup/launch.mjs';
import { build, root } from './setup/paths.mjs';
import { Progress } from './setup/progress.mjs';
import { runProgram, setUp } from './setup.mjs';

/**
 * Main of a bin/ program: set-up, then a program of a TypeScript project that set-up leaves out, with
 * our arguments.
 * @param {{ title: string, project: string, folder: string, program: string, needs?: object }} what
 *   the project's folder below the root, the folder below build/ that it is compiled to, the program
 *   in there, and what set-up is asked for
 */
export async function runCompiled({ title, project, folder, program, needs = { forTests: true } }) {
  await runProgram(async () => {
    const progress = new Progress();
    process.stdout.write('Set-up\n');
    await setUp(progress, needs);
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const config = join(root, project, 'tsconfig.json');
    await progress.step(`${title} (tsc)`, () => run(process.execPath, [compiler, '-p', config]));
    return launch(join(build, folder, program), process.argv.slice(2));
  });
}
