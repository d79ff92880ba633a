import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeInvite, FakePhone, FakeReferral } from './fakes.ts';

let phone: FakePhone;

beforeEach(() => {
  vi.useFakeTimers();
  phone = new FakePhone();
  phone.useHeadset = true;
});
afterEach(() => void vi.useRealTimers());

const unplug = (): void => {
  phone.devices = { ...phone.devices, headsetAvailable: false };
  phone.calls.devicesChanged();
};
const autoAnswered = (delay: number) =>
  new FakeInvite({ headers: { 'alert-info': `info=alert-autoanswer;delay=${delay}` } });

async function statusFor(invite: FakeInvite): Promise<number | null> {
  await phone.calls.incoming(phone.line, invite);
  return invite.refused;
}

describe('a headset that is wanted, and calls refused without it', () => {
  beforeEach(() => {
    phone.policy.rejectWithoutHeadset = true;
    phone.policy.noHeadsetStatus = 486;
    unplug();
  });

  it.each<[string, FakeInvite]>([
    ['an ordinary call', new FakeInvite()],
    ['one that would answer by itself', autoAnswered(0)],
    [
      'one that the server makes for our agent',
      new FakeInvite({ offer: null, headers: { 'alert-info': '<file://null>;service=3pcc' } }),
    ],
  ])('%s is refused, and nobody hears of it', async (_, invite) => {
    expect(await statusFor(invite)).toBe(486);
    expect(phone.seen.size).toBe(0);
    expect(phone.media.streams.size).toBe(0);
  });

  it('with a status that is none it is 480', async () => {
    phone.policy.noHeadsetStatus = 302;
    expect(await statusFor(new FakeInvite())).toBe(480);
  });

  it('nobody can be called, and no port is opened for it', async () => {
    await expect(phone.calls.dial(phone.line, '602')).rejects.toMatchObject({
      failure: { code: 'TL3021' },
    });
    expect(phone.line.sessions).toEqual([]);
    expect(phone.media.streams.size).toBe(0);
  });

  it('nor because the server asks for it (REFER)', async () => {
    const referral = new FakeReferral('sip:603@example.org');
    await phone.calls.refer(phone.line, referral);
    expect([referral.refused, referral.made]).toEqual([486, null]);
  });

  it('calls again where it is back', async () => {
    phone.devices = { ...phone.devices, headsetAvailable: true };
    expect(await statusFor(new FakeInvite())).toBeNull();
    const { id } = await phone.dialled();
    expect(phone.stateOf(id)).toBe('DIALING');
  });
});

it('a call that is up outlives the headset, and goes where it is sent', async () => {
  phone.policy.rejectWithoutHeadset = true;
  const { id, session } = await phone.talking();
  unplug();
  expect(phone.stateOf(id)).toBe('TALKING');
  const referral = new FakeReferral('sip:603@example.org');
  session.emit('refer', referral);
  await vi.waitFor(() => expect(referral.made).not.toBeNull());
  const taking = await phone.alerting(new FakeInvite({ replaces: session }));
  expect(taking.session.told).toEqual(['answer']);
});

describe('a headset that is wanted, and no reason to refuse', () => {
  it('without it nothing answers by itself, but people can', async () => {
    unplug();
    phone.policy.autoAnswer = true;
    const { id, session } = await phone.alerting(autoAnswered(0));
    expect(phone.call(id)?.autoAnswerAtMs).toBe(0);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(session.told).toEqual(['ring']);
    session.emit('notify', 'talk', '', '');
    expect(session.told).toEqual(['ring', 'answer']);
    await phone.dialled();
  });

  it('it goes while a call waits to answer by itself: it waits for people', async () => {
    const { id, session } = await phone.alerting(autoAnswered(2));
    expect(phone.call(id)?.autoAnswerAtMs).toBeGreaterThan(0);
    unplug();
    expect(phone.call(id)?.autoAnswerAtMs).toBe(0);
    phone.devices = { ...phone.devices, headsetAvailable: true };
    phone.calls.devicesChanged();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(session.told).toEqual(['ring']);
  });

  it('it goes and nobody has said so yet: it still does not answer', async () => {
    const { id, session } = await phone.alerting(autoAnswered(2));
    phone.devices = { ...phone.devices, headsetAvailable: false };
    await vi.advanceTimersByTimeAsync(10_000);
    expect(session.told).toEqual(['ring']);
    expect(phone.call(id)).toMatchObject({ state: 'ALERTING', autoAnswerAtMs: 0 });
  });

  it('devices that change and suffice change nothing', async () => {
    const { session } = await phone.alerting(autoAnswered(2));
    phone.calls.devicesChanged();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(session.told).toEqual(['ring', 'answer']);
  });
});

it.each(['microphone', 'loudspeaker'] as const)(
  'where any device will do, no %s means no answer by itself',
  async (kind) => {
    phone.useHeadset = false;
    phone.policy.rejectWithoutHeadset = true;
    phone.devices = { headsetAvailable: false, microphone: true, loudspeaker: true, [kind]: false };
    const { session } = await phone.alerting(autoAnswered(0));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(session.told).toEqual(['ring']);
  },
);
