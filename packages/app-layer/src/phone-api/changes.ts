/** What changed between two reports, a matter at a time. */
import type { PhoneReport } from './report.ts';
import { toJson } from './report.ts';

export type EventName = 'state' | 'link' | 'line' | 'agent' | 'call' | 'quality' | 'audio' | 'notices';

export interface PhoneEvent {
  name: EventName;
  /** JSON. */
  data: string;
}

/** A report in parts, by what they are about ("call one"). */
export type Parts = ReadonlyMap<string, PhoneEvent>;

export function partsOf(report: PhoneReport): Parts {
  const parts = new Map<string, PhoneEvent>();
  const put = (name: EventName, about: string, value: unknown) =>
    parts.set(`${name} ${about}`, { name, data: toJson(value) });
  put('link', '', report.link);
  for (const { agent, ...line } of report.lines) {
    put('line', line.id, line);
    put('agent', line.id, { lineId: line.id, agent });
  }
  for (const call of report.calls) put('call', call.id, call);
  for (const quality of report.qualities) put('quality', quality.callId, quality);
  put('audio', '', report.audio);
  put('notices', '', report.notices);
  return parts;
}

/** Lines and calls that are there no more, though nobody said that they ended: the whole has to be told anew. */
const isLoss = ({ name }: PhoneEvent): boolean => name === 'line' || name === 'call';

/** null: too much is different to be told in parts, as on another endpoint. */
export function changesBetween(before: Parts, after: Parts): PhoneEvent[] | null {
  for (const [about, part] of before) if (isLoss(part) && !after.has(about)) return null;
  return [...after].filter(([about, { data }]) => before.get(about)?.data !== data).map(([, event]) => event);
}
