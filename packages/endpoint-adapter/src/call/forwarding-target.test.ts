import { expect, it } from 'vitest';
import { forwardingUri } from './forwarding-target.ts';

it.each([
  ['750', 'sip:750@example.org:5070'],
  [' 750 ', 'sip:750@example.org:5070'],
  ['+49301234', 'sip:+49301234@example.org:5070'],
  ['*21#', 'sip:*21%23@example.org:5070'],
  ['anna@192.0.2.7', 'sip:anna@192.0.2.7'],
  ['anna@[2001:db8::1]:5080', 'sip:anna@[2001:db8::1]:5080'],
  ['sip:anna@example.com;transport=tcp', 'sip:anna@example.com;transport=tcp'],
  ['sips:anna@example.com', 'sips:anna@example.com'],
  ['sip:anna@example.com?Replaces=x', 'sip:anna@example.com'],
  ['tel:+49301234', 'tel:+49301234'],
])('%s is %s', (target, uri) => {
  expect(forwardingUri(target, 'sip:701@example.org:5070')).toBe(uri);
});

it.each([
  '',
  ' ',
  'a b',
  '750>',
  '750\r\nEvil: 1',
  '@example.org',
  'a@b@c',
  'anna@',
  'sip:',
  'mailto:a@b.c',
  '7'.repeat(300),
])('"%s" is nothing that can be called', (target) => {
  expect(forwardingUri(target, 'sip:701@example.org')).toBeNull();
});
