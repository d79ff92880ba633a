import { describe, expect, it } from 'vitest';
import {
  fieldOf,
  fieldsOf,
  readMessage,
  type SipMessage,
  sequenceMethodOf,
  sequenceOf,
  splitList,
  tagOf,
  writeMessage,
} from './message.ts';

const message = (text: string): SipMessage => {
  const read = readMessage(text);
  if (!read) throw new Error('no message');
  return read;
};

describe('readMessage', () => {
  it('reads folded lines, compact and odd names, and lists', () => {
    const read = message(
      'SIP/2.0 200 Fine\r\nCSeq:\r\n 7\r\n INVITE\r\nM  : <sip:a,b@c>, "x,\\"y" <sip:d>\r\nS:\r\nCaLL-iD:1\r\n\r\nbody',
    );
    expect(read).toMatchObject({ status: 200, reason: 'Fine', method: 'INVITE', body: 'body' });
    expect(read.version).toBeUndefined();
    expect(sequenceOf(read)).toBe(7);
    expect(splitList(fieldOf(read, 'contact'))).toEqual(['<sip:a,b@c>', '"x,\\"y" <sip:d>']);
    expect(read.fields.map(({ name }) => name)).toEqual(['cseq', 'contact', 'subject', 'call-id']);
    expect(fieldOf(read, 'subject')).toBe('');
  });

  it('reads what it has written with short names', () => {
    const text = 'OPTIONS sip:a SIP/2.0\r\nf: <sip:b>\r\nt: <sip:c>\r\ni: 1\r\nCSeq: 1 OPTIONS\r\nx: 90\r\n\r\n';
    expect(writeMessage({ ...message(text), compact: true })).toBe(text);
  });

  it.each([
    ['OPTIONS sip:a SIP/2.0', { method: 'OPTIONS', uri: 'sip:a', status: 0 }],
    ['INVITE  sip:a  SIP/2.0  ', { method: 'INVITE', uri: 'sip:a' }],
    ['INVITE sip:a; lr SIP/2.0', { uri: 'sip:a; lr' }],
    ['INVITE <sip:a> SIP/2.0', { uri: '<sip:a>' }],
    ['OPTIONS sip:a SIP/7.0', { version: '7.0' }],
    [
      "!interesting-Method0123456789_*+`.%indeed'~ sip:a SIP/2.0",
      { method: "!interesting-Method0123456789_*+`.%indeed'~" },
    ],
    ['sip/2.0 100 ', { status: 100, reason: '' }],
    ['SIP/2.0 200', { status: 200, reason: '' }],
    ['SIP/2.0 200 = 2**3 * 5**2', { reason: '= 2**3 * 5**2' }],
    ['SIP/2.0 4294967301 x', { status: 4_294_967_301 }],
  ])('reads the start line %j', (line, expected) => {
    expect(readMessage(`${line}\r\n\r\n`)).toMatchObject(expected);
  });

  it.each([
    '',
    'OPTIONS sip:a',
    'OPTIONS SIP/2.0',
    'OPTIONS  SIP/2.0',
    'OPT(IONS sip:a SIP/2.0',
    'OPTIONS sip:a SIP/2',
    'OPTIONS sip:a HTTP/1.1',
    'SIP/2.0 000 x',
    'SIP/2.0 20 x',
    'SIP/2.0 -200 x',
    'SIP/2.0 99999999999 x',
    'SIP/x 200 x',
  ])('refuses the start line %j', (line) => {
    expect(readMessage(`${line}\r\n\r\n`)).toBeNull();
  });

  it('keeps what is no header field, for somebody to complain about', () => {
    const read = message('OPTIONS sip:a SIP/2.0\r\nno colon\r\nbad(name): x\r\n: y\r\n\r\n');
    expect(read.fields).toEqual(['no colon', 'bad(name): x', ': y'].map((value) => ({ name: '', value })));
  });

  it('takes no name of a header field for more than a name', () => {
    const read = message('OPTIONS sip:a SIP/2.0\r\nconstructor: a\r\n__proto__: b\r\ntoString: c\r\n\r\n');
    expect(read.fields.map(({ name }) => name)).toEqual(['constructor', '__proto__', 'tostring']);
    expect(writeMessage(read)).toBe('OPTIONS sip:a SIP/2.0\r\nConstructor: a\r\n__proto__: b\r\nTostring: c\r\n\r\n');
  });

  it('trims spaces and tabs and nothing else', () => {
    expect(fieldOf(message('OPTIONS sip:a SIP/2.0\r\na-b: \t\uFEFF\u00A0x\u00A0 \r\n\r\n'), 'a-b')).toBe(
      '\uFEFF\u00A0x\u00A0',
    );
  });

  it.each([
    ['no end', 'OPTIONS sip:a SIP/2.0\r\n'],
    ['a line feed alone', 'OPTIONS sip:a SIP/2.0\r\nSubject: a\nVia: b\r\n\r\n'],
    ['a carriage return alone', 'OPTIONS sip:a SIP/2.0\r\nSubject: a\rVia: b\r\n\r\n'],
    ['too many fields', `OPTIONS sip:a SIP/2.0\r\n${'a: b\r\n'.repeat(257)}\r\n`],
  ])('refuses %s', (_, text) => {
    expect(readMessage(text)).toBeNull();
  });
});

describe('writeMessage', () => {
  it('writes what was read', () => {
    const text = 'OPTIONS sip:a SIP/7.0\r\nVia: b\r\nCall-ID: 1\r\nRSeq: 2\r\nWWW-Authenticate: c\r\nX-A: \r\n\r\nbody';
    expect(writeMessage(message(text))).toBe(text);
    expect(writeMessage(message('SIP/2.0 200 OK\r\nTo: a\r\n\r\n'))).toBe('SIP/2.0 200 OK\r\nTo: a\r\n\r\n');
  });

  it('lets no value end its line', () => {
    const read = message('SIP/2.0 200 OK\r\nTo: a\r\n\r\n');
    const made = { ...read, reason: 'a\r\nVia: x', fields: [{ name: 'subject', value: 'b\r\n\r\nINVITE' }] };
    expect(writeMessage(made)).toBe('SIP/2.0 200 a  Via: x\r\nSubject: b    INVITE\r\n\r\n');
  });
});

describe('readings of fields', () => {
  it('finds the tag, and not what looks like it in a name', () => {
    expect(tagOf('";tag=no" <sip:a;tag=no@x> ; tag = yes ;x')).toBe('yes');
    expect(tagOf('<sip:a>;x=">;tag=no";tag=yes')).toBe('yes');
    expect(tagOf('<sip:a;tag=no@x>')).toBe('');
    expect(tagOf('sip:a@x;tag=t')).toBe('t');
    expect(tagOf('"malformed <sip:a@x>;tag=t')).toBe('t');
  });

  it.each([
    ['7 INVITE', 7, 'INVITE'],
    ['0009   INVITE', 9, 'INVITE'],
    ['2147483647 A', 2_147_483_647, 'A'],
    ['2147483648 A', -1, 'A'],
    ['36893488147419103232 REGISTER', -1, 'REGISTER'],
    ['-1 A', -1, ''],
    ['one A', -1, ''],
    ['1', -1, ''],
    ['1 A B', -1, ''],
    ['', -1, ''],
  ])('of CSeq %j', (value, number, method) => {
    const read = message(`OPTIONS sip:a SIP/2.0\r\nCSeq: ${value}\r\n\r\n`);
    expect(sequenceOf(read)).toBe(number);
    expect(sequenceMethodOf(read)).toBe(method);
  });

  it('gathers fields of one name', () => {
    const read = message('OPTIONS sip:a SIP/2.0\r\nv: 1\r\nTo: x\r\nVIA: 2\r\n\r\n');
    expect(fieldsOf(read, 'via')).toEqual(['1', '2']);
    expect(fieldOf(read, 'from')).toBe('');
  });

  it.each([
    ['', []],
    [' , ,', []],
    ['a,b', ['a', 'b']],
    ['"a, b', ['"a, b']],
    ['<a, b', ['<a, b']],
    ['a,'.repeat(300), Array(256).fill('a')],
  ])('splits %j', (value, items) => {
    expect(splitList(value)).toEqual(items);
  });
});
