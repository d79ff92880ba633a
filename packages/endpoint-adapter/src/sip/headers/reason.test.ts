import { describe, expect, it } from 'vitest';
import { readReasons, writeReason } from './reason.ts';

describe('Reason', () => {
  it.each([
    [
      'SIP;cause=200;text="Call completed elsewhere"',
      [{ protocol: 'SIP', cause: 200, text: 'Call completed elsewhere' }],
    ],
    [
      'q.850 ; cause = 16 , SIP;cause=600;text="a, \\"b\\""',
      [
        { protocol: 'Q.850', cause: 16, text: '' },
        { protocol: 'SIP', cause: 600, text: 'a, "b"' },
      ],
    ],
    ['SIP;cause=480;text=not quoted', [{ protocol: 'SIP', cause: 480, text: '' }]],
    ['X;cause=abc', [{ protocol: 'X', cause: 0, text: '' }]],
    [';cause=1, two words', []],
    ['', []],
  ])('reads %s', (value, expected) => {
    expect(readReasons([value])).toEqual(expected);
  });

  it('reads several fields, and not without end', () => {
    expect(readReasons(['SIP;cause=1', 'SIP;cause=2']).map(({ cause }) => cause)).toEqual([1, 2]);
    expect(readReasons([Array(50).fill('SIP').join()])).toHaveLength(8);
    expect(readReasons([`SIP;text="${'x'.repeat(1_000)}"`])[0]?.text).toHaveLength(256);
  });

  it.each([
    [{ protocol: 'SIP', cause: 603, text: 'a "b"' }, 'SIP;cause=603;text="a \\"b\\""'],
    [{ protocol: 'SIP', cause: 0, text: '' }, 'SIP'],
  ])('writes %j', (reason, text) => {
    expect(writeReason(reason)).toBe(text);
    expect(readReasons([text])).toEqual([reason]);
  });
});
