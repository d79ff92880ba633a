import { expect, it } from 'vitest';
import { parameter, wholeParameter } from './fmtp.ts';

it('finds a parameter whatever its case and the blanks around it', () => {
  expect(parameter('maxplaybackrate=16000; UseInbandFec = 1', 'useinbandfec')).toBe('1');
  expect(parameter('annexb=no', 'annexb')).toBe('no');
  expect(parameter('0-15', 'mode')).toBeUndefined();
  expect(parameter('', 'mode')).toBeUndefined();
  expect(parameter('amode=20', 'mode')).toBeUndefined();
});

it('takes only whole numbers', () => {
  expect(wholeParameter('mode=20', 'mode')).toBe(20);
  for (const value of ['', '-1', '1e3', '0x10', '20ms', '1234567890', 'NaN']) {
    expect(wholeParameter(`mode=${value}`, 'mode')).toBeUndefined();
  }
});

it('reads no more than 32 parameters', () => {
  expect(parameter(`${'a=1;'.repeat(31)}mode=20`, 'mode')).toBe('20');
  expect(parameter(`${'a=1;'.repeat(32)}mode=20`, 'mode')).toBeUndefined();
});
