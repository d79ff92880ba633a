import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cpuTime } from '../testing/cpu-time.ts';
import { type Authority, startAuthority } from './testing/certificates.ts';
import { isNamed, nameFault, namesOf, readAltNames } from './tls-name.ts';

let certificates: Authority;
beforeAll(async () => {
  certificates = await startAuthority();
});
afterAll(() => certificates.stop());

async function issued(...names: string[]): Promise<X509Certificate> {
  const { certificate } = await certificates.issue({ names, commonName: 'sip.example' });
  return new X509Certificate(await readFile(certificate));
}

describe('readAltNames', () => {
  it('reads what Node.js writes, quoted values included', () => {
    expect(readAltNames('DNS:a.example, URI:sip:b.example, IP Address:192.0.2.1')).toEqual([
      { kind: 'DNS', value: 'a.example' },
      { kind: 'URI', value: 'sip:b.example' },
      { kind: 'IP Address', value: '192.0.2.1' },
    ]);
    expect(readAltNames('URI:"sip:a, DNS:good.example", DNS:b.example')).toEqual([
      { kind: 'URI', value: 'sip:a, DNS:good.example' },
      { kind: 'DNS', value: 'b.example' },
    ]);
  });

  it('is bounded, and not held up', () => {
    const before = cpuTime();
    expect(readAltNames('DNS:a, '.repeat(5_000))).toHaveLength(256);
    expect(readAltNames(`DNS:"${'\\'.repeat(16_001)}`)).toEqual([]);
    expect(readAltNames(' '.repeat(16_000))).toEqual([]);
    expect(cpuTime() - before).toBeLessThan(500);
  });
});

describe('namesOf', () => {
  it.each([
    [{ subjectAltName: 'DNS:SIP.Example., DNS:sip.example', subject: 'CN=cn.example' }, ['sip.example']],
    [{ subjectAltName: 'URI:sip:Example:5061;transport=tls', subject: '' }, ['example']],
    [{ subjectAltName: 'URI:sip:alice@example, URI:https://example/x, URI:sips:example', subject: '' }, []],
    [{ subjectAltName: 'URI:sip:a;x=@example', subject: '' }, []],
    [{ subjectAltName: 'email:alice@example', subject: 'CN=cn.example' }, []],
    [{ subjectAltName: undefined, subject: 'O=x\nCN=cn.example' }, ['cn.example']],
    [{ subjectAltName: undefined, subject: 'O=CN=cn.example' }, []],
  ])('of %j', (fields, names) => {
    expect(namesOf(fields)).toEqual(names);
  });
});

describe('isNamed', () => {
  it('takes DNS names, sip: URIs and addresses, whole ones only', async () => {
    const it = await issued('DNS:sip.example', 'URI:sip:example', 'IP:192.0.2.1', 'IP:2001:db8::1');
    for (const name of ['sip.example', 'SIP.EXAMPLE', 'sip.example.', 'example', '192.0.2.1', '2001:DB8:0::1'])
      expect(isNamed(it, name, false), name).toBe(true);
    for (const name of ['a.sip.example', 'xsip.example', '.example', '', '192.0.2.2', '2001:db8::2', 'test'])
      expect(isNamed(it, name, false), name).toBe(false);
  });

  it('takes the common name only where there is no subjectAltName', async () => {
    expect(isNamed(await issued(), 'sip.example', false)).toBe(true);
    expect(isNamed(await issued('IP:192.0.2.1'), 'sip.example', false)).toBe(false);
  });

  it('takes wildcards for WebSockets only, in place of one label', async () => {
    const it = await issued('DNS:*.example.com');
    expect(isNamed(it, 'sip.example.com', false)).toBe(false);
    expect(isNamed(it, 'sip.example.com', true)).toBe(true);
    expect(isNamed(it, 'a.sip.example.com', true)).toBe(false);
    expect(isNamed(it, 'example.com', true)).toBe(false);
    expect(isNamed(it, '.example.com', true)).toBe(false);
  });
});

describe('nameFault', () => {
  it('says what is named instead', async () => {
    expect(nameFault(await issued('DNS:a.example', 'URI:sip:b.example'), 'c.example')).toBe(
      'the certificate of the server names "a.example", "b.example" instead of "c.example"',
    );
    expect(nameFault(await issued('DNS:a.x', 'DNS:b.x', 'DNS:c.x', 'DNS:d.x'), 'e.x')).toBe(
      'the certificate of the server names "a.x", "b.x", "c.x", others instead of "e.x"',
    );
    expect(nameFault(await issued('email:a@b'), 'e.x')).toBe(
      'the certificate of the server names nothing instead of "e.x"',
    );
  });
});
