import { expect, it } from 'vitest';
import { sourceAddress } from './route.ts';

it('is the address that the system would send from', async () => {
  const target = { transport: 'udp', address: '127.0.0.9', port: 5060, name: 'a.test' } as const;
  expect(await sourceAddress(target)).toBe('127.0.0.1');
});

it('says that there is no way', async () => {
  // A socket that may not broadcast can't be connected to all.
  const target = { transport: 'udp', address: '255.255.255.255', port: 5060, name: '255.255.255.255' } as const;
  await expect(sourceAddress(target)).rejects.toMatchObject({
    failure: { code: 'TL2002', message: 'The server 255.255.255.255:5060 does not answer.' },
  });
});
