import { describe, expect, it } from 'vitest';
import { cpuTime } from '../testing/cpu-time.ts';
import { readInbound } from './inbound.ts';
import { fieldOf } from './message.ts';
import { readNameAddr } from './name-addr.ts';

interface Parts {
  line?: string;
  /** In place of the fields of these names. */
  fields?: Record<string, string>;
  extra?: string[];
  body?: string;
}

const standard: Record<string, string> = {
  Via: 'SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds',
  'Max-Forwards': '70',
  To: '"Bob" <sip:bob@example.com>',
  From: '"Alice" <sip:alice@example.com>;tag=1928301774',
  'Call-ID': 'a84b4c76e66710',
  CSeq: '314159 INVITE',
  Contact: '<sip:alice@192.0.2.1>',
};

/** '' as a field's value leaves it out. */
function bytes({ line = 'INVITE sip:bob@example.com SIP/2.0', fields = {}, extra = [], body = '' }: Parts): Buffer {
  const all = Object.entries({ ...standard, ...fields }).filter(([, value]) => value !== '');
  const lines = [line, ...all.map(([name, value]) => `${name}: ${value}`), ...extra];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

const outcome = (parts: Parts): string => {
  const read = readInbound(bytes(parts));
  if (read.kind === 'refused') return `${read.status} ${read.fault}`;
  return read.kind === 'garbage' ? `dropped: ${read.fault}` : 'message';
};

describe('a request', () => {
  it.each<[string, Parts]>([
    ['as usual', {}],
    ['without a tag in From (RFC 3261 §12.1.1)', { fields: { From: '<sip:alice@example.com>' } }],
    ['without Max-Forwards', { fields: { 'Max-Forwards': '' } }],
    ['with no hops left', { fields: { 'Max-Forwards': '0' } }],
    ['with too many hops', { fields: { 'Max-Forwards': '300' } }],
    ['with leading zeros', { fields: { 'Max-Forwards': '0068', CSeq: '0009 INVITE' } }],
    ['without a branch', { fields: { Via: 'SIP/2.0/UDP 192.0.2.1' } }],
    ['to a telephone number', { line: 'INVITE tel:+1-201-555-0123 SIP/2.0' }],
    ['with a Date of another zone', { extra: ['Date: Fri, 01 Jan 2010 16:00:00 EST'] }],
    ['with the same length twice', { extra: ['Content-Length: 1', 'l: 1'], body: 'x' }],
    ['with more than it announces', { extra: ['Content-Length: 1'], body: 'xyz' }],
    ['that takes SDP', { extra: ['Accept: text/plain', 'Accept: application/SDP;q=0.5, x/y'] }],
    ['that takes anything', { extra: ['Accept: */*'] }],
    ['with an empty Accept', { extra: ['Accept:'] }],
    ['of a dialog without Contact', { fields: { To: '<sip:b@c>;tag=1', Contact: '' } }],
    ['that removes all bindings', { line: 'REGISTER sip:a SIP/2.0', fields: { CSeq: '1 REGISTER', Contact: '*' } }],
    ['of an unknown method', { line: 'DANCE sip:a SIP/2.0', fields: { CSeq: '1 DANCE' } }],
    ['with an unknown extension', { extra: ['Require: nothing'] }],
  ])('%s is taken', (_, parts) => {
    expect(outcome(parts)).toBe('message');
  });

  it.each<[string, string, Parts]>([
    ['505 Version Not Supported', 'another version', { line: 'INVITE sip:a SIP/3.0' }],
    ['400 Missing From', 'no From', { fields: { From: '' } }],
    ['400 Missing To', 'an empty To', { fields: { To: ' ' } }],
    ['400 Missing Call-ID', 'no Call-ID', { fields: { 'Call-ID': '' } }],
    ['400 Missing CSeq', 'no CSeq', { fields: { CSeq: '' } }],
    ['400 Several From', 'two From', { extra: ['f: <sip:a@b>;tag=2'] }],
    ['400 Several To', 'two To', { extra: ['t: <sip:a@b>'] }],
    ['400 Several Call-ID', 'two Call-ID', { extra: ['i: 2'] }],
    ['400 Several CSeq', 'two CSeq', { extra: ['CSeq: 2 INVITE'] }],
    ['400 Malformed CSeq', 'a word for a number', { fields: { CSeq: 'one INVITE' } }],
    ['400 Malformed CSeq', 'a number out of range', { fields: { CSeq: '2147483648 INVITE' } }],
    ['400 CSeq Of Another Method', 'another method in CSeq', { fields: { CSeq: '1 BYE' } }],
    ['501 Not Implemented', 'an unknown method and another in CSeq', { line: 'DANCE sip:a SIP/2.0' }],
    ['400 Malformed Via', 'nothing between semicolons', { fields: { Via: 'SIP/2.0/UDP 192.0.2.1;;,;,,' } }],
    ['400 Malformed Via', 'a malformed second Via', { extra: ['Via: nonsense'] }],
    ['400 Malformed Via', 'another version in Via', { fields: { Via: 'SIP/3.0/UDP 192.0.2.1;branch=z9hG4bKa' } }],
    ['400 Malformed Via', 'a bare cookie', { fields: { Via: 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK' } }],
    ['400 Malformed From', 'an open quote', { fields: { From: '"Alice <sip:alice@example.com>;tag=1' } }],
    ['400 Malformed To', 'no scheme', { fields: { To: 'bob@example.com' } }],
    ['400 Malformed Header Field', 'a line without a colon', { extra: ['Foobar roobar'] }],
    ['400 Malformed Request-URI', 'brackets', { line: 'INVITE <sip:a@b> SIP/2.0' }],
    ['400 Malformed Request-URI', 'white space', { line: 'INVITE sip:a@b; lr SIP/2.0' }],
    ['400 Malformed Request-URI', 'header fields', { line: 'INVITE sip:a@b?Route=x SIP/2.0' }],
    ['400 Malformed Request-URI', 'no escape after a percent sign', { line: 'INVITE sip:a%zz@b SIP/2.0' }],
    ['414 Request-URI Too Long', '2 kB of user', { line: `INVITE sip:${'a'.repeat(2_048)}@b SIP/2.0` }],
    ['416 Unsupported URI Scheme', 'an unknown scheme', { line: 'INVITE nobody:knows SIP/2.0' }],
    ['400 Malformed Content-Length', 'a negative length', { extra: ['Content-Length: -1'] }],
    ['400 Malformed Content-Length', 'no length', { extra: ['Content-Length:'] }],
    ['400 Several Content-Length', 'two lengths', { extra: ['Content-Length: 1', 'l: 2'], body: 'xx' }],
    ['400 Content-Length Exceeds The Message', 'less than announced', { extra: ['l: 4'], body: 'äx' }],
    ['413 Request Entity Too Large', 'more than we take', { extra: ['l: 65536'] }],
    ['400 Malformed Max-Forwards', 'letters', { fields: { 'Max-Forwards': 'many' } }],
    ['400 Malformed Route', 'no address', { extra: ['Route: <sip:a;lr>, b'] }],
    ['400 Malformed Record-Route', 'no address', { extra: ['Record-Route: <sip:a b>'] }],
    ['400 Malformed Contact', 'parameters without names', { fields: { Contact: '<sip:a@b>;;;;' } }],
    ['400 Malformed Contact', 'header fields without brackets', { fields: { Contact: 'sip:a@b?Route=x' } }],
    ['400 Malformed Contact', 'a star in an INVITE', { fields: { Contact: '*' } }],
    ['400 Missing Contact', 'no Contact in an INVITE', { fields: { Contact: '' } }],
    ['400 Several Contact', 'two in an INVITE', { extra: ['m: <sip:a@b>'] }],
    ['406 Not Acceptable', 'no SDP accepted', { extra: ['Accept: text/nobodyKnowsThis'] }],
  ])('gets %s for %s', (expected, _, parts) => {
    expect(outcome(parts)).toBe(expected);
  });

  it('keeps what its refusal is made of', () => {
    const read = readInbound(bytes({ fields: { CSeq: '36893488147419103232 INVITE' }, extra: ['l: 9'], body: 'x' }));
    if (read.kind !== 'refused') throw new Error(read.kind);
    expect(fieldOf(read.message, 'cseq')).toBe('36893488147419103232 INVITE');
    expect(read.message.body).toBe('');
  });

  it('is dropped where nobody can be answered', () => {
    expect(outcome({ fields: { Via: '' } })).toBe('dropped: no Via');
    expect(outcome({ fields: { Via: 'nonsense' } })).toBe('dropped: no Via');
    expect(readInbound(Buffer.from('INVITE sip:a SIP/2.0\r\n'))).toEqual({ kind: 'garbage', fault: 'no header' });
    expect(readInbound(Buffer.from('\r\n\r\n\r\n\r\n'))).toEqual({ kind: 'garbage', fault: 'no header' });
    expect(outcome({ extra: Array(40).fill(`Via: ${'a,'.repeat(100)}`) })).toBe('dropped: too many Via');
    expect(outcome({ extra: [`x: ${'y'.repeat(16_384)}`] })).toBe('dropped: no header');
  });

  it('ACK is told nothing, and taken where it can be told what it belongs to', () => {
    const line = 'ACK sip:a SIP/2.0';
    const fields = { CSeq: '1 ACK', 'Max-Forwards': 'many' };
    expect(outcome({ line, fields, extra: ['l: 5', 'x'] })).toBe('message');
    expect(outcome({ line, fields: { ...fields, CSeq: '1 INVITE' } })).toBe('dropped: CSeq Of Another Method');
  });
});

describe('a response', () => {
  const line = 'SIP/2.0 200 OK';

  it.each<[string, Parts]>([
    ['as usual', { line }],
    ['with a malformed Contact', { line, fields: { Contact: '???' } }],
    ['with a malformed To', { line, fields: { To: '"Bob <sip:b@c>;tag=1' } }],
    ['without a reason', { line: 'SIP/2.0 200 ' }],
    ['with an unknown status', { line: 'SIP/2.0 699 x' }],
  ])('%s is taken', (_, parts) => {
    expect(outcome(parts)).toBe('message');
  });

  it.each<[string, Parts]>([
    ['Version Not Supported', { line: 'SIP/3.0 200 OK' }],
    ['Malformed Status', { line: 'SIP/2.0 4294967301 x' }],
    ['Malformed Status', { line: 'SIP/2.0 700 x' }],
    ['Malformed Status', { line: 'SIP/2.0 099 x' }],
    ['Malformed CSeq', { line, fields: { CSeq: '9292394834772304023312 OPTIONS' } }],
    ['Missing To', { line, fields: { To: '' } }],
    ['Several Via', { line, extra: ['v: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bKb'] }],
    ['Malformed Via', { line, fields: { Via: 'SIP/2.0/UDP h;;' } }],
    ['Content-Length Exceeds The Message', { line, extra: ['l: 9999'], body: 'x' }],
  ])('is dropped: %s', (fault, parts) => {
    expect(outcome(parts)).toBe(`dropped: ${fault}`);
  });
});

describe('readInbound', () => {
  it('ignores empty lines before the message, and what follows the body', () => {
    const read = readInbound(Buffer.concat([Buffer.from('\r\n\r\n'), bytes({ extra: ['l: 2'], body: 'äINVITE' })]));
    expect(read).toMatchObject({ kind: 'message', message: { method: 'INVITE', body: 'ä' } });
  });

  it('reads what is no UTF-8 as Latin-1, header and body each', () => {
    const utf8 = bytes({ fields: { From: '"Jürgen" <sip:a@b>;tag=1' }, body: 'Größe' });
    const latin1 = Buffer.from(utf8.toString('utf8'), 'latin1');
    for (const message of [
      utf8,
      latin1,
      Buffer.concat([latin1.subarray(0, latin1.indexOf('Gr')), Buffer.from('Größe')]),
    ]) {
      const read = readInbound(message);
      if (read.kind !== 'message') throw new Error(read.kind);
      expect(readNameAddr(fieldOf(read.message, 'from'))?.displayName).toBe('Jürgen');
      expect(read.message.body).toBe('Größe');
    }
  });

  it('is quick with anything', () => {
    const pieces = [
      ' ',
      '\t',
      ',',
      ';',
      '"',
      '\\',
      '<',
      '>',
      'a',
      ':',
      '\r\n ',
      '\r\n',
      'x:\r\n',
      'SIP/2.0/UDP h,',
      '%',
      '=',
      '@',
    ];
    const names = [
      'Via',
      'To',
      'From',
      'CSeq',
      'Contact',
      'Route',
      'Record-Route',
      'Accept',
      'Content-Length',
      'Call-ID',
    ];
    for (const one of pieces)
      for (const other of pieces) {
        const many = (one + other).repeat(15_000 / (one.length + other.length));
        const started = cpuTime();
        for (const name of names) readInbound(bytes({ extra: [`${name}: ${many}x`] }));
        readInbound(bytes({ line: `INVITE ${many} SIP/2.0` }));
        readInbound(bytes({ line: `SIP/2.0 200 ${many}` }));
        // Twelve messages of 16 kB; one that takes quadratic time takes longer than that alone.
        expect(cpuTime() - started, JSON.stringify(one + other)).toBeLessThan(500);
      }
  });
});
