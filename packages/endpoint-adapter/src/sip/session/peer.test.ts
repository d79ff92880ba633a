import { describe, expect, it } from 'vitest';
import { nobody } from '../headers/identity.ts';
import { messageWith } from '../testing/message-with.ts';
import { assertedPeer, peerIn, samePeer } from './peer.ts';

describe('the far end', () => {
  it.each([
    [
      '"Bob B" <sip:bob:secret@example.org:5070;user=phone?Subject=x>;tag=1',
      { uri: 'sip:bob@example.org:5070', user: 'bob', displayName: 'Bob B' },
    ],
    ['sip:%2B49%20x@example.org;tag=1', { uri: 'sip:%2B49%20x@example.org', user: '+49 x', displayName: '' }],
    ['<tel:+49301;phone-context=y>', { uri: 'tel:+49301', user: '+49301', displayName: '' }],
    ['???', nobody],
    ['', nobody],
  ])('is read from %j, without what is for routing', (value, expected) => {
    expect(peerIn(value)).toEqual(expected);
  });

  it('is the same where all that people see is', () => {
    const bob = peerIn('"Bob" <sip:bob@example.org>');
    expect(samePeer(bob, peerIn('"Bob" <sip:bob@example.org;transport=tcp>;tag=9'))).toBe(true);
    expect(samePeer(bob, peerIn('<sip:bob@example.org>'))).toBe(false);
    expect(samePeer(bob, peerIn('"Bob" <sip:bob@example.com>'))).toBe(false);
  });
});

describe('the asserted one (RFC 3325 §9.1)', () => {
  it.each([
    [['P-Asserted-Identity: "Bob" <sip:bob@x>, <tel:+49301>'], 'sip:bob@x'],
    [['P-Asserted-Identity: <tel:+49301>, "Bob" <sip:bob@x>'], 'sip:bob@x'],
    [['P-Asserted-Identity: <tel:+49301>', 'P-Asserted-Identity: "Bob" <sip:bob@x>'], 'sip:bob@x'],
    [['P-Asserted-Identity: ???, <tel:+49301>'], 'tel:+49301'],
    [['P-Asserted-Identity: ???'], undefined],
    [['From: <sip:bob@x>'], undefined],
    [['P-Asserted-Identity: <sip:bob@x>', 'Privacy: none'], 'sip:bob@x'],
    [['P-Asserted-Identity: <sip:bob@x>', 'Privacy: id'], undefined],
    [['P-Asserted-Identity: <sip:bob@x>', 'Privacy: header; user'], undefined],
  ])('%j', (lines, expected) => {
    expect(assertedPeer(messageWith(...lines))?.uri).toBe(expected);
  });
});
