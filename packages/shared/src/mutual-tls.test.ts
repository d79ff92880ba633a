import { describe, expect, it } from 'vitest';
import { readHostPort, readTlsIdentity } from './mutual-tls.ts';

describe('host and port', () => {
  it.each([
    ['thin7.example:4433', { host: 'thin7.example', port: 4433 }],
    ['10.0.0.7:1', { host: '10.0.0.7', port: 1 }],
    ['[2001:db8::7]:4433', { host: '2001:db8::7', port: 4433 }],
    ['[::ffff:10.0.0.7]:65535', { host: '::ffff:10.0.0.7', port: 65_535 }],
    ['localhost:0', { host: 'localhost', port: 0 }],
    ['thin7.example', null],
    ['thin7.example:', null],
    [':4433', null],
    ['thin7.example:65536', null],
    ['thin7.example:+1', null],
    ['2001:db8::7:4433', null],
    ['[thin7.example]:4433', null],
    ['https://thin7.example:4433', null],
    ['ada@thin7.example:4433', null],
    ['thin7 example:4433', null],
    [`${'x'.repeat(254)}:4433`, null],
    ['', null],
  ])('%j', (text, place) => {
    expect(readHostPort(text)).toEqual(place);
  });
});

it('an identity needs files that are there', async () => {
  const nowhere = { certificate: '/nowhere/own.pem', authorities: '/nowhere/authorities.pem' };
  await expect(readTlsIdentity(nowhere)).rejects.toThrow(/^"\/nowhere\/.*\.pem": there is no such file$/);
});
