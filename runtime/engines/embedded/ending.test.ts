import { expect, it } from 'vitest';
import { describeEnd, describeFalseStart } from './ending.ts';

it('does not blame control for a number that user code may have chosen', () => {
  expect(describeEnd({ code: 3, signal: null }, null)).toContain('or user code called System.exit');
});

it('trusts the meaning of a number that the host announced', () => {
  expect(describeEnd({ code: 1, signal: null }, 'boom in words')).toBe(
    'exit code 1 (user code failed): boom in words',
  );
});

it('says in the words of a JVM why it did not start', () => {
  const output = [
    'OpenJDK 64-Bit Server VM warning: Options -Xverify:none are deprecated',
    '[0.002s][warning][gc] -Xloggc is deprecated.',
    'Error occurred during initialization of VM',
    'Too small maximum heap',
    'and more',
  ].join('\n');
  expect(describeFalseStart({ code: 1, signal: null }, output)).toBe(
    'it did not start (exit code 1): Error occurred during initialization of VM Too small maximum heap',
  );
  expect(describeFalseStart({ code: null, signal: 'SIGKILL' }, '\n')).toBe(
    'it did not start (killed by SIGKILL): it printed nothing',
  );
});
