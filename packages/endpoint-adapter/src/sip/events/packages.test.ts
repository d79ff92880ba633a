/** The registry, and the packages that are small: call-info, line-seize, refer, reg; and digits, which have none. */
import { describe, expect, it } from 'vitest';
import { messageWith } from '../headers/message-with.ts';
import { makeUri } from '../message/uri.ts';
import { readDtmfBody, writeDtmfRelay } from './dtmf-body.ts';
import { packageNamed, packages } from './packages.ts';
import { contactIn, readRegistrationInfo } from './reg.ts';
import { readSipfrag, sipfragType, writeSipfrag } from './sipfrag.ts';

describe('the packages', () => {
  it('are told apart by their events', () => {
    expect(new Set(packages.map(({ event }) => event)).size).toBe(packages.length);
    for (const it of packages) {
      expect(packageNamed(it.event)).toBe(it);
      expect(it.expires).toBeGreaterThan(0);
      // A NOTIFY of another kind says nothing, and one without a body never is a fault, but of refer.
      if (it.accept.length > 0) expect(it.read('image/png', 'x', messageWith())).toBeNull();
      expect(it.read('', '', messageWith()) === null).toBe(it.event === 'refer');
    }
    expect(packageNamed('talk')).toBeUndefined();
  });

  it.each(['call-info', 'line-seize'])('%s is read from Call-Info', (event) => {
    const notify = messageWith('Call-Info: <sip:srv.example>;appearance-index=2;appearance-state=seized');
    expect(packageNamed(event)?.read('', '', notify)).toEqual({
      event,
      appearances: [{ index: 2, state: 'seized', uri: 'sip:srv.example' }],
    });
  });
});

describe('sipfrag', () => {
  it.each([
    ['SIP/2.0 100 Trying', 100, 'Trying'],
    ['\r\nSIP/2.0 200 OK\r\nContact: <sip:a@b>\r\n', 200, 'OK'],
    ['SIP/2.0 486\r\n', 486, ''],
    ['SIP/2.0 603 No Thanks \n', 603, 'No Thanks'],
  ])('%j', (body, status, reason) => {
    expect(packageNamed('refer')?.read(sipfragType, body, messageWith())).toEqual({ event: 'refer', status, reason });
  });

  it.each(['', 'SIP/2.0', 'SIP/2.0 99 x', 'INVITE sip:a SIP/2.0', 'SIP/3.0 200 OK'])('refuses %j', (body) => {
    expect(readSipfrag(body)).toBeNull();
  });

  it('writes one line', () => {
    expect(writeSipfrag(180, 'Ringing')).toBe('SIP/2.0 180 Ringing\r\n');
    expect(writeSipfrag(500, 'a\r\nb')).toBe('SIP/2.0 500 a  b\r\n');
  });
});

describe('reg', () => {
  const body =
    '<?xml version="1.0"?><reginfo xmlns="urn:ietf:params:xml:ns:reginfo" version="3" state="partial">' +
    '<registration aor="sip:4711@srv.example" id="a" state="active">' +
    '<contact id="1" state="active" event="refreshed" expires="120"><uri>sip:4711@192.0.2.1:5062</uri></contact>' +
    '<contact id="2" state="terminated" event="probation" retry-after="30"><uri>sip:4711@192.0.2.2</uri></contact>' +
    '<contact id="3" state="terminated" event="expired"><uri>nonsense</uri></contact>' +
    '</registration><registration aor="sip:b@x" id="b" state="odd"/></reginfo>';

  it('says what has become of which contact', () => {
    const info = readRegistrationInfo(body);
    expect(info).toMatchObject({ version: 3, full: false });
    expect(info?.addresses.map(({ aor, state, contacts }) => [aor, state, contacts.length])).toEqual([
      ['sip:4711@srv.example', 'active', 3],
      ['sip:b@x', 'init', 0],
    ]);
    if (!info) return;
    expect(contactIn(info, makeUri({ user: '4711', host: '192.0.2.1', port: 5062 }))).toEqual({
      uri: 'sip:4711@192.0.2.1:5062',
      active: true,
      event: 'refreshed',
      expires: 120,
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
    expect(readRegistrationInfo('<reg/>')).toBeNull();
    expect(readRegistrationInfo('<reginfo version="-1" state="full"/>')).toEqual({
      event: 'reg',
      version: -1,
      full: true,
      addresses: [],
    });
  });
});

describe('digits', () => {
  it.each([
    ['application/dtmf-relay', 'Signal=5\r\nDuration=160\r\n', '5', 160],
    ['application/dtmf-relay', 'signal = a\nduration = 100', 'A', 100],
    ['Application/DTMF-Relay; charset=utf-8', 'SIGNAL=12#*d', '12#*D', null],
    ['', 'Signal=1\r\nSignal=2\r\n', '12', null],
    ['text/plain', 'Signal=0', '0', null],
    ['application/dtmf', '7', '7', null],
    ['application/dtmf', ' 123 \r\n', '123', null],
    ['text/plain', 'Signal=1\r\nDuration=soon\r\nX=y', '1', null],
    ['text/plain', 'Signal=1\r\nDuration=0', '1', null],
    ['text/plain', 'Signal=1\r\nDuration=60000', '1', null],
  ])('%s %j', (type, body, digits, durationMs) => {
    expect(readDtmfBody(type, body)).toEqual({ digits, durationMs });
  });

  it.each([
    ['application/sdp', 'Signal=1'],
    ['text/plain', ''],
    ['text/plain', 'Signal='],
    ['text/plain', 'Signal=1E'],
    ['text/plain', 'Duration=100'],
    ['text/plain', 'hello'],
    ['text/plain', `Signal=${'1'.repeat(65)}`],
    ['text/plain', `Signal=1${' '.repeat(2_000)}`],
  ])('are not read from %s %j', (type, body) => {
    expect(readDtmfBody(type, body)).toBeNull();
  });

  it('are sent one at a time', () => {
    expect(writeDtmfRelay('#', 160)).toBe('Signal=#\r\nDuration=160\r\n');
  });
});
