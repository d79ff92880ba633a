import type { CallQuality } from '../../../src/panel/api.ts';
import { say } from '../../../src/words/say.ts';
import { useSource } from '../hooks.ts';
import { barsOf, limitsOf } from '../network.ts';
import { networkFacts, qualityRecords } from '../quality-record.ts';

/** Full bars are the better the more there are; the word says it too, for those who don't tell colours apart. */
const Bars = ({ full }: { full: number }) => (
  <svg class="bars" viewBox="0 0 15 12" aria-hidden="true" focusable="false">
    {[0, 1, 2].map((place) => (
      <rect
        key={place}
        class={place < full ? 'full' : 'empty'}
        x={place * 5 + 0.75}
        y={8 - place * 3.5}
        width="3.5"
        height={3.5 + place * 3.5}
        rx="0.75"
      />
    ))}
  </svg>
);

/** How good the network of a call is, and what limits it. Nothing where nothing is measured of the call. */
export function NetworkBadge({ quality }: { quality: CallQuality | undefined }) {
  const records = useSource(qualityRecords);
  if (!quality) return null;
  const level = quality.networkLevel ?? 'UNKNOWN';
  const record = records.find(({ callId }) => callId === quality.callId);
  const limits = level === 'GOOD' || level === 'UNKNOWN' ? [] : limitsOf(networkFacts(record, quality));
  const said = [
    say('quality.network', { level: say(`quality.levels.${level}`) }),
    ...limits.map((limit) => say(`quality.limits.${limit}`)),
  ];
  return (
    <span class={`network ${level.toLowerCase()}`}>
      <Bars full={barsOf(level)} />
      {said.join(' · ')}
    </span>
  );
}
