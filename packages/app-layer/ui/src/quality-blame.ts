/** Who may be to blame for how a call sounds, as far as the facts carry it. Pure. */
import type { Audio, Call } from '../../src/panel/api.ts';
import { type QualityRecord, windowOf } from './quality-record.ts';

export type Blame =
  | 'unmeasured'
  | 'nothing'
  | 'device'
  | 'nothingArrives'
  | 'muted'
  | 'microphoneSilent'
  | 'farEndSilent'
  | 'bothWays'
  | 'towardsUs'
  | 'fromUs'
  | 'late'
  | 'machine'
  | 'delay'
  | 'held';

/** Percent that one hears. */
const audibleLoss = 1;
const longestSilentArrivalS = 3;
/** People listen, and noise suppression makes that digital silence; nobody does for so long. */
const longestSilenceS = 20;
const audibleGapMs = 60;
/** One way above this, people begin to talk at once (ITU-T G.114); this is twice that. */
const longestRoundTripMs = 800;

/** What comes first is surest: where a device fails, nothing that follows from it is blamed on the network. */
export function blameOf(record: QualityRecord | undefined, call: Call, audio: Audio | null): Blame {
  if (audio?.failure) return 'device';
  if (call.state === 'HELD' || call.state === 'REMOTE_HELD') return 'held';
  const quality = record?.last;
  if (!record || !quality) return 'unmeasured';
  if (record.nothingS >= longestSilentArrivalS) return 'nothingArrives';
  const { received, lostPercent, discardedPercent, gapGrewMs } = windowOf(record);
  if (received === 0) return 'unmeasured';
  const towards = (lostPercent ?? 0) >= audibleLoss;
  const from = 100 * (quality.remoteLoss ?? 0) >= audibleLoss;
  if (towards && from) return 'bothWays';
  if (towards) return 'towardsUs';
  if (from) return 'fromUs';
  if ((discardedPercent ?? 0) >= audibleLoss) return 'late';
  if (gapGrewMs >= audibleGapMs) return 'machine';
  const isMuted = call.muted || (audio?.microphoneMuted ?? false);
  if (!isMuted && record.microphoneSilentS >= longestSilenceS) return 'microphoneSilent';
  if (record.farEndSilentS >= longestSilenceS) return 'farEndSilent';
  if ((quality.roundTripMs ?? 0) >= longestRoundTripMs) return 'delay';
  return isMuted ? 'muted' : 'nothing';
}
