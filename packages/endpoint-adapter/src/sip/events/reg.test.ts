import { describe, expect, it } from 'vitest';
import { makeUri } from '../message/uri.ts';
import { messageWith } from '../testing/message-with.ts';
import { contactIn, registrationInfo } from './reg.ts';

describe('reg', () => {
  const body =
    '<?xml version="1.0"?><reginfo xmlns="urn:ietf:params:xml:ns:reginfo" version="3" state="partial">' +
    '<registration aor="sip:4711@srv.example" id="a" state="active">' +
    '<contact id="1" state="active" event="refreshed" expires="120"><uri>sip:4711@192.0.2.1:5062</uri></contact>' +
    '<contact id="2" state="terminated" event="probation" retry-after="30"><uri>sip:4711@192.0.2.2</uri></contact>' +
    '<contact id="3" state="terminated" event="expired"><uri>nonsense</uri></contact>' +
    '</registration><registration aor="sip:b@x" id="b" state="odd"/></reginfo>';

  const read = (text: string) => registrationInfo.read('application/reginfo+xml', text, messageWith());

  it('says what has become of which contact', () => {
    const info = read(body) ?? { contacts: [] };
    expect(info.contacts).toHaveLength(3);
    expect(contactIn(info, makeUri({ user: '4711', host: '192.0.2.1', port: 5062 }))).toEqual({
      uri: 'sip:4711@192.0.2.1:5062',
      active: true,
      event: 'refreshed',
      retryAfter: null,
    });
    expect(contactIn(info, makeUri({ user: '4711', host: '192.0.2.2' }))).toMatchObject({
      active: false,
      event: 'probation',
      retryAfter: 30,
    });
    expect(contactIn(info, makeUri({ user: '4711', host: '192.0.2.3' }))).toBeNull();
  });

  it('does not read what is none', () => {
    expect(read('<reg/>')).toBeNull();
    expect(read('<reginfo version="-1" state="full"/>')).toEqual({ contacts: [] });
  });
});
