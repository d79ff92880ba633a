import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressBytes, isMapped, peerOf } from './peer-address.ts';

const hex = (text: string): string | undefined => addressBytes(text)?.toString('hex');

test('addresses become 16 bytes', () => {
  expect(hex('127.0.0.1')).toBe('00000000000000000000ffff7f000001');
  expect(hex('::ffff:127.0.0.1')).toBe('00000000000000000000ffff7f000001');
  expect(hex('::ffff:7f00:1')).toBe('00000000000000000000ffff7f000001');
  expect(hex('::1')).toBe('00000000000000000000000000000001');
  expect(hex('::')).toBe('00000000000000000000000000000000');
  expect(hex('fe80::')).toBe('fe800000000000000000000000000000');
  expect(hex('fe80::1:2%eth0')).toBe('fe800000000000000000000000010002');
  expect(hex('2001:db8:1:2:3:4:5:6')).toBe('20010db8000100020003000400050006');
});

test('what is no address is none', () => {
  for (const text of ['', 'localhost', '127.0.0', '1.2.3.4.5', ':::', '1::2::3', '127.0.0.1:80', '%eth0'])
    expect(addressBytes(text), text).toBeNull();
  fc.assert(
    fc.property(fc.string(), (text) => {
      const bytes = addressBytes(text);
      return bytes === null || bytes.length === 16;
    }),
  );
});

test('every IPv6 address has its own bytes', () => {
  fc.assert(
    fc.property(fc.ipV6(), (text) => {
      expect(addressBytes(text)?.length).toBe(16);
      // The way of URL is another one to the same spelling.
      const shortest = new URL(`http://[${text}]/`).hostname.slice(1, -1);
      expect(hex(shortest)).toBe(hex(text));
    }),
  );
});

test('the ends of a connection, and none once it is closed', () => {
  const peer = peerOf({ remoteAddress: '::ffff:127.0.0.1', remotePort: 50_000, localAddress: '::1', localPort: 8000 });
  expect(peer?.near.port).toBe(50_000);
  expect(peer && isMapped(peer.near)).toBe(true);
  expect(peer && isMapped(peer.far)).toBe(false);
  expect(peerOf({ remoteAddress: undefined, remotePort: undefined, localAddress: '::1', localPort: 8000 })).toBeNull();
});
