import { describe, expect, it } from 'vitest';
import { readHostPort } from '../address.ts';
import type { SipMessage } from '../message/message.ts';
import { field } from '../message/response.ts';
import { readUri } from '../message/uri.ts';
import { hopOf, nextHop } from './next-hop.ts';

const request = (uri: string, to: string, ...routes: string[]): SipMessage => ({
  method: 'BYE',
  uri,
  status: 0,
  reason: '',
  fields: [field('to', to), ...routes.map((route) => field('route', route))],
  body: '',
});

const hop = { host: '10.0.0.9', port: 0, transport: null, secure: false };

describe('nextHop', () => {
  it.each([
    ['outside a dialog: the server', request('sip:bob@far.example', '<sip:bob@far.example>'), null],
    [
      'inside: the Request-URI',
      request('sip:bob@10.0.0.9:5070;transport=udp', '<sip:b@x>;tag=1'),
      { ...hop, port: 5070, transport: 'udp' },
    ],
    ['without transport: as the line', request('sip:10.0.0.9', '<sip:b@x>;tag=1'), { ...hop, transport: 'tcp' }],
    [
      'the first Route goes before all',
      request('sip:bob@a', '<sip:b@x>;tag=1', '<sip:[2001:db8::1]:5080;lr>, <sip:second;lr>', '<sip:third;lr>'),
      { host: '2001:db8::1', port: 5080, transport: 'tcp', secure: false },
    ],
    ['outside a dialog too', request('sip:bob@a', '<sip:b@x>', '<sip:10.0.0.9;lr>'), { ...hop, transport: 'tcp' }],
  ])('%s', (_, message, expected) => {
    expect(nextHop(message, 'tcp')).toEqual(expected);
  });

  it.each([
    ['a Request-URI that is no place', request('tel:123', '<sip:b@x>;tag=1')],
    ['a Request-URI that is none', request('???', '<sip:b@x>;tag=1')],
    ['a Route that is none', request('sip:bob@a', '<sip:b@x>;tag=1', '???')],
    ['a Route that is no place', request('sip:bob@a', '<sip:b@x>;tag=1', '<tel:123>')],
  ])('has no way for %s', (_, message) => {
    expect(() => nextHop(message, 'tcp')).toThrow('the next hop can not be read');
  });
});

describe('hopOf', () => {
  it.each([
    ['sip:10.0.0.9', null, hop],
    ['sip:10.0.0.9;transport=TCP', 'udp', { ...hop, transport: 'tcp' }],
    ['sip:10.0.0.9;transport=sctp', 'udp', { ...hop, transport: 'udp' }],
    ['sip:10.0.0.9;transport=ws', 'udp', { ...hop, transport: 'wss' }],
    ['sip:there;maddr=10.0.0.9', null, hop],
    // RFC 3261 §26.2.2
    ['sips:10.0.0.9;transport=tcp', 'udp', { ...hop, transport: 'tls', secure: true }],
    ['sips:10.0.0.9', null, { ...hop, transport: 'tls', secure: true }],
    ['sips:10.0.0.9', 'wss', { ...hop, transport: 'wss', secure: true }],
    ['tel:123', 'udp', null],
    ['http://10.0.0.9/', 'udp', null],
  ] as const)('%s', (text, otherwise, expected) => {
    const uri = readUri(text);
    expect(uri && hopOf(uri, otherwise)).toEqual(expected);
    expect(uri).not.toBeNull();
  });
});

describe('readHostPort', () => {
  it.each([
    ['example.org', { host: 'example.org', port: 0 }],
    ['10.0.0.1:5070', { host: '10.0.0.1', port: 5070 }],
    ['[2001:db8::1]:5070', { host: '2001:db8::1', port: 5070 }],
    ['2001:db8::1', { host: '2001:db8::1', port: 0 }],
    ['a:99999', null],
    ['a b', null],
    ['', null],
  ])('reads %j', (text, expected) => {
    expect(readHostPort(text)).toEqual(expected);
  });
});
