/** Digits in the body of a NOTIFY (Event: dtmf) or an INFO. */
import { readMediaType } from '../message/multipart.ts';

export interface DtmfDigits {
  /** 0-9, *, #, A-D. */
  digits: string;
  /** Of each; null: not said. */
  durationMs: number | null;
}

export const dtmfRelayType = 'application/dtmf-relay';

/** '': NOTIFYs of SIP Server may come without. */
const types: ReadonlySet<string> = new Set([dtmfRelayType, 'application/dtmf', 'text/plain', '']);

const MAX_DIGITS = 64;
const MAX_LINES = 16;
const MAX_BODY = 1_024;

const isDtmf = (text: string): boolean => text.length <= MAX_DIGITS && /^[0-9*#A-D]+$/.test(text);

/** ms; what is no sensible duration counts as not said. */
function readDuration(text: string): number | null {
  const ms = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return ms > 0 && ms <= 10_000 ? ms : null;
}

/** "Signal=5" and "Duration=160" on lines of their own, or the digits alone; null for anything else. */
export function readDtmfBody(contentType: string, body: string): DtmfDigits | null {
  if (!types.has(readMediaType(contentType)?.type ?? '') || body.length > MAX_BODY) return null;
  let digits = '';
  let durationMs: number | null = null;
  for (const line of body.split(/\r?\n/, MAX_LINES)) {
    const text = line.replace(/[ \t]/g, '').toUpperCase();
    const equals = text.indexOf('=');
    const name = text.slice(0, Math.max(equals, 0));
    const value = text.slice(equals + 1);
    if (name === 'DURATION') durationMs ??= readDuration(value);
    else if (name === 'SIGNAL' || equals < 0) digits += value;
  }
  return isDtmf(digits) ? { digits, durationMs } : null;
}

/** One digit, for an INFO with application/dtmf-relay. */
export const writeDtmfRelay = (digit: string, durationMs: number): string =>
  `Signal=${digit}\r\nDuration=${durationMs}\r\n`;
