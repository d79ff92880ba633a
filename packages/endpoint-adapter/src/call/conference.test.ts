import { describe, expect, it } from 'vitest';
import { FakePhone } from './fakes.ts';

async function threeCalls() {
  const phone = new FakePhone();
  const held = await phone.talking('601');
  const also = await phone.talking('602');
  await phone.becomes(held.id, 'HELD');
  return { phone, held, also };
}

const members = ({ calls, media }: FakePhone) => ({
  shown: calls.snapshots.filter((call) => call.conference).map((call) => call.id),
  mixed: [...media.streams].filter(([, settings]) => settings?.conference).map(([id]) => id),
});

describe('a conference', () => {
  it('takes everybody off hold, and all hear all', async () => {
    const { phone, held, also } = await threeCalls();
    await phone.calls.conference(true);
    expect(phone.stateOf(held.id)).toBe('TALKING');
    expect(members(phone)).toEqual({ shown: [held.id, also.id], mixed: [held.id, also.id] });
    expect(phone.media.connected).toEqual([held.id, also.id]);
  });

  it('is joined by whoever is called, or calls, as soon as it is answered, and nobody is held for that', async () => {
    const { phone, held, also } = await threeCalls();
    await phone.calls.conference(true);
    const third = await phone.dialled('603');
    expect(members(phone).mixed).toEqual([held.id, also.id]);
    third.session.confirm();
    expect(members(phone).mixed).toEqual([held.id, also.id, third.id]);
    const fourth = await phone.alerting();
    phone.calls.answer(fourth.id);
    fourth.session.confirm();
    expect(members(phone).mixed).toEqual([held.id, also.id, third.id, fourth.id]);
  });

  it('is left by one that is held, and joined again when it is resumed', async () => {
    const { phone, held, also } = await threeCalls();
    const third = await phone.talking('603');
    await phone.becomes(also.id, 'HELD');
    await phone.calls.conference(true);
    await phone.calls.hold(third.id);
    expect(members(phone).shown).toEqual([held.id, also.id]);
    await phone.calls.resume(third.id);
    expect(members(phone).shown).toEqual([held.id, also.id, third.id]);
  });

  it('is over when one is left, who is talked on with', async () => {
    const { phone, held, also } = await threeCalls();
    await phone.calls.conference(true);
    phone.calls.hangUp(held.id);
    expect(members(phone)).toEqual({ shown: [], mixed: [] });
    expect(phone.media.connected).toEqual([also.id]);
    const next = await phone.talking('603');
    await phone.becomes(also.id, 'HELD');
    expect(phone.media.connected).toEqual([next.id]);
  });

  it('is ended with all but one on hold', async () => {
    const { phone, held, also } = await threeCalls();
    await phone.calls.conference(true);
    await phone.calls.conference(false);
    await phone.becomes(held.id, 'HELD');
    expect(phone.stateOf(also.id)).toBe('TALKING');
    expect(members(phone)).toEqual({ shown: [], mixed: [] });
  });

  it('goes on without the one whose phone refuses', async () => {
    const { phone, held, also } = await threeCalls();
    const third = await phone.talking('603');
    await phone.becomes(also.id, 'HELD');
    held.session.response = Promise.resolve({ ok: false, status: 488, reason: 'Not Acceptable Here' });
    await expect(phone.calls.conference(true)).rejects.toMatchObject({ failure: { code: 'TL3013' } });
    await phone.becomes(also.id, 'TALKING');
    expect(members(phone).shown).toEqual([also.id, third.id]);
    expect(phone.stateOf(held.id)).toBe('HELD');
  });

  it('needs two that were answered', async () => {
    const phone = new FakePhone();
    await phone.talking('601');
    await phone.alerting();
    await expect(phone.calls.conference(true)).rejects.toMatchObject({ failure: { code: 'TL3020' } });
  });
});
