/** A REFER of the far end, and the NOTIFYs that it gets (RFC 3515), over a network in memory. */
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Dialog } from '../dialog/dialog.ts';
import { nobody } from '../headers/identity.ts';
import { fieldOf, fieldsOf, type SipMessage } from '../message/message.ts';
import { arrived } from '../testing/arrived.ts';
import { clientOver, openWire, read } from '../testing/wire.ts';
import { IncomingRefer, readReferral } from './referral.ts';
import type { Outcome, Session, SessionEnd, SessionEvents, SessionState } from './session.ts';

const refer = (...lines: string[]): SipMessage =>
  read(
    [
      'REFER sip:alice@192.0.2.9 SIP/2.0',
      'From: <sip:bob@example.org>;tag=b',
      'To: <sip:alice@example.org>;tag=a',
      'Call-ID: c',
      'CSeq: 20 REFER',
      'Contact: <sip:bob@192.0.2.1>',
      ...lines,
      '',
      '',
    ].join('\r\n'),
  );

/** The call that is made for it, of which only the events matter. */
class MadeCall extends EventEmitter<SessionEvents> implements Session {
  readonly state: SessionState = 'calling';
  readonly direction = 'outgoing';
  readonly callId = 'made';
  readonly callUuid = '';
  readonly peer = nobody;
  ring(): void {}
  answer(): void {}
  reject(): void {}
  redirect(): void {}
  hangUp(): void {}
  renegotiate(): Promise<Outcome> {
    return Promise.resolve({ ok: true, status: 200, reason: 'OK' });
  }
  sendInfo(): Promise<Outcome> {
    return this.renegotiate();
  }
  transfer(): Promise<Outcome> {
    return this.renegotiate();
  }
}

describe('readReferral', () => {
  it('says whom to call, in whose name, and in place of what', () => {
    const message = refer(
      'Refer-To: "Carol" <sip:carol@example.org;method=INVITE?Replaces=c2%3Bto-tag%3D1%3Bfrom-tag%3D2&Subject=x>',
      'Referred-By: <sip:bob@example.org>',
    );
    expect(readReferral(message)).toEqual({
      target: 'sip:carol@example.org',
      replaces: 'c2;to-tag=1;from-tag=2',
      referredBy: '<sip:bob@example.org>',
      wantsNotifies: true,
    });
  });

  it('needs no more than a target', () => {
    expect(readReferral(refer('Refer-To: sip:carol@example.org', 'Refer-Sub: False'))).toEqual({
      target: 'sip:carol@example.org',
      replaces: '',
      referredBy: '',
      wantsNotifies: false,
    });
  });

  it.each([
    ['none', []],
    ['two', ['Refer-To: <sip:a@x>', 'Refer-To: <sip:b@x>']],
    ['one that is none', ['Refer-To: ???']],
    ['one that is no call', ['Refer-To: <sip:a@x;method=BYE>']],
    ['one in place of something that can not be read', ['Refer-To: <sip:a@x?Replaces=y>']],
  ])('refuses %s', (_, lines) => {
    expect(readReferral(refer(...lines))).toBeNull();
  });
});

describe('IncomingRefer', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function open(more: { first?: boolean; lines?: string[] } = {}) {
    const wire = openWire();
    const message = refer('Refer-To: <sip:carol@example.org>', ...(more.lines ?? []));
    const facts = readReferral(message);
    if (!facts) throw new Error('no referral');
    const got = arrived(message);
    const over = vi.fn();
    const referral = new IncomingRefer({
      request: got.request,
      referral: facts,
      client: clientOver(wire),
      dialog: Dialog.asServer(message, 'a'),
      first: more.first ?? true,
      contact: () => '<sip:alice@192.0.2.9>',
      over,
    });
    const notifies = (): SipMessage[] => wire.requests('NOTIFY');
    return {
      ...wire,
      ...got,
      referral,
      over,
      made: new MadeCall(),
      notifies,
      /** The far end answers the latest NOTIFY, and what follows from that is done. */
      heard: async (status = 200) => {
        wire.answer(wire.last('NOTIFY'), status);
        await vi.advanceTimersByTimeAsync(0);
      },
      told: () => notifies().map((it) => `${fieldOf(it, 'subscription-state')} ${it.body.trim()}`),
    };
  }

  const ended = (by: SessionEnd['by'], status: number): SessionEnd => ({ by, status, reason: '' });

  it('tells how the call comes along, one NOTIFY after the other', async () => {
    const { referral, made, responses, notifies, told, heard, over, layer } = open();
    referral.accept(made);
    made.emit('progress', 180, 'Ringing');
    made.emit('confirmed');
    made.emit('ended', ended('remote', 0));
    await vi.advanceTimersByTimeAsync(0);
    expect(responses.map((it) => [it.status, fieldsOf(it, 'refer-sub')])).toEqual([[202, []]]);
    expect(told()).toEqual(['active;expires=180 SIP/2.0 100 Trying']);
    await heard();
    await heard();
    expect(over).not.toHaveBeenCalled();
    await heard();
    expect(told().slice(1)).toEqual([
      'active;expires=180 SIP/2.0 180 Ringing',
      'terminated;reason=noresource SIP/2.0 200 OK',
    ]);
    const [first] = notifies();
    expect(first && ['event', 'contact', 'content-type'].map((name) => fieldOf(first, name))).toEqual([
      'refer',
      '<sip:alice@192.0.2.9>',
      'message/sipfrag;version=2.0',
    ]);
    expect(over).toHaveBeenCalledTimes(1);
    vi.runAllTimers();
    expect(layer.size).toBe(0);
  });

  it('names itself where it is not the first of its dialog', async () => {
    const { referral, made, notifies } = open({ first: false });
    referral.accept(made);
    await vi.advanceTimersByTimeAsync(0);
    expect(notifies().map((it) => fieldOf(it, 'event'))).toEqual(['refer;id=20']);
  });

  it.each([
    [ended('remote', 486), '486 Busy Here'],
    [ended('local', 0), '487 Request Terminated'],
    [ended('failure', 0), '503 Service Unavailable'],
    [{ ...ended('remote', 480), reason: 'Gone' }, '480 Gone'],
  ])('tells of a call that came to nothing: %j', async (end, expected) => {
    const { referral, made, told, heard, over } = open();
    referral.accept(made);
    made.emit('ended', end);
    await vi.advanceTimersByTimeAsync(0);
    await heard();
    expect(told()[1]).toBe(`terminated;reason=noresource SIP/2.0 ${expected}`);
    await heard(500);
    expect(over).toHaveBeenCalledTimes(1);
  });

  it('is over where nobody listens any more', async () => {
    const { referral, made, told, heard, over } = open();
    referral.accept(made);
    await vi.advanceTimersByTimeAsync(0);
    await heard(481);
    made.emit('confirmed');
    await vi.advanceTimersByTimeAsync(0);
    expect(told()).toHaveLength(1);
    expect(over).toHaveBeenCalledTimes(1);
  });

  it('says nothing where nobody wants to hear it (RFC 4488)', async () => {
    const { referral, made, responses, told, over } = open({ lines: ['Refer-Sub: false'] });
    referral.accept(made);
    made.emit('confirmed');
    await vi.advanceTimersByTimeAsync(0);
    expect(responses.map((it) => [it.status, fieldOf(it, 'refer-sub')])).toEqual([[202, 'false']]);
    expect(told()).toEqual([]);
    expect(over).toHaveBeenCalledTimes(1);
  });

  it('is refused without a word more', async () => {
    const { referral, statuses, told, over } = open();
    referral.refuse(603);
    await vi.advanceTimersByTimeAsync(0);
    expect([statuses(), told(), over.mock.calls.length]).toEqual([[603], [], 1]);
  });

  it('is not made to send without end by whoever rings without end', async () => {
    const { referral, made, told, heard } = open();
    referral.accept(made);
    for (let i = 0; i < 1_000; i++) made.emit('progress', i % 2 === 0 ? 180 : 183, '');
    made.emit('confirmed');
    await vi.advanceTimersByTimeAsync(0);
    for (let i = 0; i < 3; i++) await heard();
    expect(told().map((it) => it.split(' ')[2])).toEqual(['100', '180', '183', '200']);
  });
});
