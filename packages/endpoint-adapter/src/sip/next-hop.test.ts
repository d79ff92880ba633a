import { describe, expect, it } from 'vitest';
import { type Hop, readHostPort, readSipUri } from './address.ts';
import type { SipMessage } from './message/message.ts';
import { isServer, nextHop } from './next-hop.ts';

const server: Hop = { host: 'sip.example.org', port: 5060, transport: 'tcp' };

const request = (uri: string, to: string, route = ''): SipMessage => ({
  method: 'BYE',
  uri,
  status: 0,
  reason: '',
  fields: [{ name: 'to', value: to }, ...(route ? [{ name: 'route', value: route }] : [])],
  body: '',
});

describe('nextHop', () => {
  it.each([
    ['outside a dialog: the server', request('sip:bob@far.example', '<sip:bob@far.example>'), server],
    [
      'inside: the Request-URI',
      request('sip:bob@10.0.0.9:5070;transport=udp', '<sip:b@x>;tag=1'),
      { host: '10.0.0.9', port: 5070, transport: 'udp' },
    ],
    [
      'without transport: as the line',
      request('sip:10.0.0.9', '<sip:b@x>;tag=1'),
      { host: '10.0.0.9', port: 5060, transport: 'tcp' },
    ],
    [
      'the first Route goes before all',
      request('sip:bob@a', '<sip:b@x>;tag=1', '<sip:[2001:db8::1]:5080;lr>, <sip:second;lr>'),
      { host: '2001:db8::1', port: 5080, transport: 'tcp' },
    ],
    ['garbage: nowhere', request('tel:123', '<sip:b@x>;tag=1'), null],
  ])('%s', (_, head, expected) => {
    expect(nextHop(head, server)).toEqual(expected);
  });
});

describe('addresses', () => {
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

  it('reads what routing needs of a URI', () => {
    expect(readSipUri('"Bob" <sip:bob:pw@Host:1;Transport=UDP;lr>;tag=1')).toEqual({
      user: 'bob',
      host: 'Host',
      port: 1,
      transport: 'udp',
    });
    expect(readSipUri('sip:host')).toMatchObject({ user: '', host: 'host', port: 0 });
    expect(readSipUri('sip:a@b:99999')).toBeNull();
    expect(readSipUri('sips:a@b')).toBeNull();
  });
});

describe('isServer', () => {
  const hosts = ['sip.example.org', '192.0.2.1'];

  it.each([
    ['SIP.Example.org', 5060, true],
    ['192.0.2.1', 5060, true],
    ['192.0.2.1', 5061, false],
    ['192.0.2.2', 5060, false],
  ])('%s port %i: %s', (host, port, expected) => {
    expect(isServer({ host, port, transport: 'udp' }, hosts, 5060)).toBe(expected);
  });
});
