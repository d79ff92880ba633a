import { describe, expect, it } from 'vitest';
import { readParameters, writeParameters } from './parameters.ts';

const read = (text: string) => {
  const parameters = readParameters(text);
  return parameters && Object.fromEntries(parameters);
};

describe('readParameters', () => {
  it.each([
    ['', {}],
    ['  ', {}],
    [';lr', { lr: '' }],
    [';Tag=AbC', { tag: 'AbC' }],
    [' ; a = b\t;c ; d="x;y,\\"z\\\\" ', { a: 'b', c: '', d: 'x;y,"z\\' }],
    [';received=2001:db8::1;maddr=[2001:db8::2]', { received: '2001:db8::1', maddr: '[2001:db8::2]' }],
    [';rport=', { rport: '' }],
    [';nonce=a==', { nonce: 'a==' }],
    [';a=1;A=2', { a: '1' }],
    [`;fromParam''~+*_!.-%="работающий"`, { "fromparam''~+*_!.-%": 'работающий' }],
    [';+sip.instance="<urn:uuid:1>"', { '+sip.instance': '<urn:uuid:1>' }],
    [';constructor=a;__proto__=b', { constructor: 'a', ['__proto__']: 'b' }],
  ])('reads %j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    'a=b',
    ';',
    ';;',
    ';=b',
    ';a;;b',
    ';a="b',
    ';a="b\\"',
    ';a=b c',
    ';a=b,',
    ';a="b"c',
    ';ä=b',
    ';a=<b>',
    `${';a'.repeat(65)}`,
  ])('refuses %j', (text) => {
    expect(readParameters(text)).toBeNull();
  });
});

describe('writeParameters', () => {
  it.each([
    ['', ''],
    [' ; a = b ;c', ';a=b;c'],
    [';a="b c\\"\\\\"', ';a="b c\\"\\\\"'],
    [';a="b"', ';a=b'],
  ])('of %j', (text, expected) => {
    const parameters = readParameters(text);
    expect(parameters && writeParameters(parameters)).toBe(expected);
  });

  it('lets no value end the line', () => {
    expect(writeParameters(new Map([['a', 'b\r\nTo: c']]))).toBe(';a="b  To: c"');
  });
});
