/** A file of the machine's policy: { "options": { "policy.session.auto_answer": "1" } }. */
import type { PolicySource } from './policy.ts';

/** Larger files are not read. */
export const longestPolicyFile = 1 << 18;

/** problem: a clause, why nothing of it can be used. */
export function readPolicyFile(bytes: Uint8Array): Pick<PolicySource, 'options'> | { problem: string } {
  if (bytes.length > longestPolicyFile) return { problem: 'it is larger than 256 KiB' };
  const read = parsed(bytes);
  if (read === undefined) return { problem: 'it is not JSON in UTF-8' };
  const options = isObject(read) && 'options' in read ? read.options : undefined;
  if (!isObject(options)) return { problem: 'it has no object "options"' };
  return { options: Object.entries(options) };
}

/** undefined: it is none. */
function parsed(bytes: Uint8Array): unknown {
  try {
    // A byte order mark is left out.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
