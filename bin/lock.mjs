// Completes package-lock.json after a dependency changed: `npm run lock`.
// A registry that mirrors only some platforms makes npm leave the other platforms' optional packages out of
// the lock file, and `npm ci` then refuses it everywhere. Their entries follow from their names.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const systems = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const processors = [
  'arm',
  'arm64',
  'ia32',
  'loong64',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
];

/** How a package's name begins to say it, and how package-lock.json says it. */
const libcNames = [
  ['musl', 'musl'],
  ['gnu', 'glibc'],
];

/** @param {string} name of a platform's package, such as `@biomejs/cli-linux-x64-musl` */
function platformOf(name) {
  const words = name.split('/').at(-1).split('-');
  const system = words.find((word) => systems.includes(word));
  const processor = words.find((word) => processors.includes(word));
  const libc = libcNames.find(([prefix]) => words.some((word) => word.startsWith(prefix)))?.[1];
  return {
    ...(processor && { cpu: [processor] }),
    ...(system && { os: [system] }),
    ...(libc && { libc: [libc] }),
  };
}

execFileSync('npm', ['install', '--package-lock-only'], { stdio: 'inherit' });
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
for (const [parent, { dev, optionalDependencies = {} }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const path = `node_modules/${name}`;
    if (path in lock.packages || `${parent}/${path}` in lock.packages) continue;
    lock.packages[path] = {
      version: version.replace(/^[\^~]/, ''),
      ...(dev && { dev }),
      optional: true,
      ...platformOf(name),
    };
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)),
);
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
