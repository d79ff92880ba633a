/** Which ring the line's server asks for (Alert-Info): its URN, URI or word, by table. */
import type { AlertTone } from '../media/alert.ts';

/** A ring that stands for one that is asked for. */
export interface RingRow {
  /** A URN with all that is below it, or a whole URI or word; in lower case. */
  readonly alert: string;
  readonly tone: AlertTone;
}

const ringing2 = ['bellcore-dr2', 'internal', 'alert-internal', 'urn:alert:source:internal'];
const ringing3 = ['bellcore-dr3', 'priority', 'alert-priority', 'urn:alert:priority:high', 'urn:alert:source:family'];
const ringing4 = [
  'bellcore-dr4',
  'recall',
  'alert-recall',
  'urn:alert:service:recall',
  'urn:alert:service:auto-callback',
];
const ringing5 = ['bellcore-dr5', 'short', 'alert-short', 'urn:alert:duration:short', 'urn:alert:service:call-waiting'];

const named = (tone: AlertTone, alerts: readonly string[]): RingRow[] => alerts.map((alert) => ({ alert, tone }));

export const rings: readonly RingRow[] = [
  ...named('ringing2', ringing2),
  ...named('ringing3', ringing3),
  ...named('ringing4', ringing4),
  ...named('ringing5', ringing5),
];

/** RFC 7462 §4.1: labels from the right may be left out, and a provider may have added some after an "@". */
const isBelow = (asked: string, urn: string): boolean =>
  urn.startsWith('urn:') && asked.startsWith(urn) && ':@'.includes(asked.charAt(urn.length));

/** "http://127.0.0.1/Bellcore-dr2.wav" names a ring too. */
const lastPart = (uri: string): string => (/([^/\\]+?)(?:\.wav)?$/.exec(uri)?.[1] ?? '').trim();

/** null: the usual ring. */
export function ringChoice(asked: string): AlertTone | null {
  const alert = asked.trim().toLowerCase();
  const names = [alert, lastPart(alert)];
  return rings.find((row) => names.includes(row.alert) || isBelow(alert, row.alert))?.tone ?? null;
}
