/** Times as the log's files tell them. */

/** "time": 04:58:10.123. "ISO8601": 2001-07-24T04:58:10.123. "locale": as the system's language has it. */
export function timeWriter(format: string, utc: boolean): (at: Date) => string {
  if (format === 'locale') {
    const { format: write } = new Intl.DateTimeFormat(undefined, {
      dateStyle: 'short',
      timeStyle: 'medium',
      ...(utc ? { timeZone: 'UTC' } : {}),
    });
    return (at) => write(at);
  }
  return format === 'ISO8601' ? (at) => wallClock(at, utc) : (at) => wallClock(at, utc).slice('2001-07-24T'.length);
}

/** 2001-07-24T04:58:10.123, without its zone. */
export function wallClock(at: Date, utc: boolean): string {
  // What ISO 8601 would say of a UTC that is our local time.
  const shifted = utc ? at : new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, -1);
}

/** "Europe/Berlin, UTC+01:00". */
export function timeZone(at: Date): string {
  const minutes = -at.getTimezoneOffset();
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  const offset = `UTC${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
  return `${Intl.DateTimeFormat().resolvedOptions().timeZone}, ${offset}`;
}
