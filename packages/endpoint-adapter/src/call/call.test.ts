import { beforeEach, describe, expect, it } from 'vitest';
import { Call } from './call.ts';
import { FakeMedia, FakeSession, farSdp, pcmu } from './fakes.ts';
import { plainPolicy } from './media-policy.ts';
import { Negotiation } from './negotiation.ts';

let media: FakeMedia;

beforeEach(() => {
  media = new FakeMedia();
});

async function callOf(direction: 'outgoing' | 'incoming', method = 'Rfc2833') {
  const local = await media.createStream('c1', { address: '192.0.2.1', portMin: 9000 });
  const negotiation = new Negotiation(local, plainPolicy([pcmu]));
  const session = new FakeSession(direction, negotiation);
  const call = new Call({ id: 'c1', lineId: 'line0', session, negotiation, media, dtmfMethod: () => method });
  const states: string[] = [call.snapshot.state];
  call.on('changed', () => {
    if (states.at(-1) !== call.snapshot.state) states.push(call.snapshot.state);
  });
  call.start();
  return { call, session, states };
}

const refused = () => Promise.resolve({ ok: false, status: 488, reason: 'Not Acceptable Here' });

describe('an outgoing call', () => {
  it('dials, rings, talks and ends', async () => {
    const { call, session, states } = await callOf('outgoing');
    expect(call.snapshot).toMatchObject({ state: 'DIALING', direction: 'OUTGOING', remote: { number: '602' } });
    session.earlyMedia(false);
    expect(call.snapshot.earlyMedia).toBe(true);
    session.confirm();
    expect(call.snapshot).toMatchObject({ state: 'TALKING', codec: 'PCMU' });
    expect(call.snapshot.connectedAtMs).toBeGreaterThan(0);
    session.end({ by: 'remote', status: 0, reason: '' });
    expect(states).toEqual(['DIALING', 'RINGING', 'TALKING', 'RELEASED']);
    expect(call.snapshot).toMatchObject({ failure: null });
    expect(call.snapshot.releasedAtMs).toBeGreaterThan(0);
    expect(media.streams.size).toBe(0);
  });

  it('says why it failed', async () => {
    const { call, session } = await callOf('outgoing');
    session.end({ by: 'remote', status: 486, reason: 'Busy Here' });
    expect(call.snapshot).toMatchObject({ state: 'RELEASED', failure: { code: 'TL3006' } });
  });

  it('remembers where it was sent on to, within bounds', async () => {
    const { call, session } = await callOf('outgoing');
    for (let hop = 0; hop < 100; hop += 1) session.emit('redirected', `sip:${hop}@example.org`, 181);
    expect(call.snapshot.redirections).toHaveLength(16);
    expect(call.snapshot.redirections.at(-1)).toEqual({ target: 'sip:99@example.org', status: 181 });
  });

  it('follows the name of the far end', async () => {
    const { call, session } = await callOf('outgoing');
    session.emit('peer', { uri: 'sip:9@example.org', user: '9', displayName: 'Nine' });
    expect(call.snapshot.remote).toEqual({ uri: 'sip:9@example.org', number: '9', displayName: 'Nine' });
  });
});

describe('an incoming call', () => {
  it('is released at once when the caller gave up before it was there', async () => {
    const local = await media.createStream('c1', { address: '192.0.2.1', portMin: 9000 });
    const negotiation = new Negotiation(local, plainPolicy([pcmu]));
    const session = new FakeSession('incoming', negotiation);
    session.state = 'ended';
    const call = new Call({ id: 'c1', lineId: 'line0', session, negotiation, media, dtmfMethod: () => '' });
    call.start();
    expect(call.snapshot).toMatchObject({ state: 'RELEASED', failure: null });
    expect(media.streams.size).toBe(0);
  });

  it.each([
    [0, 'reject 486'],
    [480, 'reject 480'],
    [699, 'reject 699'],
    [200, 'reject 486'],
    [302, 'reject 486'],
    [700, 'reject 486'],
  ])('rejected with %i: %s', async (status, told) => {
    const { call, session } = await callOf('incoming');
    call.reject(status);
    expect(session.told).toEqual([told]);
    expect(call.snapshot).toMatchObject({ state: 'RELEASED', failure: null });
  });

  it('lets nobody hear the agent before it is answered, though the sound has been agreed upon', async () => {
    const { call, session } = await callOf('incoming');
    session.media.answer(farSdp());
    expect(media.streams.get('c1')).toMatchObject({ connected: false });
    call.foreground = false;
    call.foreground = true;
    expect(media.streams.get('c1')).toMatchObject({ connected: false });
    call.answer();
    expect(media.streams.get('c1')).toMatchObject({ connected: true });
  });

  it('that answers by itself lets nobody hear the agent before the ACK, which a forged sender could not send', async () => {
    const { call, session } = await callOf('incoming');
    session.media.answer(farSdp());
    call.answerByItself();
    expect(media.streams.get('c1')).toMatchObject({ connected: false });
    session.confirm();
    expect(media.streams.get('c1')).toMatchObject({ connected: true });
  });

  it('takes no command that needs it to be established', async () => {
    const { call } = await callOf('incoming');
    await expect(call.hold()).rejects.toMatchObject({ failure: { code: 'TL3005' } });
    await expect(call.resume()).rejects.toMatchObject({ failure: { code: 'TL3005' } });
    await expect(call.sendDtmf('1')).rejects.toMatchObject({ failure: { code: 'TL3005' } });
    expect(call.snapshot.state).toBe('ALERTING');
  });
});

describe('hold', () => {
  const talking = async () => {
    const it = await callOf('outgoing');
    it.session.confirm();
    return it;
  };
  const stream = () => media.streams.get('c1');

  it('holds and resumes', async () => {
    const { call, states } = await talking();
    await call.hold();
    expect(stream()).toMatchObject({ direction: 'sendonly', connected: false });
    await call.resume();
    expect(stream()).toMatchObject({ direction: 'sendrecv', connected: true });
    expect(states).toEqual(['DIALING', 'TALKING', 'HELD', 'TALKING']);
  });

  it('lets the agent be heard no more from the moment that it is asked for', async () => {
    const { call, session } = await talking();
    const answer = Promise.withResolvers<{ ok: boolean; status: number; reason: string }>();
    session.response = answer.promise;
    const held = call.hold();
    expect(stream()).toMatchObject({ connected: false });
    expect(call.snapshot.state).toBe('TALKING');
    answer.resolve({ ok: true, status: 200, reason: 'OK' });
    await held;
    expect(call.snapshot.state).toBe('HELD');
  });

  it('asked for twice is one', async () => {
    const { call, session } = await callOf('outgoing');
    session.confirm();
    await Promise.all([call.hold(), call.hold()]);
    expect(session.offers).toHaveLength(1);
    await Promise.all([call.resume(), call.resume()]);
    expect(session.offers).toHaveLength(2);
    expect(call.snapshot.state).toBe('TALKING');
  });

  it('refused: the call goes on as it was', async () => {
    const { call, session } = await talking();
    const before = stream();
    session.response = refused();
    await expect(call.hold()).rejects.toMatchObject({ failure: { code: 'TL3013' } });
    expect(call.snapshot.state).toBe('TALKING');
    expect(stream()).toEqual(before);
    expect(session.reinvite(farSdp())).toContain('a=sendrecv');
  });

  it('refused to resume: it stays held', async () => {
    const { call, session } = await talking();
    await call.hold();
    const before = stream();
    session.response = refused();
    await expect(call.resume()).rejects.toMatchObject({ failure: { code: 'TL3013' } });
    expect(call.snapshot.state).toBe('HELD');
    expect(stream()).toEqual(before);
    expect(session.reinvite(farSdp())).toContain('a=sendonly');
  });

  it('refused, but not wanted any more, is no failure', async () => {
    const { call, session } = await talking();
    const answer = Promise.withResolvers<{ ok: boolean; status: number; reason: string }>();
    session.response = answer.promise;
    const wishes = [call.hold(), call.setHeld(false)];
    answer.resolve({ ok: false, status: 488, reason: 'Not Acceptable Here' });
    await Promise.all(wishes);
    expect(session.offers).toHaveLength(1);
    expect(call.snapshot.state).toBe('TALKING');
    expect(stream()).toMatchObject({ connected: true });
    expect(session.reinvite(farSdp())).toContain('a=sendrecv');
  });

  it('of the far end is shown, and ours goes before it', async () => {
    const { call, session, states } = await talking();
    session.reinvite(farSdp('sendonly'));
    expect(call.snapshot).toMatchObject({ state: 'REMOTE_HELD', heldByRemote: true });
    await call.hold();
    session.reinvite(farSdp('inactive'));
    expect(call.snapshot).toMatchObject({ state: 'HELD', heldByRemote: true });
    session.reinvite(farSdp('recvonly'));
    expect(call.snapshot).toMatchObject({ state: 'HELD', heldByRemote: false });
    await call.resume();
    expect(states).toEqual(['DIALING', 'TALKING', 'REMOTE_HELD', 'HELD', 'TALKING']);
  });

  it('survives the end of the call meanwhile', async () => {
    const { call, session } = await talking();
    const answer = Promise.withResolvers<{ ok: boolean; status: number; reason: string }>();
    session.response = answer.promise;
    const held = call.hold();
    session.end({ by: 'remote', status: 0, reason: '' });
    answer.resolve({ ok: false, status: 481, reason: 'Call/Transaction Does Not Exist' });
    await expect(held).rejects.toMatchObject({ failure: { code: 'TL3013' } });
    expect(call.snapshot.state).toBe('RELEASED');
    expect(media.streams.size).toBe(0);
  });
});

describe('sound', () => {
  it('mutes and unmutes without asking the far end', async () => {
    const { call, session } = await callOf('outgoing');
    call.mute(true);
    session.confirm();
    expect(media.streams.get('c1')).toMatchObject({ muted: true, connected: true });
    call.mute(false);
    expect(media.streams.get('c1')).toMatchObject({ muted: false });
    expect(session.offers).toEqual([]);
  });

  it('sends digits, and shows the last 32 of each direction', async () => {
    const { call, session } = await callOf('outgoing');
    session.confirm();
    await call.sendDtmf('1a');
    await call.sendDtmf('0'.repeat(40));
    for (const digit of '#'.repeat(40)) call.receivedDtmf(digit);
    expect(media.digits[0]).toBe('c1 1A');
    expect(call.snapshot.dtmfSent).toBe('0'.repeat(32));
    expect(call.snapshot.dtmfReceived).toBe('#'.repeat(32));
  });

  it('sends digits into early media too', async () => {
    const { call, session } = await callOf('outgoing');
    await expect(call.sendDtmf('1')).rejects.toMatchObject({
      failure: {
        code: 'TL3005',
        cause: expect.stringMatching(/^The call is dialing; sending digits needs it to be ringing/),
      },
    });
    session.emit('progress', 183, 'Session Progress');
    await call.sendDtmf('1');
    expect(media.digits).toEqual(['c1 1']);
  });

  it.each(['', 'x', '1 2', '1'.repeat(65), '١'])('takes "%s" for no digits', async (digits) => {
    const { call, session } = await callOf('outgoing');
    session.confirm();
    await expect(call.sendDtmf(digits)).rejects.toMatchObject({ failure: { code: 'TL3014' } });
    expect(media.digits).toEqual([]);
    expect(call.snapshot.dtmfSent).toBe('');
  });

  it('that is gone ends the call and says so', async () => {
    const { call, session } = await callOf('outgoing');
    session.confirm();
    call.mediaFailed('the worker ended');
    expect(session.told).toEqual(['hangUp']);
    expect(call.snapshot).toMatchObject({ state: 'RELEASED', failure: { code: 'TL4004' } });
  });
});

describe('digits as INFO', () => {
  const relay = (digit: string, ms = 160) => `application/dtmf-relay Signal=${digit}\r\nDuration=${ms}\r\n`;
  const talking = async () => {
    const it = await callOf('outgoing', 'info');
    it.session.confirm();
    return it;
  };

  it('go one after the other, and those of two commands don’t mix', async () => {
    const { call, session } = await talking();
    await Promise.all([call.sendDtmf('1a'), call.sendDtmf('2', 90)]);
    expect(session.infos).toEqual([relay('1'), relay('A'), relay('2', 90)]);
    expect(media.digits).toEqual([]);
    expect(call.snapshot.dtmfSent).toBe('1A2');
  });

  it('stop with the first that is refused, and the next command starts anew', async () => {
    const { call, session } = await talking();
    session.infoResponse = Promise.resolve({ ok: false, status: 415, reason: 'Unsupported Media Type' });
    await expect(call.sendDtmf('12')).rejects.toMatchObject({ failure: { code: 'TL4005' } });
    session.infoResponse = null;
    await call.sendDtmf('3');
    expect(session.infos).toEqual([relay('1'), relay('3')]);
  });

  it('wait in bounded numbers', async () => {
    const { call, session } = await talking();
    const answer = Promise.withResolvers<{ ok: boolean; status: number; reason: string }>();
    session.infoResponse = answer.promise;
    const waiting = Array.from({ length: 4 }, () => call.sendDtmf('1'.repeat(64)));
    await expect(call.sendDtmf('2')).rejects.toMatchObject({ failure: { code: 'TL4005' } });
    answer.resolve({ ok: true, status: 200, reason: 'OK' });
    await Promise.all(waiting);
    await call.sendDtmf('2');
    expect(session.infos).toHaveLength(257);
  });
});

describe('what the far end says at the end', () => {
  it('is shown', async () => {
    const { call, session } = await callOf('incoming');
    session.end({ by: 'remote', status: 487, reason: 'Call completed elsewhere' });
    expect(call.snapshot).toMatchObject({ endReason: 'Call completed elsewhere', failure: null });
  });

  it('is the last that is heard of the call', async () => {
    const { call, session } = await callOf('outgoing');
    session.confirm();
    session.end({ by: 'remote', status: 0, reason: '' });
    let changes = 0;
    call.on('changed', () => {
      changes += 1;
    });
    session.earlyMedia(false);
    session.emit('changed');
    call.receivedDtmf('1');
    call.transferProgress(180);
    expect(changes).toBe(0);
    expect(call.snapshot).toMatchObject({ state: 'RELEASED', earlyMedia: false, dtmfReceived: '' });
  });
});

it('takes the number of the call from any message that has it', async () => {
  const { call, session } = await callOf('outgoing');
  expect(call.snapshot.callUuid).toBe('');
  session.callUuid = 'U1';
  session.emit('progress', 180, 'Ringing');
  expect(call.snapshot.callUuid).toBe('U1');
});

it('comes up held and muted in the place of a call that was', async () => {
  const local = await media.createStream('c1', { address: '192.0.2.1', portMin: 9000 });
  const negotiation = new Negotiation(local, plainPolicy([pcmu]));
  const session = new FakeSession('incoming', negotiation);
  const place = { held: true, muted: true };
  const call = new Call({ id: 'c1', lineId: 'line0', session, negotiation, media, dtmfMethod: () => '', place });
  call.start();
  session.confirm();
  expect(call.snapshot).toMatchObject({ state: 'HELD', muted: true });
  expect(media.streams.get('c1')).toMatchObject({ direction: 'sendonly', connected: false, muted: true });
});
