import { describe, expect, it } from 'vitest';
import { inviteWith } from './fakes.ts';
import { readInvitation, referrerOf } from './invitation.ts';

const read = (headers: Record<string, string | string[]>, fromServer = true) =>
  readInvitation(inviteWith(headers), fromServer);

describe('what an INVITE says', () => {
  it('nothing', () => {
    expect(read({})).toEqual({
      callUuid: '',
      autoAnswer: { answer: null, delayMs: null, required: false, echo: null },
      alert: { suppressed: false, ring: '' },
      diversions: [],
      referredBy: null,
      appearance: 0,
    });
  });

  it('all of it', () => {
    const facts = read({
      'x-genesys-calluuid': 'P4UBT5SMSD2NV81R8S7H2C93J8000001',
      'alert-info': ['<urn:alert:source:external>', 'info=alert-autoanswer;delay=2'],
      diversion: ['<sip:751@example.org>;reason=no-answer', '"Anna" <sip:750@example.org>;reason=user-busy'],
      'referred-by': '"Bob" <sip:700@example.org>',
      'call-info': '<sip:example.org>;appearance-index=2;appearance-state=alerting',
    });
    expect(facts).toMatchObject({
      callUuid: 'P4UBT5SMSD2NV81R8S7H2C93J8000001',
      autoAnswer: { answer: 'auto', delayMs: 2_000 },
      alert: { suppressed: false, ring: 'urn:alert:source:external' },
      diversions: [
        { party: { uri: 'sip:750@example.org', number: '750', displayName: 'Anna' }, reason: 'user-busy' },
        { party: { uri: 'sip:751@example.org', number: '751', displayName: '' }, reason: 'no-answer' },
      ],
      referredBy: { uri: 'sip:700@example.org', number: '700', displayName: 'Bob' },
      appearance: 2,
    });
  });

  it('a ring, or silence, by the line’s own server only', () => {
    const headers = { 'alert-info': ['<urn:alert:service:3pcc@genesys>', '<urn:alert:source:internal>'] };
    expect(read(headers).alert).toEqual({ suppressed: true, ring: 'urn:alert:source:internal' });
    expect(read(headers, false).alert).toEqual({ suppressed: false, ring: '' });
  });

  it('not what can’t be read', () => {
    const facts = read({
      'referred-by': '<<<',
      'call-info': '<sip:example.org>;appearance-index=*',
      'x-genesys-calluuid': 'U'.repeat(1_000),
    });
    expect(facts).toMatchObject({ referredBy: null, appearance: 0, callUuid: 'U'.repeat(64) });
    expect(referrerOf('')).toBeNull();
  });
});
