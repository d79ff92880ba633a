/** Calls that reach us, from a far end that follows a script. */
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { IncomingInvite } from '../line.ts';
import { fieldOf, type SipMessage, tagOf, writeMessage } from '../message/message.ts';
import { type FakeMedia, fakeMedia, sdp } from '../testing/fake-media.ts';
import { field, type ScriptedPeer } from '../testing/scripted-peer.ts';
import { openStandalone, type Standalone } from '../testing/standalone-line.ts';
import { TIMEOUT } from '../timers.ts';
import type { Session } from './session.ts';

let it0: Standalone;
let peer: ScriptedPeer;
beforeEach(async () => {
  it0 = await openStandalone();
  peer = it0.peer;
});
afterEach(() => it0.close());

interface Incoming {
  invite: SipMessage;
  offered: IncomingInvite;
  session: Session;
  media: FakeMedia;
}

async function incoming(body = sdp('them'), extra: SipMessage['fields'] = []): Promise<Incoming> {
  const arrived = once(it0.line, 'incoming');
  const invite = peer.ask({ method: 'INVITE', body, extra });
  const offered: IncomingInvite = (await arrived)[0];
  const media = fakeMedia('us');
  return { invite, offered, session: offered.take(media), media };
}

const toTag = (message: SipMessage): string => tagOf(fieldOf(message, 'to'));

/** The ACK of a refusal: the INVITE's branch (RFC 3261 §17.1.1.3). */
function acknowledge(invite: SipMessage, response: SipMessage): void {
  const fields = invite.fields
    .filter((it) => !['content-type', 'content-length'].includes(it.name))
    .map((it) => (it.name === 'to' ? field('to', fieldOf(response, 'to')) : it))
    .map((it) => (it.name === 'cseq' ? field('cseq', '1 ACK') : it));
  peer.send(writeMessage({ ...invite, method: 'ACK', fields, body: '' }));
}

async function established(body?: string): Promise<Incoming & { tag: string }> {
  const call = await incoming(body);
  const confirmed = once(call.session, 'confirmed');
  call.session.answer();
  const tag = toTag(await peer.response(200));
  peer.ask({ method: 'ACK', toTag: tag, body: body === '' ? sdp('them-answer') : '' });
  await confirmed;
  return { ...call, tag };
}

describe('a line that was removed meanwhile', () => {
  it('takes no call any more, and says so to the caller', async () => {
    const arrived = once(it0.line, 'incoming');
    peer.ask({ method: 'INVITE', body: sdp('them') });
    const offered: IncomingInvite = (await arrived)[0];
    await it0.stack.removeLine(it0.line);
    expect(() => offered.take(fakeMedia('us'))).toThrow('TL3002');
    expect(() => it0.line.invite('602', fakeMedia('us'))).toThrow('TL3002');
    await peer.response(480);
  });
});

describe('an incoming session', () => {
  it('shows the INVITE, and answers with 180 and 200', async () => {
    const { offered, session, media } = await incoming(sdp('them'), [field('X-Genesys-CallUUID', 'ABC123')]);
    expect(offered.offer).toBe(sdp('them'));
    expect(fieldOf(offered.message, 'from')).toContain('"Peer"');
    expect(session.peer).toEqual({ uri: `sip:peer@127.0.0.1:${peer.port}`, user: 'peer', displayName: 'Peer' });
    expect(session.callUuid).toBe('ABC123');
    session.ring();
    const ringing = await peer.response(180);
    expect(toTag(ringing)).toMatch(/^[0-9a-f]{16}$/);
    session.answer();
    const ok = await peer.response(200);
    expect(toTag(ok)).toBe(toTag(ringing));
    expect(ok.body).toBe(sdp('us-answer'));
    expect(fieldOf(ok, 'contact')).toBe(`<sip:alice@127.0.0.1:${it0.stack.port}>`);
    expect(session.state).toBe('early');
    const confirmed = once(session, 'confirmed');
    peer.ask({ method: 'ACK', toTag: toTag(ok) });
    await confirmed;
    expect(media.asked).toEqual(['answer them']);
  });

  it('offers in its 200 where the INVITE has no offer, and takes the answer from the ACK', async () => {
    const { media, offered } = await established('');
    expect(offered.offer).toBeNull();
    expect(media.asked).toEqual(['offer', 'accept them-answer']);
  });

  it('sends 100 Trying when nobody decides within 200 ms, and answers the INVITE again with what it said last', async () => {
    const { invite, session } = await incoming();
    await peer.response(100);
    session.ring();
    await peer.response(180);
    peer.send(writeMessage(invite));
    await peer.response(180);
  });

  it('is cancelled: 200 to the CANCEL, 487 to the INVITE', async () => {
    const { invite, session } = await incoming();
    session.ring();
    const ringing = await peer.response(180);
    const ended = once(session, 'ended');
    peer.ask({ method: 'CANCEL', branch: /branch=([^;]+)/.exec(fieldOf(invite, 'via'))?.[1] ?? '' });
    expect(toTag(await peer.response(200, 'CANCEL'))).toBe(toTag(ringing));
    acknowledge(invite, await peer.response(487));
    expect((await ended)[0]).toMatchObject({ by: 'remote', status: 487 });
  });

  it('tells the owner who takes it after the CANCEL', async () => {
    const arrived = once(it0.line, 'incoming');
    const invite = peer.ask({ method: 'INVITE', body: sdp('them') });
    const offered: IncomingInvite = (await arrived)[0];
    peer.ask({ method: 'CANCEL', branch: /branch=([^;]+)/.exec(fieldOf(invite, 'via'))?.[1] ?? '' });
    acknowledge(invite, await peer.response(487));
    expect(offered.take(fakeMedia('us')).state).toBe('ended');
  });

  it('is refused, and the refusal is repeated until its ACK comes', async () => {
    const { invite, session } = await incoming();
    session.reject(486);
    await peer.response(486);
    acknowledge(invite, await peer.response(486));
    expect(session.state).toBe('ended');
  });

  it('repeats its 200 until the ACK comes, and keeps a BYE back until then', async () => {
    const { session } = await incoming();
    session.answer();
    const first = await peer.response(200);
    session.hangUp();
    const again = await peer.response(200);
    expect(writeMessage(again)).toBe(writeMessage(first));
    expect(peer.received.some((message) => message.method === 'BYE')).toBe(false);
    peer.ask({ method: 'ACK', toTag: toTag(first) });
    await peer.request('BYE');
  });

  it('is hung up where it is rejected after our 200, as soon as the ACK is there', async () => {
    const { session } = await incoming();
    session.answer();
    const ok = await peer.response(200);
    const ended = once(session, 'ended');
    session.reject(603);
    expect((await ended)[0]).toMatchObject({ by: 'local' });
    let confirmed = false;
    session.on('confirmed', () => {
      confirmed = true;
    });
    peer.ask({ method: 'ACK', toTag: toTag(ok) });
    const bye = await peer.request('BYE');
    expect(tagOf(fieldOf(bye, 'from'))).toBe(toTag(ok));
    expect(confirmed).toBe(false);
  });

  it.each(['reject', 'hangUp'] as const)('gets its BYE after %s where no ACK ever comes', async (how) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    try {
      const { session } = await incoming();
      session.answer();
      await peer.response(200);
      session[how](603);
      vi.advanceTimersByTime(TIMEOUT + 1);
      await peer.request('BYE');
    } finally {
      vi.useRealTimers();
    }
  });

  it('gets 422 before anybody is asked where it is to be refreshed too often (RFC 4028 §9)', async () => {
    const asked: IncomingInvite[] = [];
    it0.line.on('incoming', (it) => asked.push(it));
    const extra = [field('supported', 'timer'), field('session-expires', '30')];
    const invite = peer.ask({ method: 'INVITE', body: sdp('them'), extra });
    const refusal = await peer.response(422);
    expect(fieldOf(refusal, 'min-se')).toBe('90');
    acknowledge(invite, refusal);
    expect(asked).toEqual([]);
  });

  it('answers 488 when nothing fits', async () => {
    const { session, media, invite } = await incoming();
    media.refuse = true;
    session.answer();
    acknowledge(invite, await peer.response(488));
    expect(session.state).toBe('ended');
  });

  it('ends with a BYE, whose repetition is answered again', async () => {
    const { session, tag } = await established();
    const ended = once(session, 'ended');
    const bye = peer.ask({
      method: 'BYE',
      cseq: 2,
      toTag: tag,
      extra: [field('Reason', 'SIP;cause=200;text="Call completed elsewhere"')],
    });
    await peer.response(200, 'BYE');
    peer.send(writeMessage(bye));
    await peer.response(200, 'BYE');
    expect((await ended)[0]).toEqual({ by: 'remote', status: 0, reason: 'Call completed elsewhere' });
    peer.ask({ method: 'BYE', cseq: 3, toTag: tag });
    await peer.response(481, 'BYE');
  });

  it('passes NOTIFY on, in early dialogs too, after its 200; refuses other events', async () => {
    const { session } = await incoming();
    session.ring();
    const tag = toTag(await peer.response(180));
    const notified = once(session, 'notify');
    const talk = peer.ask({ method: 'NOTIFY', cseq: 2, toTag: tag, extra: [field('Event', 'talk')] });
    expect(await notified).toEqual(['talk', '', '']);
    await peer.response(200, 'NOTIFY');
    let count = 0;
    session.on('notify', () => count++);
    peer.send(writeMessage(talk));
    await peer.response(200, 'NOTIFY');
    peer.ask({ method: 'NOTIFY', cseq: 3, toTag: tag, extra: [field('Event', 'presence')] });
    await peer.response(489, 'NOTIFY');
    expect(count).toBe(0);
  });
});

describe('a NOTIFY that nobody listens for', () => {
  it('gets 489, so that its server does not believe that somebody acts on it', async () => {
    const { session, tag } = await established();
    peer.ask({ method: 'NOTIFY', cseq: 2, toTag: tag, extra: [field('Event', 'talk')] });
    const refused = await peer.response(489, 'NOTIFY');
    expect(fieldOf(refused, 'allow-events')).toContain('talk');
    expect(session.state).toBe('confirmed');
  });
});

describe('a re-INVITE of the far end', () => {
  it('with an offer is answered', async () => {
    const { session, media, tag } = await established();
    const changed = once(session, 'changed');
    peer.ask({ method: 'INVITE', cseq: 2, toTag: tag, body: sdp('hold') });
    const ok = await peer.response(200);
    expect(ok.body).toBe(sdp('us-answer'));
    expect(fieldOf(ok, 'contact')).toContain('sip:alice@');
    peer.ask({ method: 'ACK', cseq: 2, toTag: tag });
    await changed;
    expect(media.asked).toEqual(['answer them', 'answer hold']);
  });

  it('without an offer gets ours, and its ACK has the answer', async () => {
    const { session, media, tag } = await established();
    const changed = once(session, 'changed');
    peer.ask({ method: 'INVITE', cseq: 2, toTag: tag });
    const ok = await peer.response(200);
    expect(ok.body).toBe(sdp('us-offer'));
    peer.ask({ method: 'ACK', cseq: 2, toTag: tag, body: sdp('moved') });
    await changed;
    expect(media.asked).toEqual(['answer them', 'offer', 'accept moved']);
  });

  it('that does not fit gets 488, and the session stays', async () => {
    const { session, media, tag } = await established();
    media.refuse = true;
    peer.ask({ method: 'INVITE', cseq: 2, toTag: tag, body: sdp('strange') });
    await peer.response(488);
    expect(session.state).toBe('confirmed');
  });
});

describe('a re-INVITE of ours', () => {
  it('carries a new offer, and its answer reaches the media', async () => {
    const { session, media } = await established();
    const outcome = session.renegotiate();
    const invite = await peer.request('INVITE');
    expect(invite.body).toBe(sdp('us-offer'));
    peer.respond(invite, 200, { body: sdp('agreed') });
    await peer.request('ACK');
    expect(await outcome).toMatchObject({ ok: true, status: 200 });
    expect(media.asked).toEqual(['answer them', 'offer', 'accept agreed']);
  });

  it('follows a moved Contact', async () => {
    const { session } = await established();
    const outcome = session.renegotiate();
    const moved = [field('contact', `<sip:moved@127.0.0.1:${peer.port};x=1>`)];
    peer.respond(await peer.request('INVITE'), 200, { body: sdp('agreed'), contact: false, extra: moved });
    expect((await peer.request('ACK')).uri).toBe(`sip:moved@127.0.0.1:${peer.port};x=1`);
    await outcome;
    session.hangUp();
    expect((await peer.request('BYE')).uri).toBe(`sip:moved@127.0.0.1:${peer.port};x=1`);
  });

  it('is tried again after 491, while that of the far end goes through', async () => {
    const { session, tag } = await established();
    const outcome = session.renegotiate();
    const first = await peer.request('INVITE');
    peer.ask({ method: 'INVITE', cseq: 2, toTag: tag, body: sdp('glare') });
    await peer.response(491);
    peer.respond(first, 491, {});
    const second = await peer.request('INVITE');
    peer.respond(second, 200, { body: sdp('agreed') });
    expect((await outcome).ok).toBe(true);
  });

  it('that is refused leaves the session as it was', async () => {
    const { session } = await established();
    const outcome = session.renegotiate();
    peer.respond(await peer.request('INVITE'), 488, {});
    expect(await outcome).toMatchObject({ ok: false, status: 488 });
    expect(session.state).toBe('confirmed');
  });

  it('takes a 200 with a Contact that is none', async () => {
    const { session } = await established();
    const outcome = session.renegotiate();
    const extra = [field('contact', '???')];
    peer.respond(await peer.request('INVITE'), 200, { body: sdp('agreed'), contact: false, extra });
    await peer.request('ACK');
    expect(await outcome).toMatchObject({ ok: true, status: 200 });
  });

  it('that finds no dialog ends the session', async () => {
    const { session } = await established();
    const ended = once(session, 'ended');
    const outcome = session.renegotiate();
    peer.respond(await peer.request('INVITE'), 481, {});
    expect((await ended)[0]).toMatchObject({ by: 'failure', status: 481 });
    expect((await outcome).ok).toBe(false);
  });

  it('is settled when the call ends meanwhile', async () => {
    const { session, tag } = await established();
    const outcome = session.renegotiate();
    await peer.request('INVITE');
    peer.ask({ method: 'BYE', cseq: 2, toTag: tag });
    expect((await outcome).ok).toBe(false);
  });
});
