import type { CallState } from '@thinline/shared/contract/types.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeInvite, FakeLine, FakePhone, FakeReferral, farSdp, lineConfiguration } from './fakes.ts';

let phone: FakePhone;
let media: FakePhone['media'];
let line: FakePhone['line'];
let calls: FakePhone['calls'];

beforeEach(() => {
  phone = new FakePhone();
  ({ media, line, calls } = phone);
});

const stateOf = (id: string) => phone.stateOf(id);
const dialled = (target?: string) => phone.dialled(target);
const talking = (target?: string) => phone.talking(target);
const alerting = (invite?: FakeInvite) => phone.alerting(invite);
const becomes = (id: string, state: CallState) => phone.becomes(id, state);

const refused = () => Promise.resolve({ ok: false, status: 488, reason: 'Not Acceptable Here' });

describe('one call in the foreground', () => {
  it('dialling holds the call that is talked on', async () => {
    const first = await talking();
    const second = await dialled('601');
    await becomes(first.id, 'HELD');
    second.session.confirm();
    expect(stateOf(second.id)).toBe('TALKING');
    expect(media.connected).toEqual([second.id]);
  });

  it('answering holds the call that is talked on', async () => {
    const first = await talking();
    const second = await alerting();
    calls.answer(second.id);
    second.session.confirm();
    await becomes(first.id, 'HELD');
    expect(second.session.told).toEqual(['ring', 'answer']);
    expect(media.connected).toEqual([second.id]);
  });

  it('resuming holds the other', async () => {
    const first = await talking();
    const second = await talking('601');
    await becomes(first.id, 'HELD');
    await calls.resume(first.id);
    await becomes(second.id, 'HELD');
    expect(stateOf(first.id)).toBe('TALKING');
    expect(media.connected).toEqual([first.id]);
  });

  it('a refused hold leaves two calls, of which the agent is in the newer alone', async () => {
    const first = await talking();
    first.session.response = refused();
    const second = await talking('601');
    await first.session.response;
    expect([stateOf(first.id), stateOf(second.id)]).toEqual(['TALKING', 'TALKING']);
    expect(media.connected).toEqual([second.id]);
    calls.hangUp(second.id);
    expect(media.connected).toEqual([first.id]);
  });

  it('a command that fails holds nobody', async () => {
    const first = await talking();
    line.refusal = new FailureError('malformedTarget', { target: 'a b' });
    await expect(calls.dial(line, 'a b')).rejects.toMatchObject({ failure: { code: 'TL3001' } });
    expect(() => calls.answer(first.id)).toThrow(FailureError);
    await expect(calls.resume(first.id)).rejects.toMatchObject({ failure: { code: 'TL3005' } });
    const second = await alerting();
    await expect(calls.resume(second.id)).rejects.toMatchObject({ failure: { code: 'TL3005' } });
    expect(first.session.offers).toEqual([]);
    expect([...media.streams.keys()]).toEqual([first.id, second.id]);
  });

  it('rings for a call that comes in, and lets it wait unheard while somebody is talked to', async () => {
    const first = await alerting();
    expect(phone.tone).toBe('ringing');
    calls.reject(first.id, 0);
    expect(phone.tone).toBe('none');
    const second = await talking();
    await alerting();
    expect(phone.tone).toBe('none');
    expect(media.connected).toEqual([second.id]);
  });
});

describe('which call a command without an id means', () => {
  it('is the only one that it fits', async () => {
    const held = await talking();
    const talked = await talking('601');
    await becomes(held.id, 'HELD');
    await calls.resume('');
    expect(stateOf(held.id)).toBe('TALKING');
    await becomes(talked.id, 'HELD');
    calls.mute('', true);
    expect(calls.snapshots.find((call) => call.id === held.id)?.muted).toBe(true);
  });

  it('is the one that is talked on, where several fit', async () => {
    const held = await talking();
    const talked = await talking('601');
    await becomes(held.id, 'HELD');
    calls.hangUp('');
    expect(stateOf(talked.id)).toBeUndefined();
    expect(stateOf(held.id)).toBe('HELD');
  });

  it('is a failure where several fit alike, and nothing happens', async () => {
    const first = await alerting();
    const second = await alerting();
    expect(() => calls.answer('')).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'TL3004' }) }),
    );
    expect([...first.session.told, ...second.session.told]).toEqual(['ring', 'ring']);
  });

  it('is a failure that names the state, where the only call does not fit', async () => {
    await talking();
    expect(() => calls.answer('')).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'TL3005' }) }),
    );
  });

  it.each(['', 'nobody'])('is a failure where there is none ("%s")', async (id) => {
    expect(() => calls.hangUp(id)).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'TL3003' }) }),
    );
    await expect(calls.hold(id)).rejects.toMatchObject({ failure: { code: 'TL3003' } });
  });
});

describe('incoming calls', () => {
  it('a CANCEL while the ports are being opened ends the call before it rings', async () => {
    const invite = new FakeInvite();
    const ports = Promise.withResolvers<void>();
    media.opened = ports.promise;
    const taken = calls.incoming(line, invite);
    invite.cancelled = true;
    ports.resolve();
    await taken;
    expect(invite.session?.told).toEqual([]);
    expect(calls.snapshots).toEqual([]);
    expect(media.streams.size).toBe(0);
    expect(phone.tone).toBe('none');
  });

  it('are refused without free ports', async () => {
    media.opened = Promise.reject(new FailureError('noRtpPort', { min: 9000, max: 9999 }));
    const invite = new FakeInvite();
    await calls.incoming(line, invite);
    expect(invite.refused).toBe(500);
    expect(calls.snapshots).toEqual([]);
  });

  it('leave no stream behind when the invite cannot be taken', async () => {
    const invite = new FakeInvite();
    invite.take = () => {
      throw new Error('gone');
    };
    await calls.incoming(line, invite);
    expect(media.streams.size).toBe(0);
  });

  it('do not stay where the phone could not ring', async () => {
    const invite = new FakeInvite();
    const take = invite.take.bind(invite);
    invite.take = (negotiation) => {
      const session = take(negotiation);
      session.ring = () => {
        throw new Error('Contact not instance of NameAddrHeader.');
      };
      return session;
    };
    await calls.incoming(line, invite);
    expect(invite.session?.told).toEqual(['reject 500']);
    expect(calls.snapshots).toEqual([]);
    expect(phone.tone).toBe('none');
  });

  it('are twelve at the most, those counted whose ports are still being opened', async () => {
    const ports = Promise.withResolvers<void>();
    media.opened = ports.promise;
    const invites = Array.from({ length: 14 }, () => new FakeInvite());
    const taken = invites.map((invite) => calls.incoming(line, invite));
    ports.resolve();
    await Promise.all(taken);
    expect(calls.snapshots).toHaveLength(12);
    expect(invites.map((invite) => invite.refused).filter((status) => status === 486)).toHaveLength(2);
    calls.hangUp(calls.snapshots[0]?.id ?? '');
    await calls.incoming(line, new FakeInvite());
    expect(calls.snapshots).toHaveLength(12);
  });
});

describe('events and ends', () => {
  it('tells the whole life of a call, RELEASED last', async () => {
    const states: string[] = [];
    calls.on('changed', (call) => states.push(call.state));
    const { id, session } = await talking();
    session.end({ by: 'remote', status: 0, reason: '' });
    expect([...new Set(states)]).toEqual(['DIALING', 'TALKING', 'RELEASED']);
    expect(states.filter((state) => state === 'RELEASED')).toHaveLength(1);
    expect(stateOf(id)).toBeUndefined();
  });

  it('tells of each change once', async () => {
    const told: string[] = [];
    calls.on('changed', (call) => told.push(`${call.state} ${call.codec}`));
    const { id, session } = await alerting();
    calls.answer(id);
    session.confirm();
    session.reinvite(farSdp());
    session.end({ by: 'remote', status: 0, reason: '' });
    expect(told).toEqual(['ALERTING ', 'ALERTING PCMU', 'TALKING PCMU', 'RELEASED PCMU']);
  });

  it('a caller hears that it rings before anybody here is told', async () => {
    const invite = new FakeInvite();
    const told: string[][] = [];
    calls.on('changed', () => told.push([...(invite.session?.told ?? [])]));
    await calls.incoming(line, invite);
    expect(told).toEqual([['ring']]);
  });

  it('the media worker is told of what offers and answers change, and of nothing twice', async () => {
    const told = vi.spyOn(media, 'updateStream');
    const { id, session } = await alerting();
    calls.answer(id);
    session.confirm();
    expect(told).toHaveBeenCalledTimes(1);
    session.reinvite(farSdp());
    expect(told).toHaveBeenCalledTimes(1);
    session.reinvite(farSdp('sendonly'));
    expect(told).toHaveBeenCalledTimes(2);
    calls.mute(id, true);
    calls.mute(id, true);
    expect(told).toHaveBeenCalledTimes(3);
  });

  it('gives digits to the call that they came on', async () => {
    const { id } = await talking();
    media.emit('dtmf', id, '5');
    media.emit('dtmf', 'nobody', '6');
    expect(calls.snapshots[0]?.dtmfReceived).toBe('5');
  });

  it('a lost media worker ends every call', async () => {
    const failures: (string | undefined)[] = [];
    calls.on('changed', (call) => {
      if (call.state === 'RELEASED') failures.push(call.failure?.code);
    });
    await talking();
    await alerting();
    media.emit('failed', 'the worker ended');
    expect(failures).toEqual(['TL4004', 'TL4004']);
    expect(calls.snapshots).toEqual([]);
  });

  it('ends all calls', async () => {
    await talking();
    await alerting();
    await calls.endAll(2000);
    expect(calls.snapshots).toEqual([]);
    expect(media.streams.size).toBe(0);
  });
});

describe('an INVITE before anybody is asked', () => {
  it('is refused, redirected or taken as the policy says', async () => {
    phone.policy.rejectWhenBusy = true;
    await talking();
    const busy = new FakeInvite();
    await calls.incoming(line, busy);
    expect(busy.refused).toBe(486);
    phone.features.setForwarding(line, { kind: 'BUSY', on: true, target: '750', seconds: 0 });
    const forwarded = new FakeInvite();
    await calls.incoming(line, forwarded);
    expect(forwarded.redirected).toBe('sip:750@example.org');
    expect(media.streams.size).toBe(1);
  });

  it('is known again while the ports of the first are still being opened', async () => {
    const ports = Promise.withResolvers<void>();
    media.opened = ports.promise;
    const first = new FakeInvite({ callId: 'same@example.org' });
    const second = new FakeInvite({ callId: 'same@example.org' });
    const taken = [calls.incoming(line, first), calls.incoming(line, second)];
    ports.resolve();
    await Promise.all(taken);
    expect([first.refused, second.refused]).toEqual([null, 482]);
  });

  it('of the peer server is refused, one of the same server is another leg', async () => {
    const peer = new FakeLine(lineConfiguration({ id: 'line1', server: 'other.example.org' }));
    const headers = { 'x-genesys-calluuid': 'U1' };
    await alerting(new FakeInvite({ headers }));
    const repeated = new FakeInvite({ headers });
    await calls.incoming(peer, repeated);
    const consultation = new FakeInvite({ headers });
    await calls.incoming(line, consultation);
    expect([repeated.refused, consultation.refused]).toEqual([486, null]);
  });

  it('is refused, and nothing worse, where it makes us stumble', async () => {
    const invite = new FakeInvite();
    vi.spyOn(invite, 'take').mockImplementation(() => {
      throw new Error('stumbled');
    });
    await calls.incoming(line, invite);
    expect(invite.refused).toBe(500);
    await alerting();
  });

  it('shows what it says', async () => {
    const { id, session } = await alerting(
      new FakeInvite({
        headers: {
          'x-genesys-calluuid': 'U1',
          'alert-info': '<urn:alert:source:external>',
          'referred-by': '<sip:700@example.org>',
          diversion: '<sip:750@example.org>;reason=user-busy',
          'call-info': '<sip:example.org>;appearance-index=3',
        },
      }),
    );
    expect(phone.call(id)).toMatchObject({
      callUuid: 'U1',
      ring: 'urn:alert:source:external',
      silent: false,
      referredBy: { number: '700' },
      diversions: [{ party: { number: '750' }, reason: 'user-busy' }],
      appearance: 3,
    });
    session.callUuid = 'U2';
    session.confirm();
    expect(phone.call(id)).toMatchObject({ callUuid: 'U2' });
  });
});

describe('while nobody answers', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const autoAnswered = (delay: number, more: object = {}) =>
    new FakeInvite({ headers: { 'alert-info': `info=alert-autoanswer;delay=${delay}` }, ...more });

  it('the call answers by itself when its server says so', async () => {
    const { id, session } = await alerting(autoAnswered(2));
    expect(phone.call(id)?.autoAnswerAtMs).toBe(Date.now() + 2_000);
    expect(phone.tone).toBe('ringing');
    await vi.advanceTimersByTimeAsync(1_999);
    expect(session.told).toEqual(['ring']);
    await vi.advanceTimersByTimeAsync(1);
    expect(session.told).toEqual(['ring', 'answer']);
    expect(phone.call(id)?.autoAnswerAtMs).toBe(0);
    expect(phone.tone).toBe('none');
  });

  it('it is not heard to ring where it answers at once', async () => {
    const tones: unknown[] = [];
    vi.spyOn(media, 'play').mockImplementation((tone) => void tones.push(tone));
    const { session } = await alerting(autoAnswered(0));
    await vi.advanceTimersByTimeAsync(0);
    expect(session.told).toEqual(['ring', 'answer']);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(tones).toEqual([]);
  });

  it('the 200 says that it has answered by itself, where that was asked for so (RFC 5373)', async () => {
    const { session } = await alerting(new FakeInvite({ headers: { 'answer-mode': 'Auto' } }));
    await vi.advanceTimersByTimeAsync(0);
    expect(session.told).toEqual(['ring', 'answer answer-mode: Auto']);
    const byHand = await alerting(new FakeInvite({ headers: { 'answer-mode': 'Manual' } }));
    calls.answer(byHand.id);
    expect(byHand.session.told).toEqual(['ring', 'answer']);
  });

  it('our own policy answers after its delay', async () => {
    phone.policy.autoAnswer = true;
    const { session } = await alerting(new FakeInvite({ fromServer: true }));
    await vi.advanceTimersByTimeAsync(1_500);
    expect(session.told).toEqual(['ring', 'answer']);
  });

  it('a CANCEL in the last moment wins', async () => {
    const { id, session } = await alerting(autoAnswered(2));
    await vi.advanceTimersByTimeAsync(1_999);
    session.end({ by: 'remote', status: 487, reason: 'Call completed elsewhere' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(session.told).toEqual(['ring']);
    expect(phone.seen.get(id)).toMatchObject({
      state: 'RELEASED',
      autoAnswerAtMs: 0,
      endReason: 'Call completed elsewhere',
      failure: null,
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('an answer by hand comes first, and only once', async () => {
    const { id, session } = await alerting(autoAnswered(2));
    calls.answer(id);
    calls.answer(id);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(session.told).toEqual(['ring', 'answer']);
  });

  it('a call that the agent is busy with leaves the others to be answered by hand', async () => {
    const waiting = await alerting(autoAnswered(2));
    const { session } = await dialled();
    expect(phone.call(waiting.id)?.autoAnswerAtMs).toBe(0);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(waiting.session.told).toEqual(['ring']);
    session.confirm();
    const later = await alerting(autoAnswered(0));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(later.session.told).toEqual(['ring']);
  });

  it('of two that would answer by themselves, one does', async () => {
    const first = await alerting(autoAnswered(2));
    const second = await alerting(autoAnswered(2));
    await vi.advanceTimersByTimeAsync(10_000);
    expect([first.session.told, second.session.told]).toEqual([['ring', 'answer'], ['ring']]);
  });

  it('do not disturb leaves those of that line to be answered by hand', async () => {
    const { id, session } = await alerting(autoAnswered(2));
    calls.leaveToPeople('line1');
    expect(phone.call(id)?.autoAnswerAtMs).toBeGreaterThan(0);
    calls.leaveToPeople('line0');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(session.told).toEqual(['ring']);
    expect(phone.call(id)?.autoAnswerAtMs).toBe(0);
  });

  it('it is forwarded after its seconds', async () => {
    phone.features.setForwarding(line, { kind: 'NO_ANSWER', on: true, target: '750', seconds: 20 });
    phone.policy.ringingTimeoutS = 30;
    const { id, session } = await alerting();
    await vi.advanceTimersByTimeAsync(19_999);
    expect(phone.stateOf(id)).toBe('ALERTING');
    await vi.advanceTimersByTimeAsync(1);
    expect(session.told).toEqual(['ring', 'redirect sip:750@example.org']);
    expect(phone.stateOf(id)).toBeUndefined();
  });

  it('it is heard no more after the ringing timeout, and can still be answered', async () => {
    phone.policy.ringingTimeoutS = 30;
    const { id, session } = await alerting();
    await vi.advanceTimersByTimeAsync(29_999);
    expect(phone.tone).toBe('ringing');
    await vi.advanceTimersByTimeAsync(1);
    expect(phone.tone).toBe('none');
    await vi.advanceTimersByTimeAsync(60_000);
    calls.answer(id);
    expect(session.told).toEqual(['ring', 'answer']);
  });

  it('nor is it beside a call that is talked on', async () => {
    phone.policy.ringingTimeoutS = 30;
    phone.alertingSettings.callWaitingTone = true;
    await talking();
    await alerting();
    expect(phone.alerts).toMatchObject([{ tone: 'callWaiting', role: 'headset' }]);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(phone.alerts).toEqual([]);
  });

  it('no clock touches a call that was answered', async () => {
    phone.policy.ringingTimeoutS = 30;
    phone.features.setForwarding(line, { kind: 'NO_ANSWER', on: true, target: '750', seconds: 20 });
    const { id, session } = await alerting();
    calls.answer(id);
    await vi.advanceTimersByTimeAsync(60_000);
    session.confirm();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(session.told).toEqual(['ring', 'answer']);
    expect(phone.stateOf(id)).toBe('TALKING');
  });

  it('an INVITE without offer is heard to ring only after a while', async () => {
    await alerting(new FakeInvite({ offer: null }));
    await vi.advanceTimersByTimeAsync(99);
    expect(phone.tone).toBe('none');
    await vi.advanceTimersByTimeAsync(1);
    expect(phone.tone).toBe('ringing');
  });

  it('a call that the server makes for our agent never rings, and forwarding is not for it', async () => {
    phone.features.setForwarding(line, { kind: 'NO_ANSWER', on: true, target: '750', seconds: 20 });
    phone.features.setDoNotDisturb(line, true);
    const headers = { 'alert-info': '<file://null>;service=3pcc' };
    const { id, session } = await alerting(new FakeInvite({ offer: null, headers }));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(phone.tone).toBe('none');
    expect(session.told).toEqual(['ring']);
    expect(phone.call(id)).toMatchObject({ state: 'ALERTING', silent: true });
  });

  it('it stops ringing with the answer, however long the ACK takes', async () => {
    const { id, session } = await alerting(new FakeInvite({ offer: null }));
    await vi.advanceTimersByTimeAsync(200);
    expect(phone.tone).toBe('ringing');
    session.emit('notify', 'talk', '', '');
    expect(phone.tone).toBe('none');
    await vi.advanceTimersByTimeAsync(25_000);
    session.confirm();
    expect(phone.stateOf(id)).toBe('TALKING');
  });
});

describe('what the server asks for inside a call', () => {
  it('talk answers, once', async () => {
    const { session } = await alerting(new FakeInvite({ offer: null }));
    session.emit('notify', 'talk', '', '');
    session.emit('notify', 'talk', '', '');
    expect(session.told).toEqual(['ring', 'answer']);
  });

  it('talk answers a second call, and holds the first', async () => {
    const first = await talking();
    const second = await alerting();
    second.session.emit('notify', 'talk', '', '');
    second.session.confirm();
    await becomes(first.id, 'HELD');
    expect(media.connected).toEqual([second.id]);
  });

  it('hold holds and talk resumes', async () => {
    const { id, session } = await talking();
    session.emit('notify', 'talk', '', '');
    session.emit('notify', 'hold', '', '');
    await becomes(id, 'HELD');
    session.emit('notify', 'hold', '', '');
    session.emit('notify', 'talk', '', '');
    await becomes(id, 'TALKING');
    expect(session.directions).toEqual(['sendonly', 'sendrecv']);
  });

  it.each([
    [['hold', 'talk', 'hold'], 'HELD'],
    [['hold', 'talk'], 'TALKING'],
    [['hold', 'talk', 'hold', 'talk', 'hold', 'talk', 'hold'], 'HELD'],
  ] as const)('%s in a row end as %s, while the far end takes its time', async (events, state) => {
    const { id, session } = await talking();
    const answer = Promise.withResolvers<{ ok: boolean; status: number; reason: string }>();
    session.response = answer.promise;
    for (const event of events) session.emit('notify', event, '', '');
    expect(session.directions).toEqual(['sendonly']);
    answer.resolve({ ok: true, status: 200, reason: 'OK' });
    await becomes(id, 'HELD');
    await becomes(id, state);
    await vi.waitFor(() => expect(session.directions.at(-1)).toBe(state === 'HELD' ? 'sendonly' : 'sendrecv'));
    expect(media.streams.get(id)).toMatchObject({ connected: state === 'TALKING' });
  });

  it('dtmf sends digits, of which the body may hold several', async () => {
    const { id, session } = await talking();
    session.emit('notify', 'dtmf', 'application/dtmf-relay', 'Signal=12#\r\nDuration=100\r\n');
    session.emit('notify', 'dtmf', '', 'nonsense');
    expect(media.digits).toEqual([`${id} 12#`]);
    expect(phone.call(id)?.dtmfSent).toBe('12#');
  });

  it('dtmf goes by INFO where that is the method', async () => {
    phone.policy.dtmfMethod = 'Info';
    const { session } = await talking();
    session.emit('notify', 'dtmf', 'application/dtmf-relay', 'Signal=12\r\nDuration=100\r\n');
    await vi.waitFor(() => expect(session.infos).toHaveLength(2));
    expect(session.infos).toEqual([
      'application/dtmf-relay Signal=1\r\nDuration=100\r\n',
      'application/dtmf-relay Signal=2\r\nDuration=100\r\n',
    ]);
    expect(media.digits).toEqual([]);
    expect(media.feedback).toBe('12');
  });

  it('beep beeps, whatever tone there is', async () => {
    const { session } = await dialled();
    session.emit('progress', 180, 'Ringing');
    session.emit('notify', 'beep', '', '');
    expect([media.beeps, phone.tone]).toEqual([1, 'ringback']);
  });

  it('is refused by the far end: the log says so, and the call goes on', async () => {
    const { id, session } = await talking();
    session.response = refused();
    session.emit('notify', 'hold', '', '');
    await session.response;
    await vi.waitFor(() => expect(media.connected).toEqual([id]));
    expect(phone.stateOf(id)).toBe('TALKING');
    session.response = null;
    session.emit('notify', 'hold', '', '');
    await becomes(id, 'HELD');
  });
});

it('shows digits that come as INFO', async () => {
  const { id, session } = await talking();
  session.emit('info', 'application/dtmf-relay', 'Signal=5\r\nDuration=160\r\n');
  session.emit('info', 'application/dtmf', '6');
  session.emit('info', 'application/dtmf-relay', 'Signal=nothing');
  expect(phone.call(id)?.dtmfReceived).toBe('56');
});

describe('a call that takes the place of another (RFC 3891)', () => {
  const replacing = (session: FakeInvite['replaces']) => new FakeInvite({ replaces: session });

  it('is answered without a ring, and the other ends once it is up', async () => {
    const tones: unknown[] = [];
    vi.spyOn(media, 'play').mockImplementation((tone) => void tones.push(tone));
    const old = await talking();
    calls.mute(old.id, true);
    const it = await alerting(replacing(old.session));
    expect(it.session.told).toEqual(['answer']);
    expect(old.session.told).toEqual([]);
    it.session.confirm();
    expect(old.session.told).toEqual(['hangUp']);
    expect(old.session.offers).toEqual([]);
    expect(calls.snapshots).toMatchObject([{ id: it.id, state: 'TALKING', muted: true }]);
    expect(media.connected).toEqual([it.id]);
    expect(phone.seen.get(old.id)).toMatchObject({ state: 'RELEASED', failure: null });
    expect(tones).toEqual([]);
  });

  it('is exempt from all that refuses or forwards calls', async () => {
    phone.policy.rejectWhenBusy = true;
    phone.features.setDoNotDisturb(line, true);
    phone.features.setForwarding(line, { kind: 'ALWAYS', on: true, target: '750', seconds: 0 });
    const old = await talking();
    const it = await alerting(replacing(old.session));
    expect(it.session.told).toEqual(['answer']);
  });

  it('is held where the other was, and holds nobody', async () => {
    const old = await talking();
    const other = await talking('603');
    await becomes(old.id, 'HELD');
    const it = await alerting(replacing(old.session));
    const states: (string | undefined)[] = [];
    calls.on('changed', (call) => call.id === it.id && states.push(call.state));
    expect(it.session.media.answer(farSdp())).toContain('a=sendonly');
    it.session.confirm();
    expect(phone.stateOf(it.id)).toBe('HELD');
    expect(states).not.toContain('TALKING');
    expect(phone.stateOf(other.id)).toBe('TALKING');
    expect(media.connected).toEqual([other.id]);
    await calls.resume(it.id);
    expect(it.session.directions).toEqual(['sendrecv']);
  });

  it('takes the place of one that still rings too', async () => {
    const old = await dialled();
    old.session.emit('progress', 180, 'Ringing');
    const tones = vi.spyOn(media, 'play');
    const it = await alerting(replacing(old.session));
    expect(tones).not.toHaveBeenCalled();
    it.session.confirm();
    expect(old.session.told).toEqual(['hangUp']);
    expect(phone.stateOf(it.id)).toBe('TALKING');
  });

  it('stays where the other ends by itself first', async () => {
    const old = await talking();
    const ports = Promise.withResolvers<void>();
    media.opened = ports.promise;
    const invite = replacing(old.session);
    const taken = calls.incoming(line, invite);
    old.session.end({ by: 'remote', status: 0, reason: '' });
    ports.resolve();
    await taken;
    expect(invite.session?.told).toEqual(['answer']);
    invite.session?.confirm();
    expect(calls.snapshots).toMatchObject([{ state: 'TALKING' }]);
    expect(old.session.told).toEqual([]);
  });

  it('leaves the other alone where it comes to nothing, and a next one may try', async () => {
    const old = await talking();
    const it = await alerting(replacing(old.session));
    const second = replacing(old.session);
    await calls.incoming(line, second);
    expect(second.refused).toBe(603);
    it.session.end({ by: 'failure', status: 488, reason: 'Not Acceptable Here' });
    expect(phone.stateOf(old.id)).toBe('TALKING');
    expect(old.session.told).toEqual([]);
    const third = await alerting(replacing(old.session));
    third.session.confirm();
    expect(old.session.told).toEqual(['hangUp']);
  });

  it('may be cancelled, or fail, before it is there', async () => {
    const old = await talking();
    const cancelled = replacing(old.session);
    cancelled.cancelled = true;
    await calls.incoming(line, cancelled);
    const failing = replacing(old.session);
    failing.take = () => {
      throw new Error('gone');
    };
    await calls.incoming(line, failing);
    expect(failing.refused).toBe(500);
    const third = await alerting(replacing(old.session));
    expect(third.session.told).toEqual(['answer']);
  });

  it('is refused where that call is none of ours', async () => {
    const old = await talking();
    calls.hangUp(old.id);
    const invite = replacing(old.session);
    await calls.incoming(line, invite);
    expect(invite.refused).toBe(481);
  });
});

describe('a far end that sends us to somebody else (RFC 3515)', () => {
  const referral = () => new FakeReferral('sip:603@example.org', { referredBy: '"Bob" <sip:602@example.org>' });

  it('has us call there, and ends its own call by itself', async () => {
    const old = await talking();
    const asked = new FakeReferral('sip:603@example.org', {
      replaces: 'a;to-tag=b;from-tag=c',
      referredBy: '<sip:1@a>',
    });
    old.session.emit('refer', asked);
    await vi.waitFor(() => expect(asked.made).toBe(line.sessions[1]));
    expect(line.options[1]).toEqual({ replaces: 'a;to-tag=b;from-tag=c', referredBy: '<sip:1@a>', referred: true });
    expect(calls.snapshots).toMatchObject([
      { id: old.id, state: 'TALKING' },
      { state: 'DIALING', remote: { number: 'sip:603@example.org' }, referredBy: { uri: 'sip:1@a' } },
    ]);
    expect([old.session.told, old.session.offers]).toEqual([[], []]);
    line.sessions[1]?.confirm();
    expect(media.connected).toEqual([calls.snapshots[1]?.id]);
    old.session.end({ by: 'remote', status: 0, reason: '' });
    expect(calls.snapshots).toMatchObject([{ state: 'TALKING' }]);
  });

  it('does not keep us from hearing what comes from there before the answer', async () => {
    const old = await talking();
    old.session.emit('refer', referral());
    await vi.waitFor(() => expect(line.sessions).toHaveLength(2));
    const [, made] = line.sessions;
    made?.earlyMedia(false);
    expect(media.connected).toHaveLength(2);
    made?.end({ by: 'remote', status: 486, reason: 'Busy Here' });
    expect(media.connected).toEqual([old.id]);
  });

  it('is followed once at a time', async () => {
    const old = await talking();
    const [first, second, third] = [referral(), referral(), referral()];
    old.session.emit('refer', first);
    old.session.emit('refer', second);
    await vi.waitFor(() => expect(first.made).not.toBeNull());
    expect([second.made, second.refused]).toEqual([null, 603]);
    line.sessions[1]?.end({ by: 'remote', status: 486, reason: 'Busy Here' });
    old.session.emit('refer', third);
    await vi.waitFor(() => expect(third.made).not.toBeNull());
  });

  it('is refused where the target can’t be called, or where there are calls enough', async () => {
    const old = await talking();
    line.refusal = new FailureError('malformedTarget', { target: 'x' });
    const malformed = referral();
    old.session.emit('refer', malformed);
    await vi.waitFor(() => expect(malformed.refused).toBe(603));
    expect([...media.streams.keys()]).toEqual([old.id]);
    line.refusal = null;
    for (let i = 0; i < 11; i += 1) await alerting();
    const tooMany = referral();
    old.session.emit('refer', tooMany);
    expect(tooMany.refused).toBe(603);
  });

  it('outside a call is followed too, and holds who is talked to', async () => {
    const old = await talking();
    const asked = referral();
    await calls.refer(line, asked);
    expect(asked.made).toBe(line.sessions[1]);
    await becomes(old.id, 'HELD');
  });
});
