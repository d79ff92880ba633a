import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { usualLimits } from './limits.ts';
import { type Listener, makeListener } from './listener.ts';

const hurried = { ...usualLimits, headersMs: 60, requestMs: 60, silentMs: 60 };
const opened: Listener[] = [];
const handled: string[] = [];
let responses = 0;

async function listen(limits = usualLimits): Promise<number> {
  const listener = makeListener({
    handler: (request, response) => {
      handled.push(request.url ?? '');
      request.resume().on('end', () => response.end(`answer ${++responses}`));
    },
    tls: null,
    limits,
  });
  await listener.listen({ host: '127.0.0.1', port: 0 });
  opened.push(listener);
  return listener.port();
}
afterEach(async () => {
  for (const listener of opened.splice(0)) await listener.close();
  handled.length = 0;
  responses = 0;
});

/** All that comes back until the other end closes. */
async function say(port: number, words: string): Promise<string> {
  const socket: Socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(words);
  return text(socket);
}
const status = (answer: string): number[] =>
  [...answer.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, digits]) => Number(digits));

const head = 'Host: x\r\nConnection: close\r\n';

test.each([
  ['what is no HTTP', '\x16\x03\x01 garbage\r\n\r\n', 400],
  ['no Host', 'GET / HTTP/1.1\r\n\r\n', 400],
  ['two lengths', `POST / HTTP/1.1\r\n${head}Content-Length: 1\r\nContent-Length: 2\r\n\r\na`, 400],
  ['a length and chunks', `POST / HTTP/1.1\r\n${head}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\na`, 400],
  ['a bare line feed in a header', `GET / HTTP/1.1\r\n${head}A: b\nC: d\r\n\r\n`, 400],
  ['a header of two lines', `GET / HTTP/1.1\r\n${head}A: b\r\n c\r\n\r\n`, 400],
  ['a null byte in a header', `GET / HTTP/1.1\r\n${head}A: \0\r\n\r\n`, 400],
  ['too long a header', `GET / HTTP/1.1\r\n${head}A: ${'a'.repeat(17_000)}\r\n\r\n`, 431],
  ['too long an address', `GET /${'a'.repeat(17_000)} HTTP/1.1\r\n${head}\r\n`, 431],
  ['too many headers', `GET / HTTP/1.1\r\n${head}${'A: b\r\n'.repeat(101)}\r\n`, 431],
  [
    'endless chunk extensions',
    `POST / HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\n1;${'a'.repeat(20_000)}`,
    413,
  ],
  ['a method of no use here', `TRACE / HTTP/1.1\r\n${head}\r\n`, 405],
  ['PUT', `PUT / HTTP/1.1\r\n${head}\r\n`, 405],
  ['an address for proxies', `GET http://evil.example/api HTTP/1.1\r\n${head}\r\n`, 400],
])('%s is refused', async (_name, words, expected) => {
  expect(status(await say(await listen(), words))).toEqual([expected]);
});

test('CONNECT ends the connection', async () => {
  expect(await say(await listen(), 'CONNECT evil.example:80 HTTP/1.1\r\nHost: x\r\n\r\n')).not.toContain('200');
});

const next = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';

test('requests one after another are answered in order', async () => {
  const answer = await say(await listen(), `${next}${next}GET / HTTP/1.1\r\n${head}\r\n`);
  expect(answer.match(/answer \d/g)).toEqual(['answer 1', 'answer 2', 'answer 3']);
});

test('garbage behind them ends the connection, and is not answered in the place of one of them', async () => {
  expect(status(await say(await listen(), `${next}${next}garbage\r\n\r\n`))).toEqual([]);
});

test.each([
  ['no headers', ''],
  ['half of its headers', 'GET / HTTP/1.1\r\nHost: x\r\nA: '],
  ['half of its body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab'],
  ['half of a chunk', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab'],
])('who sends %s is not waited for', async (_name, words) => {
  const answer = await say(await listen(hurried), words);
  expect(['', '408']).toContain(String(status(answer)[0] ?? ''));
  expect(answer).not.toContain('answer');
});

test('who stays silent after an answer is let go', async () => {
  expect(await say(await listen(hurried), 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')).toContain('answer 1');
});
