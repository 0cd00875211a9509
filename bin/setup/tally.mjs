import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Tests counted per suite; a suite in which nothing ran is a failure of its own. */
export class Tally {
  suites = new Map();

  add(suite, passed, failed) {
    const before = this.suites.get(suite) ?? { passed: 0, failed: 0 };
    this.suites.set(suite, { passed: before.passed + passed, failed: before.failed + failed });
  }

  get passed() {
    return this.sum((suite) => suite.passed);
  }

  get failed() {
    return this.sum((suite) => suite.failed + (suite.passed + suite.failed === 0 ? 1 : 0));
  }

  sum(of) {
    return [...this.suites.values()].reduce((total, suite) => total + of(suite), 0);
  }

  toString() {
    return `${this.passed} passed, ${this.failed} failed`;
  }
}

/** Counts of vitest's JSON report; a file that could not be loaded counts as one failure. */
export function vitestCounts(file) {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const broken = report.testResults.filter(
    (each) => each.status === 'failed' && each.assertionResults.length === 0,
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
}

/** Counts of the surefire reports below jvm/; skipped tests count on neither side. */
export function surefireCounts(jvm) {
  const counts = { passed: 0, failed: 0 };
  for (const file of surefireReports(jvm)) {
    const head = /<testsuite\b[^>]*>/.exec(readFileSync(file, 'utf8'))?.[0] ?? '';
    const number = (name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(head)?.[1] ?? 0);
    const failed = number('failures') + number('errors');
    counts.failed += failed;
    counts.passed += number('tests') - failed - number('skipped');
  }
  return counts;
}

export function surefireReports(jvm) {
  return readdirSync(jvm)
    .map((module) => join(jvm, module, 'target', 'surefire-reports'))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => /^TEST-.*\.xml$/.test(name))
        .map((name) => join(folder, name)),
    );
}
