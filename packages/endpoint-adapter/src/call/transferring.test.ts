import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeCall, FakeInvite, FakePhone } from './fakes.ts';

let phone: FakePhone;

beforeEach(() => {
  vi.useFakeTimers();
  phone = new FakePhone();
});
afterEach(() => void vi.useRealTimers());

const ok = { ok: true, status: 200, reason: 'OK' };
const busy = { ok: false, status: 486, reason: 'Busy Here' };
const refused = { ok: false, status: 405, reason: 'Method Not Allowed' };

const settle = () => vi.advanceTimersByTimeAsync(0);
const transferOf = (id: string) => phone.call(id)?.transfer ?? phone.seen.get(id)?.transfer;

/** Asked for, and the REFER is out; the answer of the command comes with the far end's first word. */
async function asked(call: FakeCall, target: string, other: FakeCall | null = null) {
  const command = phone.calls.transfer(call.id, target, other?.id ?? '');
  const result = command.then(
    () => 'done',
    (error: { failure: { code: string } }) => error.failure.code,
  );
  await settle();
  const refer = call.session.transfers[0];
  if (!refer) throw new Error('no REFER');
  return { refer, result };
}

/** Two calls: one is held, the other is talked on. */
async function consulted() {
  const call = await phone.talking('602');
  const other = await phone.talking('603');
  await settle();
  return { call, other };
}

describe('a blind transfer', () => {
  it('holds, refers, and ends the call when the far end doesn’t', async () => {
    const call = await phone.talking();
    const { refer, result } = await asked(call, ' 603 ');
    expect([call.session.directions, call.session.told]).toEqual([['sendonly'], ['transfer 603']]);
    refer.progress(100);
    expect(await result).toBe('done');
    refer.progress(180);
    expect(transferOf(call.id)).toEqual({ target: '603', status: 180, done: false, failure: null });
    refer.settle(ok);
    await settle();
    expect(transferOf(call.id)).toMatchObject({ done: true, failure: null });
    expect(phone.stateOf(call.id)).toBe('HELD');
    await vi.advanceTimersByTimeAsync(1_999);
    expect(call.session.told).toEqual(['transfer 603']);
    await vi.advanceTimersByTimeAsync(1);
    expect(call.session.told).toEqual(['transfer 603', 'hangUp']);
    expect(phone.seen.get(call.id)).toMatchObject({ state: 'RELEASED', failure: null });
  });

  it('says no goodbye to a far end that has', async () => {
    const call = await phone.talking();
    const { refer } = await asked(call, '603');
    refer.settle(ok);
    await settle();
    call.session.end({ by: 'remote', status: 0, reason: '' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(call.session.told).toEqual(['transfer 603']);
  });

  it('from a held call holds it no second time', async () => {
    const call = await phone.talking();
    await phone.calls.hold(call.id);
    await asked(call, '603');
    expect(call.session.directions).toEqual(['sendonly']);
  });

  it('is tried though the far end does not let itself be held', async () => {
    const call = await phone.talking();
    call.session.response = Promise.resolve(busy);
    await asked(call, '603');
    expect(call.session.told).toEqual(['transfer 603']);
  });

  it('that fails brings the call back', async () => {
    const call = await phone.talking();
    const { refer, result } = await asked(call, '603');
    refer.progress(180);
    expect(await result).toBe('done');
    refer.settle(busy);
    await settle();
    expect(transferOf(call.id)).toMatchObject({ status: 180, done: true, failure: { code: 'TL3016' } });
    expect(phone.stateOf(call.id)).toBe('TALKING');
    expect(call.session.directions).toEqual(['sendonly', 'sendrecv']);
    expect(phone.media.connected).toEqual([call.id]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(call.session.told).toEqual(['transfer 603']);
  });

  it('that is refused is a failed command, and brings the call back', async () => {
    const call = await phone.talking();
    const { refer, result } = await asked(call, '603');
    refer.settle(refused);
    expect(await result).toBe('TL3017');
    await settle();
    expect(transferOf(call.id)).toMatchObject({ done: true, failure: { code: 'TL3017' } });
    expect(phone.stateOf(call.id)).toBe('TALKING');
  });

  it('that has failed may be tried again, one that is under way may not', async () => {
    const call = await phone.talking();
    const { refer } = await asked(call, '603');
    await expect(phone.calls.transfer(call.id, '604', '')).rejects.toMatchObject({ failure: { code: 'TL3005' } });
    expect(transferOf(call.id)).toMatchObject({ target: '603' });
    refer.settle(busy);
    await settle();
    const again = phone.calls.transfer(call.id, '604', '');
    await settle();
    call.session.transfers[1]?.progress(100);
    await again;
    call.session.transfers[1]?.settle(ok);
    await settle();
    // It is as good as gone.
    await expect(phone.calls.transfer(call.id, '605', '')).rejects.toMatchObject({ failure: { code: 'TL3005' } });
  });

  it('refused after the far end has hung up changes nothing any more', async () => {
    const call = await phone.talking();
    const { refer, result } = await asked(call, '603');
    call.session.end({ by: 'remote', status: 0, reason: '' });
    const last = phone.seen.get(call.id);
    expect(last).toMatchObject({ state: 'RELEASED', failure: null, transfer: { done: true, failure: null } });
    refer.settle({ ok: false, status: 481, reason: 'Call/Transaction Does Not Exist' });
    expect(await result).toBe('TL3017');
    await settle();
    expect(phone.seen.get(call.id)).toEqual(last);
    expect(call.session.directions).toEqual(['sendonly']);
  });

  it('ends with the call where that ends while it is being held', async () => {
    const call = await phone.talking();
    const answer = Promise.withResolvers<typeof ok>();
    call.session.response = answer.promise;
    const transferred = phone.calls.transfer(call.id, '603', '');
    call.session.end({ by: 'remote', status: 0, reason: '' });
    answer.resolve({ ok: false, status: 481, reason: 'Call/Transaction Does Not Exist' });
    await expect(transferred).rejects.toMatchObject({ failure: { code: 'TL3003' } });
    expect(call.session.told).toEqual([]);
  });

  it('leaves a call held that the agent had left for another one', async () => {
    const { call, other } = await consulted();
    const { refer } = await asked(call, '604');
    refer.progress(100);
    refer.settle(busy);
    await settle();
    expect([phone.stateOf(call.id), phone.stateOf(other.id)]).toEqual(['HELD', 'TALKING']);
    expect(transferOf(call.id)).toMatchObject({ failure: { code: 'TL3016' } });
  });

  it.each([
    ['to nobody', ' ', 'TL3001'],
    ['that a session can’t be told', '603', 'TL3001'],
  ])('%s fails', async (_, target, code) => {
    const call = await phone.talking();
    call.session.transfer = () => {
      throw Object.assign(new Error('malformed'), { failure: { code } });
    };
    await expect(phone.calls.transfer(call.id, target, '')).rejects.toMatchObject({ failure: { code } });
    await settle();
    expect(phone.stateOf(call.id)).toBe('TALKING');
  });

  it('needs a call that is up', async () => {
    const ringing = await phone.dialled();
    await expect(phone.calls.transfer(ringing.id, '603', '')).rejects.toMatchObject({ failure: { code: 'TL3005' } });
    await expect(phone.calls.transfer('nobody', '603', '')).rejects.toMatchObject({ failure: { code: 'TL3003' } });
    expect(ringing.session.told).toEqual([]);
  });
});

describe('an attended transfer', () => {
  it('joins both far ends, and ends both calls', async () => {
    const { call, other } = await consulted();
    const { refer, result } = await asked(call, '', other);
    expect(refer.to).toBe(other.session);
    refer.progress(100);
    expect(await result).toBe('done');
    expect(transferOf(call.id)).toMatchObject({ target: '603', status: 100 });
    expect(phone.stateOf(other.id)).toBe('TALKING');
    refer.settle(ok);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(phone.calls.snapshots).toEqual([]);
    expect([call.session.told.at(-1), other.session.told]).toEqual(['hangUp', ['hangUp']]);
  });

  it('leaves the other call to its far end, where that ends it', async () => {
    const { call, other } = await consulted();
    const { refer } = await asked(call, '', other);
    other.session.end({ by: 'remote', status: 0, reason: '' });
    refer.settle(ok);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(other.session.told).toEqual([]);
    expect(phone.calls.snapshots).toEqual([]);
  });

  it('means the call that is not the other one, where none is named', async () => {
    const { call, other } = await consulted();
    void phone.calls.transfer('', '', other.id);
    await settle();
    expect(call.session.transfers).toHaveLength(1);
  });

  it('with an incoming call works as well', async () => {
    const call = await phone.talking();
    const other = await phone.alerting();
    phone.calls.answer(other.id);
    other.session.confirm();
    await settle();
    const { refer } = await asked(call, '', other);
    expect(refer.to).toBe(other.session);
  });

  it('that fails leaves the agent with whom he talks to, and the call held', async () => {
    const { call, other } = await consulted();
    const { refer } = await asked(call, '', other);
    refer.progress(100);
    refer.settle({ ok: false, status: 603, reason: 'Decline' });
    await settle();
    expect([phone.stateOf(call.id), phone.stateOf(other.id)]).toEqual(['HELD', 'TALKING']);
    expect(transferOf(call.id)).toMatchObject({ failure: { code: 'TL3016' } });
  });

  it('fails where the other call is over before the first is held', async () => {
    const other = await phone.talking('603');
    const call = await phone.talking('602');
    await settle();
    const answer = Promise.withResolvers<typeof ok>();
    call.session.response = answer.promise;
    const transferred = phone.calls.transfer(call.id, '', other.id);
    other.session.end({ by: 'remote', status: 0, reason: '' });
    call.session.response = null;
    answer.resolve(ok);
    await expect(transferred).rejects.toMatchObject({ failure: { code: 'TL3005' } });
    await settle();
    expect(call.session.transfers).toEqual([]);
    expect(phone.stateOf(call.id)).toBe('TALKING');
  });

  it('is not to itself, nor to a call that there isn’t, nor to one that rings here', async () => {
    const call = await phone.talking();
    const alerting = await phone.alerting(new FakeInvite());
    for (const [other, code] of [
      [call.id, 'TL3018'],
      ['nobody', 'TL3003'],
      [alerting.id, 'TL3005'],
    ] as const) {
      await expect(phone.calls.transfer(call.id, '', other)).rejects.toMatchObject({ failure: { code } });
    }
    expect([call.session.offers, transferOf(call.id)]).toEqual([[], null]);
  });
});

describe('a semi-attended transfer', () => {
  it('gives up the call that rings, and refers to its target', async () => {
    const call = await phone.talking();
    const other = await phone.dialled('603');
    await settle();
    other.session.emit('progress', 180, 'Ringing');
    const { refer } = await asked(call, '', other);
    expect(other.session.told).toEqual(['hangUp']);
    expect(refer.to).toBe('603');
    refer.settle(busy);
    await settle();
    expect(phone.calls.snapshots).toMatchObject([{ id: call.id, state: 'TALKING', transfer: { target: '603' } }]);
  });

  it('is an attended one where the other call is answered meanwhile', async () => {
    const call = await phone.talking();
    const answer = Promise.withResolvers<typeof ok>();
    call.session.response = answer.promise;
    const other = await phone.dialled('603');
    void phone.calls.transfer(call.id, '', other.id);
    other.session.confirm();
    answer.resolve(ok);
    await settle();
    expect(call.session.transfers[0]?.to).toBe(other.session);
    expect(other.session.told).toEqual([]);
  });
});
