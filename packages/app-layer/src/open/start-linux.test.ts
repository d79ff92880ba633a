import { expect, test } from 'vitest';
import { readOptions } from './start-linux.ts';

test.each([
  [
    'THINLINE_OPTIONS=--standalone --config /opt/x/Softphone.config\n',
    ['--standalone', '--config', '/opt/x/Softphone.config'],
  ],
  ['# What it is started with\nTHINLINE_OPTIONS="--config  /a"\n', ['--config', '/a']],
  ["THINLINE_OPTIONS='--config /a' ", ['--config', '/a']],
  ['THINLINE_OPTIONS=', []],
  ['#THINLINE_OPTIONS=--config /a\n', null],
  ['THINLINE_ADAPTER_OPTIONS=--audio x\n', null],
  ['', null],
])('%j has %j', (text, options) => {
  expect(readOptions(text)).toEqual(options);
});
