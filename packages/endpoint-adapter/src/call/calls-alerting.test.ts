import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeInvite, FakePhone } from './fakes.ts';

let phone: FakePhone;

beforeEach(() => {
  vi.useFakeTimers();
  phone = new FakePhone();
  Object.assign(phone.alertingSettings, { callWaitingTone: true, ringbackMode: 2, beeps: true });
});
afterEach(() => void vi.useRealTimers());

const autoAnswered = (delay: number) =>
  new FakeInvite({ headers: { 'alert-info': `info=alert-autoanswer;delay=${delay}` } });
/** "role tone", with "once" where it is. */
const heard = (): string[] => phone.alerts.map(({ role, tone, loop }) => `${role} ${tone}${loop ? '' : ' once'}`);

describe('a call that comes in', () => {
  it.each<[string, (call: { id: string; session: FakeInvite['session'] }) => void]>([
    ['an answer', ({ id }) => phone.calls.answer(id)],
    ['a CANCEL', ({ session }) => session?.end({ by: 'remote', status: 487, reason: 'Request Terminated' })],
    ['a rejection', ({ id }) => phone.calls.reject(id, 486)],
  ])('rings until %s', async (_, stop) => {
    phone.alertingSettings.ringingMode = 5;
    const call = await phone.alerting();
    expect(heard()).toEqual(['system ringing', 'ringer ringing']);
    stop(call);
    expect(heard()).toEqual([]);
  });

  it('rings as the server of the line asks, and nobody else', async () => {
    const headers = { 'alert-info': '<urn:alert:source:internal>' };
    const { id } = await phone.alerting(new FakeInvite({ headers }));
    expect(heard()).toEqual(['system ringing2']);
    phone.calls.reject(id, 486);
    await phone.alerting(new FakeInvite({ headers, fromServer: false }));
    expect(heard()).toEqual(['system ringing']);
  });

  it('waits in the ear of who talks, and rings where that call is held', async () => {
    const talked = await phone.talking();
    await phone.alerting();
    expect(heard()).toEqual(['headset callWaiting']);
    await phone.calls.hold(talked.id);
    expect(heard()).toEqual(['system ringing']);
    phone.alertingSettings.ringWhileHeld = false;
    await phone.calls.resume(talked.id);
    await phone.calls.hold(talked.id);
    expect(heard()).toEqual(['headset callWaiting']);
  });

  it('rings once to the end, whoever answers, and stops where the call does', async () => {
    phone.alertingSettings.ringingMode = 6;
    phone.policy.ringingTimeoutS = 1;
    const { id, session } = await phone.alerting();
    const [before] = phone.alerts;
    await vi.advanceTimersByTimeAsync(5_000);
    phone.calls.answer(id);
    session.confirm();
    expect(heard()).toEqual(['headset ringing once']);
    expect(phone.alerts).toEqual([before]);
    session.end({ by: 'remote', status: 0, reason: '' });
    expect(heard()).toEqual([]);
  });

  it('rings once where it answers at once by itself', async () => {
    phone.alertingSettings.ringingMode = 7;
    const { session } = await phone.alerting(autoAnswered(0));
    await vi.advanceTimersByTimeAsync(0);
    session.confirm();
    expect(heard()).toEqual(['system ringing once', 'headset ringing once']);
  });

  it('does not begin to ring once it is talked on', async () => {
    const { id, session } = await phone.alerting();
    phone.calls.answer(id);
    session.confirm();
    phone.alertingSettings.ringingMode = 6;
    phone.calls.mute(id, true);
    expect(heard()).toEqual([]);
  });
});

describe('a call whose far end rings', () => {
  /** Whether the tone is heard, and whether the far end is. */
  const hears = (): [boolean, boolean] => [heard().includes('headset ringback'), phone.media.connected.length > 0];

  it.each<[mode: number, none: [boolean, boolean], unreliable: [boolean, boolean], reliable: [boolean, boolean]]>([
    [0, [false, false], [false, false], [false, false]],
    [1, [false, false], [false, false], [false, true]],
    [2, [true, false], [true, false], [true, false]],
    [3, [true, false], [true, false], [false, true]],
    [4, [false, false], [false, true], [false, true]],
    [6, [true, false], [false, true], [false, true]],
  ])('ringback_enabled %i', async (mode, none, unreliable, reliable) => {
    phone.alertingSettings.ringbackMode = mode;
    const { session } = await phone.dialled();
    expect(hears()).toEqual([false, false]);
    session.emit('progress', 180, 'Ringing');
    expect(hears()).toEqual(none);
    session.earlyMedia(false);
    expect(hears()).toEqual(unreliable);
    session.earlyMedia(true);
    expect(hears()).toEqual(reliable);
    // What was there reliably stays so.
    session.earlyMedia(false);
    expect(hears()).toEqual(reliable);
    session.confirm();
    expect(hears()).toEqual([false, true]);
  });
});

describe('a beep', () => {
  it('is heard where a call answers by itself, and not where somebody does', async () => {
    const first = await phone.alerting(autoAnswered(1));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(phone.media.beeps).toBe(1);
    first.session.confirm();
    const second = await phone.alerting();
    phone.calls.answer(second.id);
    expect(phone.media.beeps).toBe(1);
  });

  it('is heard at the end of what was dialled or answered', async () => {
    const talked = await phone.talking();
    talked.session.end({ by: 'remote', status: 0, reason: '' });
    expect(phone.media.beeps).toBe(1);
    const dialled = await phone.dialled();
    phone.calls.hangUp(dialled.id);
    expect(phone.media.beeps).toBe(2);
    const missed = await phone.alerting();
    missed.session.end({ by: 'remote', status: 487, reason: 'Request Terminated' });
    expect(phone.media.beeps).toBe(2);
  });

  it('is not heard where a call only changes its dialog (RFC 3891)', async () => {
    const old = await phone.talking();
    const it = await phone.alerting(new FakeInvite({ replaces: old.session }));
    it.session.confirm();
    expect(phone.stateOf(old.id)).toBeUndefined();
    expect(phone.media.beeps).toBe(0);
  });

  it('is heard nowhere where none is wanted', async () => {
    phone.alertingSettings.beeps = false;
    const talked = await phone.talking();
    talked.session.end({ by: 'remote', status: 0, reason: '' });
    await phone.alerting(autoAnswered(0));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(phone.media.beeps).toBe(0);
  });
});
