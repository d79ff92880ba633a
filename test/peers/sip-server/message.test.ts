import { expect, test } from 'vitest';
import { fieldOf, MalformedMessage, makeRequest, makeResponse, readMessage, readUri, tagOf, uriOf } from './message.ts';
import { faultsOf, mismatches } from './rules.ts';

const fields = {
  Via: 'SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK1;rport',
  'Max-Forwards': '70',
  From: '<sip:1001@127.0.0.1>;tag=a',
  To: '<sip:1001@127.0.0.1>',
  'Call-ID': '1',
  CSeq: '1 OPTIONS',
};
const options = makeRequest({ method: 'OPTIONS', uri: 'sip:127.0.0.1', fields });
const read = (text: string) => readMessage(Buffer.from(text));

test('a message is read as it was written', () => {
  const { text, ...rest } = read(options.text);
  expect(text).toBe(options.text);
  expect(rest).toMatchObject({ method: 'OPTIONS', uri: 'sip:127.0.0.1', status: 0, body: '' });
  expect(faultsOf(options)).toEqual([]);
});

test('compact names are the long ones', () => {
  expect(fieldOf(read(options.text.replace('Call-ID', 'i')), 'Call-ID')).toBe('1');
});

test.each([
  ['a bare line feed', options.text.replace('\r\nCSeq', '\nCSeq')],
  ['a wrong length', options.text.replace('Content-Length: 0', 'Content-Length: 1')],
  ['no length', options.text.replace('Content-Length: 0\r\n', '')],
  ['a folded field', options.text.replace('CSeq: 1', 'CSeq:\r\n 1')],
  ['another version', options.text.replace('SIP/2.0\r\n', 'SIP/3.0\r\n')],
  ['no end', options.text.slice(0, -2)],
])('%s is malformed', (_, text) => {
  expect(() => read(text)).toThrow(MalformedMessage);
});

test.each([
  ['Max-Forwards: 70\r\n', '', 'no Max-Forwards'],
  [';tag=a', '', 'From without tag'],
  ['z9hG4bK1', 'x1', 'a branch without the magic cookie'],
  ['1 OPTIONS', '1 NOTIFY', 'CSeq names another method'],
])('without %j there is a fault', (there, instead, fault) => {
  expect(faultsOf(read(options.text.replace(there, instead)))).toEqual([fault]);
});

test('a response has what its request has', () => {
  const response = makeResponse(options, 200, 'OK', { toTag: 'b', fields: { Allow: 'INVITE' } });
  expect(faultsOf(response)).toEqual([]);
  expect(mismatches(options, response)).toEqual([]);
  const natted = read(response.text.replace(';rport', ';received=127.0.0.1;rport=5060'));
  expect(mismatches(options, natted)).toEqual([]);
  expect(mismatches(options, read(response.text.replace('tag=a', 'tag=c')))).toEqual(["From is not the request's"]);
  expect(faultsOf(makeResponse(options, 200, 'OK'))).toEqual(['To without tag', 'OPTIONS without Allow']);
});

test('addresses', () => {
  expect(tagOf('"a;tag=x" <sip:b;tag=y@c>;tag=z')).toBe('z');
  expect(uriOf('"a" <sip:b@c;x=y>;tag=z')).toBe('sip:b@c;x=y');
  expect(uriOf('sip:b@c;tag=z')).toBe('sip:b@c');
  expect(readUri('sip:b@c:5070;transport=udp')).toEqual({ user: 'b', host: 'c', port: 5070 });
  expect(readUri('tel:1')).toBeNull();
});
