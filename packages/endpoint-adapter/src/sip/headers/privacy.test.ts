import { describe, expect, it } from 'vitest';
import { writeNameAddr } from '../message/name-addr.ts';
import { makeUri } from '../message/uri.ts';
import { anonymousAddress, anonymousFields, privacyOf } from './privacy.ts';

describe('our anonymous calls', () => {
  it('hide us from the callee and not from the server', () => {
    expect(writeNameAddr(anonymousAddress)).toBe('"Anonymous" <sip:anonymous@anonymous.invalid>');
    const fields = anonymousFields(makeUri({ user: '4711', password: 'secret', host: 'srv.example' }));
    expect(fields).toEqual([
      { name: 'privacy', value: 'id' },
      { name: 'p-preferred-identity', value: '<sip:4711@srv.example>' },
    ]);
  });
});

describe('Privacy', () => {
  it('has few words of privacy', () => {
    expect([...privacyOf(['ID ; user;;', 'none'])]).toEqual(['id', 'user', 'none']);
    expect(privacyOf([Array.from({ length: 100 }, (_, i) => `w${i}`).join(';')]).size).toBe(16);
  });
});
