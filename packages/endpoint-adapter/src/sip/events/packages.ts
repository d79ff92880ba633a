/** The event packages that we subscribe to. A new one: its file, and a line here. */
import { type FeatureEvents, featureEvents } from './as-feature-event.ts';
import { type Appearances, callInfo, lineSeize } from './call-info-event.ts';
import type { EventPackage } from './event-package.ts';
import { type Hoteling, hoteling } from './hoteling.ts';
import { type MessageSummary, messageSummary } from './message-summary.ts';
import { type Presence, presence } from './presence.ts';
import { type RegistrationInfo, registrationInfo } from './reg.ts';
import { type ReferProgress, refer } from './sipfrag.ts';

export type EventFacts =
  | MessageSummary
  | Presence
  | FeatureEvents
  | Hoteling
  | Appearances
  | RegistrationInfo
  | ReferProgress;

export const packages: readonly EventPackage<EventFacts>[] = [
  messageSummary,
  presence,
  featureEvents,
  hoteling,
  callInfo,
  lineSeize,
  registrationInfo,
  refer,
];

/** name: as Event has it, in lower case. */
export const packageNamed = (name: string): EventPackage<EventFacts> | undefined =>
  packages.find(({ event }) => event === name);
