/** The phone's state in the words of the connector's first version. */
import type { Configuration, Line, Snapshot } from '@thinline/shared/contract/types.ts';
import type { PhoneState } from '../endpoint/replica.ts';

/** Without a registration where the configuration wants none. */
const isReady = ({ state }: Line): boolean => state === 'REGISTERED' || state === 'STANDALONE';

export const userOf = ({ address }: Line): string => /^sips?:([^@;]*)@/i.exec(address)?.[1] ?? '';

/** What of it can be used now; the last known state of a phone that is out of reach is none. */
const reachable = ({ link, phone }: PhoneState): Snapshot | null => (link.state === 'up' ? phone : null);

/** The user that the phone is registered as; empty: it is not. */
export function registeredDn(state: PhoneState): string {
  const line = reachable(state)?.lines.find(isReady);
  return line ? userOf(line) : '';
}

/** One line is enough: the others may be those of a site that is down. */
export const isActive = (state: PhoneState): boolean => reachable(state)?.lines.some(isReady) ?? false;

/** Keys and values, as Ping and GetSIPEndpointParameters tell them. */
export type Facts = ReadonlyMap<string, string | boolean>;

export function factsOf(state: PhoneState, { devices, calls }: Pick<Configuration, 'devices' | 'calls'>): Facts {
  const isWanted = devices?.useHeadset ?? false;
  const isThere = state.phone?.audio?.headsetAvailable ?? false;
  const isNeeded = isWanted && (calls?.rejectWithoutHeadset ?? false);
  const isUsable = isActive(state) && (isThere || !isNeeded);
  const facts = new Map<string, string | boolean>([
    ['EndpointStatus', isUsable ? 'EndpointStatus_Ready' : 'EndpointStatus_NotReady'],
    ['IsPingMandatory', false],
    ['Status', 'Initialized'],
  ]);
  if (isWanted) facts.set('HeadsetAvailable', isThere);
  return facts;
}

/** Those that are not as they were told last; all, where nothing was told. */
export const changedFacts = (told: Facts | null, now: Facts): Facts =>
  new Map([...now].filter(([key, value]) => told?.get(key) !== value));

export const pairsOf = (facts: Facts): { Key: string; Value: string | boolean }[] =>
  [...facts].map(([Key, Value]) => ({ Key, Value }));
