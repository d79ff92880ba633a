import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { readPassword } from './password.ts';

const input = (said: string): PassThrough => {
  const stream = new PassThrough();
  stream.end(said);
  return stream;
};
const read = (said: string, env: NodeJS.ProcessEnv = {}) =>
  readPassword({ env, input: input(said), prompt: new PassThrough() });

test('the environment comes first, also an empty one', async () => {
  expect(await read('typed\n', { THINLINE_AGENT_PASSWORD: 'set' })).toBe('set');
  expect(await read('typed\n', { THINLINE_AGENT_PASSWORD: '' })).toBe('');
});

test.each([
  ['secret\n', 'secret'],
  ['secret', 'secret'],
  ['se cret \r\nmore\n', 'se cret '],
  ['', ''],
])('of standard input %j the first line is taken: %j', async (said, password) => {
  expect(await read(said)).toBe(password);
});

test('a person is asked, and what they type is not shown', async () => {
  const prompt = new PassThrough();
  const terminal = Object.assign(new PassThrough(), { isTTY: true });
  const password = readPassword({ env: {}, input: terminal, prompt });
  terminal.write('secret\r');
  expect(await password).toBe('secret');
  prompt.end();
  expect(await text(prompt)).toBe('Password: \n');
});
