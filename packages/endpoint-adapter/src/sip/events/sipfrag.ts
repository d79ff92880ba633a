/** How far the call has come that a REFER asked for (RFC 3515 §2.4.5, RFC 3420). */

export interface ReferProgress {
  status: number;
  reason: string;
}

export const sipfragType = 'message/sipfrag;version=2.0';
const MAX_REASON = 128;

/** The status line that a fragment begins with; null where it doesn't. */
export function readSipfrag(body: string): ReferProgress | null {
  const match = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/.exec(body.trimStart().split(/\r?\n/, 1)[0]?.trimEnd() ?? '');
  return match && { status: Number(match[1]), reason: (match[2] ?? '').slice(0, MAX_REASON) };
}

export const writeSipfrag = (status: number, reason: string): string =>
  `SIP/2.0 ${status} ${reason.replace(/[\r\n]/g, ' ').slice(0, MAX_REASON)}\r\n`;
