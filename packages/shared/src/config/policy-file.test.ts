import { expect, it } from 'vitest';
import { longestPolicyFile, readPolicyFile } from './policy-file.ts';

const read = (text: string) => readPolicyFile(Buffer.from(text));

it('its options are read as they stand, with a byte order mark or without', () => {
  const options = [
    ['policy.session.auto_answer', '1'],
    ['policy.session.vad_level', 2],
    ['__proto__', { x: 1 }],
  ];
  const text = '{"options":{"policy.session.auto_answer":"1","policy.session.vad_level":2,"__proto__":{"x":1}}}';
  expect(read(text)).toEqual({ options });
  expect(read(`\ufeff${text}`)).toEqual({ options });
});

const noJson = 'it is not JSON in UTF-8';
const noOptions = 'it has no object "options"';

it.each([
  ['an empty file', '', noJson],
  ['half of one', '{', noJson],
  ['a comma too many', '{"options":{"a":1},}', noJson],
  ['endless depth', '['.repeat(100_000), noJson],
  ['null', 'null', noOptions],
  ['a list', '[]', noOptions],
  ['options in a list', '{"options":[1]}', noOptions],
  ['null as options', '{"options":null}', noOptions],
  ['a text', '"options"', noOptions],
  ['a long file', ' '.repeat(longestPolicyFile + 1), 'it is larger than 256 KiB'],
])('%s is refused', (_, text, problem) => {
  expect(read(text)).toEqual({ problem });
});

it('other encodings are refused', () => {
  expect(readPolicyFile(Buffer.from('{"options":{}}', 'utf16le'))).toEqual({ problem: noJson });
  expect(readPolicyFile(Buffer.from([0x22, 0xff, 0x22]))).toEqual({ problem: noJson });
});
