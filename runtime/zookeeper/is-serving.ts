import { connect } from 'node:net';

const question = 'srvr';
const answerTimeoutMs = 1_000;
const answerBegins = 'Zookeeper version';

/** Asks a ZooKeeper whether it serves: it listens earlier, and hangs up on clients until then. */
export function isServing(address: {
  readonly host: string;
  readonly port: number;
}): Promise<boolean> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(address, () => socket.write(question));
    socket.setEncoding('latin1').on('data', (text: string) => {
      answer += text;
    });
    socket.setTimeout(answerTimeoutMs, () => socket.destroy());
    socket.on('error', () => {}).on('close', () => resolve(answer.startsWith(answerBegins)));
  });
}
