/** The panel's token for longer than one start: installed panels and open tabs go on, and its address stays. */

import type { Log } from '@thinline/shared/log/log.ts';
import { makeToken } from '@thinline/shared/loopback-guard.ts';
import type { StateFile } from '@thinline/shared/state-file.ts';

export const mostTokenBytes = 1024;

const dayMs = 24 * 60 * 60_000;

/** As long as browsers keep a cookie (RFC 6265bis §5.5). */
export const keptSeconds = (400 * dayMs) / 1000;

export interface KeptTokenOptions {
  /** A new one in any case: whoever has the one of before is shut out. */
  fresh?: boolean;
  /** Of the clock on the wall. */
  nowMs: number;
  log: Log;
}

/** What the file has, else a new one, which is kept there; where that can't be, it is for this start alone. */
export async function keptToken(file: StateFile, { fresh = false, nowMs, log }: KeptTokenOptions): Promise<string> {
  const kept = fresh ? null : tokenFrom(await file.read().catch(() => ''), nowMs);
  if (kept !== null) return kept;
  const token = makeToken();
  try {
    await file.write(`${JSON.stringify({ token, madeAt: new Date(nowMs).toISOString() })}\n`);
  } catch (error) {
    log.warning(`the panel will have another address after the next start, as its token is not kept: ${error}`);
  }
  return token;
}

/** 256 bits. */
const form = /^[\w-]{43}$/;

/** null: it is none of ours, or too old. */
function tokenFrom(text: string, nowMs: number): string | null {
  const fields = fieldsOf(text);
  const token = fields.get('token');
  const ageMs = nowMs - Date.parse(String(fields.get('madeAt')));
  if (typeof token !== 'string' || !form.test(token)) return null;
  // A clock that was set back must not make it last for ever.
  return ageMs > -dayMs && ageMs < keptSeconds * 1000 ? token : null;
}

function fieldsOf(text: string): Map<string, unknown> {
  try {
    const found: unknown = JSON.parse(text);
    return new Map(Object.entries(found ?? {}));
  } catch {
    return new Map();
  }
}
