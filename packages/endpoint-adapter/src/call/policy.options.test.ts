/** What each option of the policy of calls changes, from the file to what the far end and the agent see. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openConfiguredPhone } from '../testing/configured-phone.ts';

vi.mock('../sip/stack.ts', () => import('../testing/fake-stack.ts'));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

type Given = Parameters<typeof openConfiguredPhone>[0];

/** What a call that comes to a phone at rest is told within so long. */
async function toldWithin(ms: number, settings: Given, fromServer = true): Promise<readonly string[]> {
  const phone = await openConfiguredPhone(settings);
  const { session } = await phone.called({ fromServer });
  await pass(ms);
  return session?.told ?? [];
}

it('policy.session.auto_answer: 1 answers what the server sends and lets strangers ring, 0 lets all ring', async () => {
  expect(await toldWithin(60_000, { 'policy.session.auto_answer': '0' })).toEqual(['ring']);
  expect(await toldWithin(60_000, { 'policy.session.auto_answer': '1' })).toEqual(['ring', 'answer']);
  expect(await toldWithin(60_000, { 'policy.session.auto_answer': '1' }, false)).toEqual(['ring']);
});

it('policy.session.auto_answer_delay: it rings so long before it is answered by itself', async () => {
  const settings = { 'policy.session.auto_answer': '1', 'policy.session.auto_answer_delay': '3000' };
  expect(await toldWithin(2_999, settings)).toEqual(['ring']);
  expect(await toldWithin(3_000, settings)).toEqual(['ring', 'answer']);
  expect(await toldWithin(1_500, { 'policy.session.auto_answer': '1' })).toEqual(['ring', 'answer']);
});

/** The status that refuses a call of that number, with those before it ringing; null: it rings. */
async function refusalOf(call: number, settings: Given): Promise<number | null> {
  const phone = await openConfiguredPhone(settings);
  for (let before = 1; before < call; before++) await phone.called();
  return (await phone.called()).invite.refused;
}

const busy = { 'policy.session.reject_session_when_busy': '1' };

it('policy.session.reject_session_when_busy: 1 refuses a second call, 0 lets it ring too', async () => {
  expect(await refusalOf(2, { 'policy.session.reject_session_when_busy': '0' })).toBeNull();
  expect(await refusalOf(2, busy)).toBe(486);
});

it('policy.session.number_sessions_for_busy: so many calls are busy', async () => {
  const three = { ...busy, 'policy.session.number_sessions_for_busy': '3' };
  expect([await refusalOf(3, three), await refusalOf(4, three)]).toEqual([null, 486]);
  expect(await refusalOf(2, { ...busy, 'policy.session.number_sessions_for_busy': '1' })).toBe(486);
});

it('policy.session.sip_code_when_busy: is the status that refuses when busy', async () => {
  expect(await refusalOf(2, { ...busy, 'policy.session.sip_code_when_busy': '600' })).toBe(600);
});

it('policy.link.calls_when_lost: refuse answers 480 and says why while no desktop is connected, accept lets it ring', async () => {
  const toldWhenLost = async (setting: string) => {
    const phone = await openConfiguredPhone({ 'policy.link.calls_when_lost': setting });
    phone.watch(false);
    const lost = (await phone.called()).invite;
    phone.watch(true);
    const back = (await phone.called()).invite;
    return [lost.refused, lost.refusedBecause, back.refused];
  };
  expect(await toldWhenLost('refuse')).toEqual([480, 'Desktop Not Connected', null]);
  expect(await toldWhenLost('accept')).toEqual([null, '', null]);
});

/** The same for one call where the headset that is wanted isn't there, and whether one can be made. */
async function withoutHeadset(settings: Given): Promise<[number | null, string]> {
  const phone = await openConfiguredPhone(settings);
  phone.media.audio.headsetAvailable = false;
  const { invite } = await phone.called();
  return [
    invite.refused,
    await phone.dial().then(
      () => 'made',
      () => 'blocked',
    ),
  ];
}

const headset = { 'policy.device.use_headset': '1', 'policy.device.headset_name': 'Poly' };
const rejecting = { ...headset, 'policy.session.reject_session_when_headset_na': '1' };

it('policy.session.reject_session_when_headset_na: 1 refuses calls and makes none without the headset', async () => {
  const letting = { ...headset, 'policy.session.reject_session_when_headset_na': '0' };
  expect(await withoutHeadset(letting)).toEqual([null, 'made']);
  expect(await withoutHeadset(rejecting)).toEqual([480, 'blocked']);
});

it('policy.session.sip_code_when_headset_na: is the status that refuses without the headset', async () => {
  const [status] = await withoutHeadset({ ...rejecting, 'policy.session.sip_code_when_headset_na': '503' });
  expect(status).toBe(503);
});

it('policy.device.use_headset: 1 wants the headset for calls, 0 any microphone and loudspeaker', async () => {
  expect(await withoutHeadset(rejecting)).toEqual([480, 'blocked']);
  expect(await withoutHeadset({ ...rejecting, 'policy.device.use_headset': '0' })).toEqual([null, 'made']);
});

it.each([
  ['Rfc2833', { events: 1, infos: 0, tones: '' }],
  ['Info', { events: 0, infos: 2, tones: '' }],
  ['InbandRtp', { events: 0, infos: 0, tones: '12' }],
])('policy.session.dtmf_method: %s sends digits its own way', async (method, sent) => {
  for (const direction of ['outgoing', 'incoming'] as const) {
    const phone = await openConfiguredPhone({ 'policy.session.dtmf_method': method });
    const session = direction === 'outgoing' ? await phone.dial() : (await phone.called()).session;
    if (direction === 'incoming') await phone.command('answer');
    session?.confirm();
    await phone.command('sendDtmf', { digits: '12' });
    const { digits, inBand } = phone.media;
    expect({ events: digits.length, infos: session?.infos.length, tones: inBand }).toEqual(sent);
  }
});
