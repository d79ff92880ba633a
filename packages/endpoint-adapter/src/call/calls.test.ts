import { FailureError } from '@thinline/shared/failures.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { Calls } from './calls.ts';
import { FakeInvite, FakeLine, FakeMedia, type FakeSession, pcmu } from './fakes.ts';

let media: FakeMedia;
let line: FakeLine;
let calls: Calls;

beforeEach(() => {
  media = new FakeMedia();
  line = new FakeLine();
  calls = new Calls({ media, log: silent, codecs: () => [pcmu], rtpPorts: () => ({ min: 9000, max: 9999 }) });
  calls.start();
});

const stateOf = (id: string) => calls.snapshots.find((call) => call.id === id)?.state;

/** The session of a call that was just dialled. */
async function dialled(target = '602'): Promise<{ id: string; session: FakeSession }> {
  const id = await calls.dial(line, target);
  const session = line.sessions.at(-1);
  if (!session) throw new Error('no session');
  return { id, session };
}

async function talking(target = '602') {
  const call = await dialled(target);
  call.session.confirm();
  return call;
}

async function alerting(invite = new FakeInvite()) {
  const before = new Set(calls.snapshots.map((call) => call.id));
  await calls.incoming(line, invite);
  const id = calls.snapshots.find((call) => !before.has(call.id))?.id ?? '';
  if (!invite.session) throw new Error('no session');
  return { id, session: invite.session };
}

/** Settles when the call is in that state. */
function becomes(id: string, state: string): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (stateOf(id) !== state) return;
      calls.off('changed', look);
      resolve();
    };
    calls.on('changed', look);
    look();
  });
}

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
    expect(media.tone).toBe('ringing');
    calls.reject(first.id, 0);
    expect(media.tone).toBe('none');
    const second = await talking();
    await alerting();
    expect(media.tone).toBe('none');
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
    expect(media.tone).toBe('none');
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
    expect(media.tone).toBe('none');
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
