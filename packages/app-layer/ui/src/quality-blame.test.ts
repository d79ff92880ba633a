import { blankAudio, blankCall } from '@thinline/shared/contract/blank.ts';
import { failure } from '@thinline/shared/failures.ts';
import { expect, test } from 'vitest';
import type { Audio, Call, CallQuality } from '../../src/panel/api.ts';
import { type Blame, blameOf } from './quality-blame.ts';
import { type QualityRecord, recordSecond } from './quality-record.ts';
import { qualityOf } from './testing/quality.ts';

const talking = blankCall({ id: 'call1', state: 'TALKING', connectedAtMs: 1 });
const empty: QualityRecord = {
  callId: 'call1',
  samples: [],
  counters: [],
  nothingS: 0,
  microphoneSilentS: 0,
  farEndSilentS: 0,
  last: null,
};

/** Half a minute of a call that is well but for what is said of each second. */
function after(of: (second: number) => Partial<CallQuality> = () => ({})): QualityRecord {
  let record = empty;
  for (let second = 0; second < 30; second++) {
    const quality = { packetsReceived: 50 * second, sentDbfs: -30, receivedDbfs: -30, ...of(second) };
    record = recordSecond(record, talking, qualityOf(quality));
  }
  return record;
}

const lossy = (second: number) => ({ packetsReceived: 48 * second, packetsLost: 2 * second });
const broken = failure('malformedTarget', { target: 'x' });
const silent = { sentDbfs: -90 };

test.each<[Blame, string, QualityRecord | undefined, Partial<Call>, Partial<Audio>]>([
  ['unmeasured', 'there is no record', undefined, {}, {}],
  ['unmeasured', 'nothing was told', empty, {}, {}],
  ['nothing', 'all is well', after(), {}, {}],
  ['device', 'the device failed, whatever else is', after(lossy), {}, { failure: broken }],
  ['held', 'the call is on hold', after(lossy), { state: 'HELD' }, {}],
  [
    'nothingArrives',
    'nothing came for seconds',
    after((second) => ({ packetsReceived: Math.min(second, 20) * 50 })),
    {},
    {},
  ],
  ['towardsUs', 'loss on the way here', after(lossy), {}, {}],
  ['fromUs', 'loss on the way there', after(() => ({ remoteLoss: 0.02 })), {}, {}],
  ['bothWays', 'loss on both ways', after((second) => ({ ...lossy(second), remoteLoss: 0.02 })), {}, {}],
  ['late', 'packets that come too late', after((second) => ({ packetsDiscarded: second })), {}, {}],
  ['machine', 'gaps without loss', after((second) => ({ longestGapMs: second < 28 ? 10 : 200 })), {}, {}],
  ['nothing', 'a gap of long ago', after((second) => ({ longestGapMs: second < 5 ? 10 : 200 })), {}, {}],
  ['microphoneSilent', 'nothing from the microphone', after(() => silent), {}, {}],
  ['nothing', 'somebody who listens for a while', after((second) => (second < 15 ? {} : silent)), {}, {}],
  ['muted', 'a microphone that is muted in the call', after(() => silent), { muted: true }, {}],
  ['muted', 'one that is muted for all calls', after(() => silent), {}, { microphoneMuted: true }],
  ['farEndSilent', 'silence from the far end', after(() => ({ receivedDbfs: -90 })), {}, {}],
  ['farEndSilent', 'the same while one is muted', after(() => ({ receivedDbfs: -90 })), { muted: true }, {}],
  ['delay', 'a long way', after(() => ({ roundTripMs: 900 })), {}, {}],
])('%s: %s', (blame, _name, record, call, audio) => {
  expect(blameOf(record, { ...talking, ...call }, { ...blankAudio({}), ...audio })).toBe(blame);
});
