import { expect, it } from 'vitest';
import { readFamilies } from './families.ts';

it.each([
  ['', ['IPv4', 'IPv6']],
  ['ipv4', ['IPv4']],
  ['IPv6', ['IPv6']],
  [' ipv6 , IPV4 ', ['IPv6', 'IPv4']],
  ['IPv4,IPv4', ['IPv4']],
  ['IPv5', ['IPv4', 'IPv6']],
])('ip_versions %j', (text, families) => {
  expect(readFamilies(text)).toEqual(families);
});
