import { describe, expect, it } from 'vitest';
import { writeMessage } from '../message/message.ts';
import { writeNameAddr } from '../message/name-addr.ts';
import { makeUri } from '../message/uri.ts';
import { messageWith } from './message-with.ts';
import { anonymousAddress, anonymousFields, privacyOf, readCaller } from './privacy.ts';

describe('our anonymous calls', () => {
  it('hide us from the callee and not from the server', () => {
    expect(writeNameAddr(anonymousAddress)).toBe('"Anonymous" <sip:anonymous@anonymous.invalid>');
    const fields = anonymousFields(makeUri({ user: '4711', password: 'secret', host: 'srv.example' }));
    expect(fields).toEqual([
      { name: 'privacy', value: 'id' },
      { name: 'p-preferred-identity', value: '<sip:4711@srv.example>' },
    ]);
    const message = { ...messageWith(), fields };
    expect(writeMessage(message)).toContain('P-Preferred-Identity: <sip:4711@srv.example>');
    expect(
      readCaller({ ...message, fields: [...fields, { name: 'from', value: writeNameAddr(anonymousAddress) }] }),
    ).toBeNull();
  });
});

describe('the caller', () => {
  const anonymous = 'From: "Anonymous" <sip:anonymous@anonymous.invalid>;tag=1';
  const from = 'From: "Ann" <sip:ann@example.com>;tag=1';
  const asserted = 'P-Asserted-Identity: "Ann Example" <sip:4711@srv.example>, <tel:+4930123>';

  it.each([
    ['From alone', [from], 'ann'],
    ['the server’s word', [from, asserted], '4711'],
    ['From where the server’s word is not for us', [from, asserted, 'Privacy: id'], 'ann'],
    ['the server’s word for an anonymous From', [anonymous, asserted], '4711'],
    ['the second of the server’s words', [from, 'P-Asserted-Identity: nonsense, <tel:+4930123>'], '+4930123'],
    ['From where nobody is to be hidden', [from, 'Privacy: none'], 'ann'],
  ])('is %s', (_, lines, user) => {
    expect(readCaller(messageWith(...lines))?.user).toBe(user);
  });

  it.each([
    ['From is', [anonymous]],
    ['the user of From is', ['From: <sip:Anonymous@example.com>;tag=1']],
    ['the server may not say', [anonymous, asserted, 'Privacy: id;critical']],
    ['the caller asks for it', [from, asserted, 'Privacy: user, id']],
    ['From cannot be read', ['From: ;tag=1']],
  ])('is anonymous where %s', (_, lines) => {
    expect(readCaller(messageWith(...lines))).toBeNull();
  });

  it('has few words of privacy', () => {
    expect([...privacyOf(['ID ; user;;', 'none'])]).toEqual(['id', 'user', 'none']);
    expect(privacyOf([Array.from({ length: 100 }, (_, i) => `w${i}`).join(';')]).size).toBe(16);
  });
});
