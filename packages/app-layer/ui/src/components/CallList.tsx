import type { Call, CallQuality } from '../../../src/panel/api.ts';
import { say } from '../../../src/words/say.ts';
import { arrange, isEngaged, type Placed } from '../arrange.ts';
import { consultationOf } from '../consultation.ts';
import { useSource } from '../hooks.ts';
import type { Offer } from '../offer.ts';
import { pair } from '../store.ts';
import { conferenceAction, joinable } from '../view.ts';
import { CallCard } from './CallCard.tsx';
import { Conference } from './Conference.tsx';
import { Consultation } from './Consultation.tsx';

interface Props {
  calls: readonly Call[];
  qualities: readonly CallQuality[];
  offer: Offer;
  now: number;
  disabled: boolean;
}

/** All calls: the one that rings or is talked on large, the others small. Whoever rings comes before all else. */
export function CallList({ calls, qualities, offer, now, disabled }: Props) {
  const consultation = consultationOf(useSource(pair), calls);
  if (calls.length === 0) return null;
  const engaged = isEngaged(calls);
  const joined = conferenceAction(calls) === 'end';
  const conference = offer.calls && <Conference calls={calls} disabled={disabled} />;
  const placed = arrange(calls, offer.callLines);
  const alerting = placed.filter(({ call }) => call.state === 'ALERTING');
  const rest = placed.filter(({ call }) => call.state !== 'ALERTING');
  const card = ({ call, room }: Placed) => (
    <CallCard
      key={call.id}
      call={call}
      room={room}
      others={joinable(call, calls)}
      waiting={engaged}
      quality={qualities.find(({ callId }) => callId === call.id)}
      now={now}
      disabled={disabled}
      shownOnly={!offer.calls}
    />
  );
  return (
    <section class="call-area" aria-label={say('calls.heading')}>
      <ul class="calls">
        {alerting.map(card)}
        {consultation && offer.calls && (
          <li key="consultation">
            <Consultation it={consultation} disabled={disabled} />
          </li>
        )}
        {joined && <li key="conference">{conference}</li>}
        {rest.map(card)}
      </ul>
      {!joined && conference}
    </section>
  );
}
