import { connect } from 'node:net';

// Stands in for a worker that runs inside another process, which listens on the socket and is asked
// on one line: `worker ASSIGNMENT` or `inspect REQUEST`. Its answer, when the work is over, is what is to be printed and the exit code.
// This process ends with it, and it with this process, whose connection breaks.

/** As of a worker that user code ended: the other process is gone. */
const hostGone = 1;
const [socket = '', what = '', file = ''] = process.argv.slice(2);
let answer = '';
const connection = connect(socket, () => connection.write(`${what} ${file}\n`));
connection
  .setEncoding('utf8')
  .on('data', (text: string) => {
    answer += text;
  })
  .on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
  })
  .on('close', () => {
    const [, printed = answer, code] = /^(.*?)(\d+)\n$/s.exec(answer) ?? [];
    process.stderr.write(printed);
    process.exit(code === undefined ? hostGone : Number(code));
  });
