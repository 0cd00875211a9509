import { versionText } from './command.mjs';
import { Problem } from './problem.mjs';

const javaMajorMin = 17;
const nodeMin = [20, 19];

/** @throws Problem naming the first missing tool and what to do; returns what the builds depend on. */
export function checkTools() {
  checkNode(process.versions.node);
  const java = versionText('javac', ['-version']);
  checkJava(java);
  const maven = versionText('mvn', ['-v']);
  if (maven === null)
    throw new Problem('Maven is missing: install it (Debian: apt-get install maven) and try again');
  if (versionText('python3', ['--version']) === null) {
    throw new Problem(
      'python3 is missing: install it (Debian: apt-get install python3) and try again',
    );
  }
  return { java: java.trim() };
}

export function checkNode(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > nodeMin[0] || (major === nodeMin[0] && minor >= nodeMin[1])) return;
  throw new Problem(
    `Node ${version} is too old: install Node ${nodeMin.join('.')} or newer and try again`,
  );
}

/** @param text what `javac -version` prints; null when there is no javac */
export function checkJava(text) {
  const advice = `install a JDK ${javaMajorMin} or newer (Debian: apt-get install openjdk-${javaMajorMin}-jdk-headless) and try again`;
  if (text === null) throw new Problem(`the Java compiler is missing: ${advice}`);
  const major = Number(/javac (\d+)/.exec(text)?.[1] ?? 0);
  if (major < javaMajorMin) throw new Problem(`${text.trim()} is too old: ${advice}`);
}
