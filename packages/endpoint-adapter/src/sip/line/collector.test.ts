import { expect, it } from 'vitest';
import { writeUri } from '../message/uri.ts';
import { readCollector, routeTo } from './collector.ts';

it.each([
  [
    'collector@SipServer.domain.invalid:5060;transport=udp',
    'sip:collector@sipserver.domain.invalid:5060;transport=udp',
  ],
  ['vq@192.0.2.1', 'sip:vq@192.0.2.1:5060;transport=udp'],
  ['vq@192.0.2.1;transport=TCP', 'sip:vq@192.0.2.1:5060;transport=tcp'],
  ['vq@vq.example;transport=tls', 'sip:vq@vq.example:5061;transport=tls'],
  ['vq@[2001:db8::1]:5070;transport=tls', 'sip:vq@[2001:db8::1]:5070;transport=tls'],
  ['voice quality@vq.example', null],
  ['vq@vq.example:65536', null],
  ['vq@vq.example;transport=ws', null],
  ['vq@a@b', null],
  ['vq@', null],
  ['@vq.example', null],
  ['', null],
])('reads %s', (text, uri) => {
  const read = readCollector(text);
  expect(read && writeUri(read)).toBe(uri);
});

it('goes straight there', () => {
  const uri = readCollector('vq@vq.example;transport=tcp');
  expect(uri && routeTo(uri)).toBe('<sip:vq.example:5060;transport=tcp;lr>');
});
