/** The replica's arithmetic: the last state and one event make the next state. */
import type { Event, Snapshot } from '@thinline/shared/contract/types.ts';

const put = <T>(list: readonly T[], key: (it: T) => string, item: T): T[] => {
  const at = list.findIndex((it) => key(it) === key(item));
  return at < 0 ? [...list, item] : list.with(at, item);
};

/** null: there is nothing to apply the event to. Released calls leave the list. */
export function applyEvent(phone: Snapshot | null, event: Event): Snapshot | null {
  if (event.snapshot) return event.snapshot;
  if (!phone) return null;
  if (event.line) return { ...phone, lines: put(phone.lines, (it) => it.id, event.line) };
  if (event.lineRemoved) return { ...phone, lines: phone.lines.filter((it) => it.id !== event.lineRemoved) };
  if (event.call) {
    const { call } = event;
    if (call.state !== 'RELEASED') return { ...phone, calls: put(phone.calls, (it) => it.id, call) };
    return {
      ...phone,
      calls: phone.calls.filter((it) => it.id !== call.id),
      qualities: phone.qualities.filter((it) => it.callId !== call.id),
    };
  }
  if (event.audio) return { ...phone, audio: event.audio };
  if (event.quality) {
    // A measurement that crossed the end of its call is of no use.
    const { quality } = event;
    if (!phone.calls.some((it) => it.id === quality.callId)) return phone;
    return { ...phone, qualities: put(phone.qualities, (it) => it.callId, quality) };
  }
  if (event.notice) {
    const { notice } = event;
    if (notice.failure) return { ...phone, notices: put(phone.notices, (it) => it.subject, notice) };
    return { ...phone, notices: phone.notices.filter((it) => it.subject !== notice.subject) };
  }
  return phone;
}
