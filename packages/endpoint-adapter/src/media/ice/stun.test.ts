import { Buffer } from 'node:buffer';
import { expect, it } from 'vitest';
import {
  canonical,
  errorCode,
  isAuthentic,
  newTransaction,
  readErrorCode,
  readStun,
  readXorAddress,
  stunAttribute,
  stunType,
  writeStun,
  xorAddress,
} from './stun.ts';

/** RFC 5769 §2.1: a request with the password VOkJxbRl1RmTxUk/WvJxBt. */
const sample = Buffer.from(
  '000100582112a442b7e7a701bc34d686fa87dfae' +
    '802200105354554e207465737420636c69656e74' +
    '002400046e0001ff80290008932ff9b151263b36' +
    '000600096576746a3a68367659202020' +
    '000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2' +
    '80280004e57a3bcf',
  'hex',
);

it('reads the sample of RFC 5769', () => {
  const message = readStun(sample);
  if (message === null) throw new Error('not read');
  expect(message.type).toBe(stunType.request);
  expect(message.transaction).toBe('b7e7a701bc34d686fa87dfae');
  expect(message.attributes.get(stunAttribute.username)?.toString()).toBe('evtj:h6vY');
  expect(message.attributes.get(stunAttribute.priority)?.readUInt32BE(0)).toBe(0x6e0001ff);
  expect(isAuthentic(sample, message, 'VOkJxbRl1RmTxUk/WvJxBt')).toBe(true);
  expect(isAuthentic(sample, message, 'VOkJxbRl1RmTxUk/WvJxBT')).toBe(false);
});

/** RFC 5769 §2.2 and §2.3: 192.0.2.1 port 32853, and an IPv6 address. */
it('reads and writes the addresses of RFC 5769', () => {
  const transaction = 'b7e7a701bc34d686fa87dfae';
  expect(xorAddress({ address: '192.0.2.1', port: 32_853 }, transaction).toString('hex')).toBe('0001a147e112a643');
  const six = { address: '2001:db8:1234:5678:11:2233:4455:6677', port: 32_853 };
  expect(xorAddress(six, transaction).toString('hex')).toBe('0002a1470113a9faa5d3f179bc25f4b5bed2b9d9');
});

it.each(['192.0.2.1', '2001:db8::1', '::1', 'fe80::'])('brings back the address %s', (address) => {
  const transaction = newTransaction();
  const value = xorAddress({ address, port: 4000 }, transaction);
  const bytes = writeStun({
    type: stunType.success,
    transaction,
    attributes: [[stunAttribute.xorMappedAddress, value]],
    password: 'p',
  });
  const message = readStun(bytes);
  if (message === null) throw new Error('not read');
  expect(readXorAddress(message)).toEqual({ address, port: 4000 });
  expect(isAuthentic(bytes, message, 'p')).toBe(true);
});

it('believes nothing that stands after the integrity', () => {
  const transaction = newTransaction();
  const bytes = writeStun({ type: stunType.request, transaction, attributes: [], password: 'p' });
  // Without the fingerprint, an attribute instead of it.
  const forged = Buffer.concat([bytes.subarray(0, -8), Buffer.from([0, stunAttribute.useCandidate, 0, 0])]);
  forged.writeUInt16BE(forged.length - 20, 2);
  const message = readStun(forged);
  expect(message?.attributes.has(stunAttribute.useCandidate)).toBe(false);
});

it('reads errors', () => {
  const transaction = newTransaction();
  const attributes = [[stunAttribute.errorCode, errorCode(487, 'Role Conflict')]] as const;
  const message = readStun(writeStun({ type: stunType.error, transaction, attributes, password: null }));
  if (message === null) throw new Error('not read');
  expect(readErrorCode(message)).toBe(487);
  expect(isAuthentic(new Uint8Array(0), message, '')).toBe(false);
});

it('refuses what was changed or cut', () => {
  // The fingerprint, being optional, may become an attribute that nobody knows.
  for (let i = 0; i < sample.length - 8; i++) {
    const changed = Buffer.from(sample);
    changed[i] = (changed[i] ?? 0) ^ 0x10;
    const message = readStun(changed);
    expect(message === null || !isAuthentic(changed, message, 'VOkJxbRl1RmTxUk/WvJxBt')).toBe(true);
    expect(readStun(sample.subarray(0, i))).toBeNull();
  }
});

it('writes IPv6 addresses in one way, with their zone', () => {
  expect(['2001:DB8:0:0:0:0:0:1', 'fe80:0::1%eth0', '192.0.2.1'].map(canonical)).toEqual([
    '2001:db8::1',
    'fe80::1%eth0',
    '192.0.2.1',
  ]);
});
