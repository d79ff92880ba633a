/** Every event package that we subscribe to, for tests that go through all of them. */
import { featureEvents } from '../events/as-feature-event.ts';
import { callInfo, lineSeize } from '../events/call-info-event.ts';
import type { EventPackage } from '../events/event-package.ts';
import { hoteling } from '../events/hoteling.ts';
import { messageSummary } from '../events/message-summary.ts';
import { registrationInfo } from '../events/reg.ts';

export const eventPackages: readonly EventPackage<unknown>[] = [
  messageSummary,
  featureEvents,
  hoteling,
  callInfo,
  lineSeize,
  registrationInfo,
];
