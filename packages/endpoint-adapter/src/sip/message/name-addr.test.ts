import { describe, expect, it } from 'vitest';
import { cpuTime } from '../testing/cpu-time.ts';
import { readNameAddr, writeNameAddr } from './name-addr.ts';
import { readParameters } from './parameters.ts';
import { makeUri, readUri, sameUri, writeUri } from './uri.ts';

const read = (value: string) => {
  const it = readNameAddr(value);
  return it && { name: it.displayName, uri: writeUri(it.uri), parameters: Object.fromEntries(it.parameters) };
};

describe('readNameAddr', () => {
  it.each([
    ['<sip:a@b>', '', 'sip:a@b', {}],
    ['sip:a@b', '', 'sip:a@b', {}],
    ['Alice Miller <sip:a@b>;tag=1', 'Alice Miller', 'sip:a@b', { tag: '1' }],
    ['caller<sip:a@b>;tag=1', 'caller', 'sip:a@b', { tag: '1' }],
    ['"Alice \\"A\\" \\\\ Miller" <sip:a@b>', 'Alice "A" \\ Miller', 'sip:a@b', {}],
    ['"x<sip:c@d>"<sip:a@b>', 'x<sip:c@d>', 'sip:a@b', {}],
    ['"" <sip:a@b>', '', 'sip:a@b', {}],
    ['"Зоя 👋" <sip:a@b>', 'Зоя 👋', 'sip:a@b', {}],
    ['Jürgen <sip:a@b>', 'Jürgen', 'sip:a@b', {}],
    ['Bell, Alexander <sip:a@b>', 'Bell, Alexander', 'sip:a@b', {}],
    ['"T" < sip:a@b >', 'T', 'sip:a@b', {}],
    ['<sip:a@b;lr?c=d>;tag=1', '', 'sip:a@b;lr?c=d', { tag: '1' }],
    ['sip:a@b;tag=1', '', 'sip:a@b', { tag: '1' }],
    [' sip:a@b ;   tag    = 1', '', 'sip:a@b', { tag: '1' }],
    ['sip:a@b;+sip.instance="<urn:uuid:1>"', '', 'sip:a@b', { '+sip.instance': '<urn:uuid:1>' }],
    ['<name:John_Smith>', '', 'name:John_Smith', {}],
    ["token1~` token2'+_ token3*%!.- <sip:a@b>", "token1~` token2'+_ token3*%!.-", 'sip:a@b', {}],
  ])('reads %j', (value, name, uri, parameters) => {
    expect(read(value)).toEqual({ name, uri, parameters });
  });

  it.each([
    '',
    '*',
    'alice',
    '<>',
    '<sip:a@b',
    'sip:a@b>',
    '"Mr. J. User <sip:a@b>',
    '"a" sip:a@b',
    '"a"',
    'J "x" R <sip:a@b>',
    'sip:a@b?Route=%3Csip:c%3E',
    'sip:a,b@c',
    'sip:a b@c',
    '<sip:a b@c>',
    '<<sip:a@b>>',
    '<sip:a@b>;;',
    '<sip:a@b> x',
    '<sip:a@b>, <sip:c@d>',
  ])('refuses %j', (value) => {
    expect(readNameAddr(value)).toBeNull();
  });
});

describe('writeNameAddr', () => {
  it('is what is read again', () => {
    const uri = makeUri({ user: 'a', host: 'b', parameters: new Map([['lr', '']]) });
    const parameters = readParameters(';tag=1;x="y z"') ?? undefined;
    const text = writeNameAddr({ displayName: 'A "b" \\ Ü', uri, ...(parameters && { parameters }) });
    expect(text).toBe('"A \\"b\\" \\\\ Ü" <sip:a@b;lr>;tag=1;x="y z"');
    expect(readNameAddr(text)).toEqual({ displayName: 'A "b" \\ Ü', uri, parameters });
    expect(writeNameAddr({ uri })).toBe('<sip:a@b;lr>');
  });

  it('lets no name end the line', () => {
    expect(writeNameAddr({ displayName: 'a\r\nVia: b', uri: makeUri({ host: 'h' }) })).toBe('"a  Via: b" <sip:h>');
  });
});

describe('16 kB of anything', () => {
  const pieces = [
    'a',
    ' ',
    ';',
    '"',
    '\\"',
    '<',
    '>',
    ':',
    '%41',
    ';a=',
    ';a="x"',
    '@',
    'sip:',
    '[',
    '0',
    ',',
    '?',
    '=',
  ];
  const long = pieces.flatMap((one) => pieces.map((other) => [one, other] as const));

  it.each(long)('%j %j', (one, other) => {
    const many = (one + other).repeat(16_384 / (one.length + other.length));
    const started = cpuTime();
    for (const value of [
      many,
      `sip:${many}`,
      `sip:a@b;${many}`,
      `"${many}`,
      `"a" <sip:${many}>`,
      `<sip:b?${many}>;${many}`,
    ]) {
      readNameAddr(value);
      readParameters(value);
      const uri = readUri(value);
      if (uri) sameUri(uri, uri);
    }
    // Six values, three readings of each: a scanner of quadratic time takes seconds.
    expect(cpuTime() - started).toBeLessThan(300);
  });
});
