import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressesFor, addressOfUser, hostName, isLoopback, namesOf } from './address.ts';

test.each(['127.0.0.1', '127.255.255.255', '127.0.0.0', '::1'])('%s is of this machine alone', (address) => {
  expect(isLoopback(address)).toBe(true);
  expect(addressesFor(address, 'ada')).toEqual([address]);
});

test.each(['', '0.0.0.0', '::', '10.0.0.1', '127.0.0.256', '127.0.1', '127.0.0.1.example', 'ada', '::ffff:127.0.0.1'])(
  '%j is none of it',
  (address) => {
    expect(isLoopback(address)).toBe(false);
    expect(addressesFor(address, 'ada')).toEqual([]);
  },
);

test('localhost is both families', () => {
  expect(addressesFor('localhost', 'ada')).toEqual(['127.0.0.1', '::1']);
});

test("each user's own address is told ahead by the name, in whatever case", () => {
  // `printf ada | sha256sum` begins with fdee43: 64 + 0xfd mod 64, 0xee, 1 + 0x43.
  expect(addressesFor('$user', 'Ada')).toEqual(['127.125.238.68']);
  expect(addressOfUser('ada')).toBe(addressOfUser('ADA'));
  fc.assert(
    fc.property(fc.string(), (user) => {
      const [, first = 0, , last = 0] = addressOfUser(user).split('.').map(Number);
      return isLoopback(addressOfUser(user)) && first >= 64 && last >= 1 && last <= 254;
    }),
  );
});

test('URLs have IPv6 in brackets', () => {
  expect(hostName('::1')).toBe('[::1]');
  expect(hostName('127.0.0.1')).toBe('127.0.0.1');
});

test.each([
  [['127.0.0.1'], ['127.0.0.1', 'localhost']],
  [
    ['127.0.0.1', '::1'],
    ['127.0.0.1', '[::1]', 'localhost'],
  ],
  [['127.70.1.2'], ['127.70.1.2']],
])('a door at %j goes by the names %j, and no other', (addresses, names) => {
  expect(namesOf(addresses)).toEqual(names);
});
