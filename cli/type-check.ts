import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { CommandError } from './errors.ts';
import type { ProgramModules } from './native-program.ts';

const checked = /\.[cm]?tsx?$/;
/** A package without declarations is of type any, whatever the program's settings say of that. */
const noDeclarations = 7016;

/** What a program is checked by that has no tsconfig.json. */
const defaults: ts.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  esModuleInterop: true,
  resolveJsonModule: true,
};

/**
 * Checks the types of a TypeScript program, which bundling takes away unread; other files pass. The
 * nearest tsconfig.json decides how strictly.
 *
 * @param packages folder of packages whose types are for programs that have none of their own
 * @throws CommandError with file and line of the first error
 */
export function checkTypes(file: string, modules: ProgramModules, packages: string): void {
  const path = resolve(file);
  if (!checked.test(path) || !existsSync(path)) return; // bundling says what is missing
  const program = ts.createProgram([path], {
    ...optionsFor(path, packages),
    ...needed(modules),
  });
  const errors = program
    .getSourceFiles()
    .filter(
      (source) => !source.isDeclarationFile && !program.isSourceFileFromExternalLibrary(source),
    )
    .flatMap((source) => [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ])
    .filter(
      ({ category, code }) => category === ts.DiagnosticCategory.Error && code !== noDeclarations,
    );
  const [first] = errors;
  if (first === undefined) return;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  throw new CommandError(`${placeOf(first, file)}: ${textOf(first)}${more}`);
}

function optionsFor(path: string, packages: string): ts.CompilerOptions {
  const found = ts.findConfigFile(dirname(path), ts.sys.fileExists);
  // Ours is no user's, though what is uploaded to a serve that was started in our folder lies below it.
  const own = join(dirname(packages), 'tsconfig.json');
  if (found === undefined || found === own) {
    return { ...defaults, typeRoots: typeRootsOf(path), ...nodeTypes(path, packages) };
  }
  const { config = {} } = ts.readConfigFile(found, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(found), {}, found);
  return options.types === undefined ? { ...options, ...nodeTypes(path, packages) } : options;
}

/** What the program's own settings cannot change: nothing is written, and our modules are ours. */
function needed({ api, testing, dsl, kafka }: ProgramModules): ts.CompilerOptions {
  return {
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    // Settings that are about output.
    ...{ composite: false, incremental: false, declaration: false, emitDeclarationOnly: false },
    paths: {
      gearstorm: [typesOf(api)],
      'gearstorm/testing': [typesOf(testing)],
      'gearstorm/dsl': [typesOf(dsl)],
      'gearstorm/kafka': [typesOf(kafka)],
    },
  };
}

function typesOf(module: string): string {
  return module.replace(/\.js$/, '.d.ts');
}

/** Beside the program and above it, wherever we were started. */
function typeRootsOf(path: string): string[] {
  return ts.getEffectiveTypeRoots({}, { getCurrentDirectory: () => dirname(path) }) ?? [];
}

/** A program without types of Node gets ours. */
function nodeTypes(path: string, packages: string): ts.CompilerOptions {
  const own = typeRootsOf(path);
  const hasOwn = own.some((root) => existsSync(join(root, 'node')));
  return hasOwn ? {} : { types: ['node'], typeRoots: [...own, join(packages, '@types')] };
}

function placeOf({ file, start = 0 }: ts.Diagnostic, fallback: string): string {
  if (file === undefined) return fallback;
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  return `${relative(process.cwd(), file.fileName)}:${line + 1}:${character + 1}`;
}

function textOf({ messageText }: ts.Diagnostic): string {
  return ts.flattenDiagnosticMessageText(messageText, '; ').replaceAll(/\s+/g, ' ');
}
