/** What a far end that is hostile, or has lost its mind, can't bring a session to, over a network in memory. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Dialogs } from '../dialog/dialogs.ts';
import { fieldOf, type SipMessage, tagOf } from '../message/message.ts';
import { field } from '../message/response.ts';
import { makeUri } from '../message/uri.ts';
import { type Arrived, arrived } from '../testing/arrived.ts';
import { fakeMedia, sdp } from '../testing/fake-media.ts';
import { clientOver, openWire, read } from '../testing/wire.ts';
import { TIMEOUT } from '../timers.ts';
import { IncomingSession } from './incoming-session.ts';
import type { SessionPorts } from './invite-session.ts';
import { OutgoingSession } from './outgoing-session.ts';
import type { Referral } from './session.ts';

const bob = makeUri({ user: 'bob', host: 'example.org' });
const contact = field('contact', '<sip:bob@192.0.2.1>');
const theirs = { type: 'application/sdp', content: sdp('them') };

const request = (method: string, sequence: number, ourTag: string, callId: string, ...lines: string[]): SipMessage =>
  read(
    [
      `${method} sip:alice@192.0.2.9 SIP/2.0`,
      'From: <sip:bob@example.org>;tag=b',
      `To: <sip:alice@example.org>${ourTag === '' ? '' : `;tag=${ourTag}`}`,
      `Call-ID: ${callId}`,
      `CSeq: ${sequence} ${method}`,
      'Contact: <sip:bob@192.0.2.1>',
      ...lines,
      '',
      '',
    ].join('\r\n'),
  );

function portsOver(isServer: boolean) {
  const wire = openWire();
  const dialogs = new Dialogs();
  const ports: SessionPorts = {
    client: clientOver(wire),
    dialogs,
    contact: () => '<sip:alice@192.0.2.9>',
    from: '<sip:alice@example.org>',
    isServer: () => isServer,
    readTarget: () => bob,
    random: () => 0.5,
  };
  return { ...wire, dialogs, ports };
}

function incoming(isServer = true) {
  const { dialogs, ports, ...wire } = portsOver(isServer);
  const invite = arrived({
    ...request('INVITE', 1, '', 'c', 'Content-Type: application/sdp'),
    body: sdp('them'),
  });
  const session = new IncomingSession({ ports, request: invite.request, media: fakeMedia('us') });
  session.start(null);
  const referrals: Referral[] = [];
  session.on('refer', (referral) => void referrals.push(referral));
  const inside = (method: string, sequence: number, ...lines: string[]): SipMessage =>
    request(method, sequence, invite.request.toTag, 'c', ...lines);
  return {
    ...wire,
    session,
    referrals,
    ask: (method: string, sequence: number, ...lines: string[]): Arrived => {
      const asked = arrived(inside(method, sequence, ...lines));
      dialogs.receive(asked.request);
      return asked;
    },
    confirm: () => {
      session.answer();
      dialogs.acknowledged(inside('ACK', 1));
    },
  };
}

function outgoing() {
  const { dialogs, ports, ...wire } = portsOver(true);
  const media = fakeMedia('us');
  const from = '<sip:alice@example.org>';
  const session = new OutgoingSession({ ports, target: bob, media, from, fields: [], routeTo: () => [] });
  session.start();
  return {
    ...wire,
    dialogs,
    session,
    media,
    /** ACKs that this INVITE has had for a 2xx. */
    acks: () => wire.requests('ACK').length,
    ask: (method: string, sequence: number): Arrived => {
      const ourTag = tagOf(fieldOf(wire.last('INVITE'), 'from'));
      const asked = arrived(request(method, sequence, ourTag, session.callId));
      dialogs.receive(asked.request);
      return asked;
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a call that is sent on', () => {
  it.each([
    [302, [field('contact', '<sip:carol@example.org>')]],
    [422, [field('min-se', '3600')]],
  ])('after %i is cancelled where nobody wants it any more', (status, fields) => {
    const { session, answer, last, requests } = outgoing();
    const first = last('INVITE');
    answer(first, status, { fields });
    const second = last('INVITE');
    expect(fieldOf(second, 'cseq')).toBe('2 INVITE');
    answer(second, 180, { tag: 'c', fields: [contact] });
    session.hangUp();
    expect(requests('CANCEL').map((it) => fieldOf(it, 'cseq'))).toEqual(['2 CANCEL']);
  });

  it('goes nowhere where whoever hears of it hangs up', () => {
    const { session, answer, last, requests } = outgoing();
    session.on('redirected', () => session.hangUp());
    answer(last('INVITE'), 302, { fields: [field('contact', '<sip:carol@example.org>')] });
    expect([session.state, requests('INVITE')]).toEqual(['ended', [expect.anything()]]);
  });
});

describe('answers without end', () => {
  it('of forks are hung up, but not all of them kept in mind', () => {
    const { session, answer, last, requests, dialogs } = outgoing();
    const invite = last('INVITE');
    for (let i = 0; i < 400; i++) answer(invite, 200, { tag: `fork${i}`, fields: [contact], body: theirs });
    expect(session.state).toBe('confirmed');
    expect(requests('BYE').length).toBeGreaterThan(16);
    expect(requests('BYE').length).toBeLessThan(100);
    expect(dialogs.size).toBe(1);
    // The one that counts is acknowledged again.
    const acks = requests('ACK').length;
    answer(invite, 200, { tag: 'fork0', fields: [contact], body: theirs });
    expect(requests('ACK')).toHaveLength(acks + 1);
  });
});

describe('a session that has ended', () => {
  it('while it was told of progress takes no early media', () => {
    const { session, answer, last, media } = outgoing();
    session.on('progress', () => session.hangUp());
    answer(last('INVITE'), 183, { tag: 'b', fields: [contact], body: theirs });
    expect([session.state, media.asked]).toEqual(['ended', ['offer']]);
  });

  it('takes no answer to its re-INVITE, and starts no timer', () => {
    const { session, answer, last, media, requests, ask } = outgoing();
    answer(last('INVITE'), 200, { tag: 'b', fields: [contact], body: theirs });
    void session.renegotiate();
    return Promise.resolve().then(() => {
      const again = last('INVITE');
      expect(fieldOf(again, 'cseq')).toBe('2 INVITE');
      ask('BYE', 1);
      const asked = media.asked.length;
      answer(again, 200, { fields: [contact, field('session-expires', '90')], body: theirs });
      expect(media.asked).toHaveLength(asked);
      // It is acknowledged all the same.
      expect(requests('ACK').map((it) => fieldOf(it, 'cseq'))).toEqual(['1 ACK', '2 ACK']);
      vi.advanceTimersByTime(40_000);
      expect(vi.getTimerCount()).toBe(0);
    });
  });
});

describe('a far end that says no more than 1xx to a re-INVITE', () => {
  it('gets a CANCEL after 32 s, and the call goes on', async () => {
    const { session, answer, last } = outgoing();
    answer(last('INVITE'), 200, { tag: 'b', fields: [contact], body: theirs });
    const outcome = session.renegotiate();
    await vi.advanceTimersByTimeAsync(0);
    const again = last('INVITE');
    answer(again, 100);
    await vi.advanceTimersByTimeAsync(TIMEOUT);
    answer(last('CANCEL'), 200);
    answer(again, 487);
    expect(await outcome).toMatchObject({ ok: false, status: 487 });
    expect(session.state).toBe('confirmed');
  });
});

describe('a refresh of the session that is refused', () => {
  it('is tried again before the session runs out', async () => {
    const { session, answer, last, requests } = outgoing();
    const fields = [contact, field('allow', 'UPDATE'), field('session-expires', '90;refresher=uac')];
    answer(last('INVITE'), 200, { tag: 'b', fields, body: theirs });
    await vi.advanceTimersByTimeAsync(45_000);
    answer(last('UPDATE'), 491);
    await vi.advanceTimersByTimeAsync(14_000);
    expect(requests('UPDATE').map((it) => fieldOf(it, 'cseq'))).toContain('3 UPDATE');
    answer(last('UPDATE'), 200, { fields });
    await vi.advanceTimersByTimeAsync(44_000);
    expect(session.state).toBe('confirmed');
  });

  it('for good ends it when it has run out', async () => {
    const { session, answer, last, requests } = outgoing();
    const fields = [contact, field('allow', 'UPDATE'), field('session-expires', '90;refresher=uac')];
    answer(last('INVITE'), 200, { tag: 'b', fields, body: theirs });
    for (let s = 0; s < 60; s++) {
      await vi.advanceTimersByTimeAsync(1_000);
      if (requests('UPDATE').length > 0) answer(last('UPDATE'), 500);
    }
    expect([session.state, requests('BYE')]).toEqual(['ended', [expect.anything()]]);
    expect(requests('UPDATE').length).toBeLessThan(5);
  });
});

describe('a REFER inside a call', () => {
  const target = 'Refer-To: <sip:carol@example.org>';

  it('of the line’s server is taken', () => {
    const { confirm, ask, referrals } = incoming();
    confirm();
    expect(ask('REFER', 2, target).statuses()).toEqual([]);
    expect(referrals).toHaveLength(1);
  });

  it('of anybody else gets 403: he could call whom he likes in our name', () => {
    const { confirm, ask, referrals } = incoming(false);
    confirm();
    expect(ask('REFER', 2, target).statuses()).toEqual([403]);
    expect(referrals).toEqual([]);
  });

  it('that nobody has answered yet is refused: the phone would call somebody by itself', () => {
    const { session, ask, referrals } = incoming();
    session.ring();
    expect(ask('REFER', 2, target).statuses()).toEqual([603]);
    expect(referrals).toEqual([]);
  });
});

describe('the words of the far end', () => {
  it('get no parameters of their own into our Reason', async () => {
    const { session, answer, last } = outgoing();
    answer(last('INVITE'), 200, { tag: 'b', fields: [contact], body: theirs });
    const outcome = session.sendInfo('application/dtmf', '1');
    answer(last('INFO'), 481, { reason: 'x";cause=200;y="' });
    await outcome;
    expect(fieldOf(last('BYE'), 'reason')).toBe('SIP;cause=481;text="x\\";cause=200;y=\\""');
  });
});
