import { expect, it } from 'vitest';
import { comparePairs, pairPriority, priorityOf, readCandidate, readCandidates, writeCandidate } from './candidate.ts';

const host = { type: 'host', address: '192.0.2.1', port: 4000, priority: priorityOf('host') } as const;

it('writes candidates as RFC 8839 has them', () => {
  expect(writeCandidate(host, null)).toBe('1 1 UDP 2130706431 192.0.2.1 4000 typ host');
  const relay = { type: 'relay', address: '2001:db8::1', port: 5000, priority: priorityOf('relay') } as const;
  expect(writeCandidate(relay, host)).toBe('4 1 UDP 16777215 2001:db8::1 5000 typ relay raddr 192.0.2.1 rport 4000');
});

it('reads what it writes, and what others add', () => {
  expect(readCandidate(writeCandidate(host, null))).toEqual(host);
  const long = '842163049 1 udp 1677729535 198.51.100.7 61000 typ srflx raddr 10.0.0.1 rport 6 generation 0 ufrag x';
  expect(readCandidate(long)).toEqual({
    type: 'srflx',
    address: '198.51.100.7',
    port: 61_000,
    priority: 1_677_729_535,
  });
  expect(readCandidate('1 1 UDP 1 2001:DB8:0:0:0:0:0:1 2 typ host')?.address).toBe('2001:db8::1');
});

it.each([
  ['another component', '1 2 UDP 1 192.0.2.1 4000 typ host'],
  ['TCP', '1 1 TCP 1 192.0.2.1 9 typ host tcptype active'],
  ['a name', '1 1 UDP 1 8f3c.local 4000 typ host'],
  ['no port', '1 1 UDP 1 192.0.2.1 0 typ host'],
  ['a port too many', '1 1 UDP 1 192.0.2.1 65536 typ host'],
  ['everybody', '1 1 UDP 1 255.255.255.255 4000 typ host'],
  ['a group', '1 1 UDP 1 ff02::1 4000 typ host'],
  ['nobody', '1 1 UDP 1 0.0.0.0 4000 typ host'],
  ['too much priority', '1 1 UDP 4294967296 192.0.2.1 4000 typ host'],
  ['another type', '1 1 UDP 1 192.0.2.1 4000 typ hosted'],
  ['a place on another link', '1 1 UDP 1 fe80::1%7 4000 typ host'],
  ['nothing', ''],
])('leaves out %s', (_, line) => {
  expect(readCandidate(line)).toBeNull();
});

it('takes 32 candidates of our IP version, and no more', () => {
  const lines = Array.from({ length: 40 }, (_, i) => `1 1 UDP 1 192.0.2.1 ${4000 + i} typ host`);
  expect(readCandidates(lines, 4)).toHaveLength(32);
  expect(readCandidates(lines, 6)).toHaveLength(0);
});

it('puts pairs in the order of RFC 8445', () => {
  const [high, low] = [priorityOf('host'), priorityOf('relay')];
  const pairs = [
    pairPriority(low, low, true),
    pairPriority(low, high, true),
    pairPriority(high, low, true),
    pairPriority(high, high, true),
  ];
  const sorted = pairs.toSorted(comparePairs);
  expect(sorted).toEqual([pairs[3], pairs[2], pairs[1], pairs[0]]);
  // Both sides see the same order.
  expect(pairPriority(high, low, true)).toEqual(pairPriority(low, high, false));
});
