/** log_options_provider: how much single parts of the endpoint tell, by the vendor's names for them or by ours. */
import type { Level } from './log.ts';

/** Children of the adapter's log. */
const own = ['sip', 'call', 'media', 'alerts', 'channel'] as const;
type Part = (typeof own)[number];

/** What of ours does the work of the vendor's modules. */
const vendor: ReadonlyMap<string, readonly Part[]> = new Map([
  ['gsip', ['sip']],
  ['gsept', ['call', 'alerts']],
  ['rtpt', ['media']],
  ['webrtc', ['media']],
]);

const words: ReadonlyMap<string, Level> = new Map([
  ['0', 'fatal'],
  ['critical', 'fatal'],
  ['1', 'error'],
  ['error', 'error'],
  ['2', 'warning'],
  ['warning', 'warning'],
  ['3', 'info'],
  ['info', 'info'],
  ['state', 'info'],
  ['api', 'info'],
  ['4', 'debug'],
  ['debug', 'debug'],
]);

const talkative: readonly Level[] = ['debug', 'info', 'warning', 'error', 'fatal'];
const mostEntries = 32;
const mostText = 1000;

export interface ModuleLevels {
  levels: ReadonlyMap<string, Level>;
  /** Entries that name no part of ours, or no level. */
  unknown: string[];
}

/** "gsip=2,webrtc=(error,critical)": of several names the most talkative one counts; of two entries the last one. */
export function readModuleLevels(text: string): ModuleLevels {
  const levels = new Map<string, Level>();
  const unknown: string[] = [];
  // Commas within parentheses are not between entries.
  const entries = text
    .slice(0, mostText)
    .split(/,(?![^()]*\))/, mostEntries)
    .map((entry) => entry.trim());
  for (const entry of entries.filter((it) => it !== '')) {
    const [, name = '', value = ''] = /^(\w+)\s*=\s*(\w+|\([\w\s,]+\))$/.exec(entry.toLowerCase()) ?? [];
    const parts = vendor.get(name) ?? own.filter((it) => it === name);
    const level = levelOf(value);
    if (parts.length === 0 || level === null) unknown.push(entry);
    else for (const part of parts) levels.set(part, level);
  }
  return { levels, unknown };
}

/** null: it is none. */
function levelOf(value: string): Level | null {
  const names = value.match(/\w+/g) ?? [];
  const each = names.map((it) => words.get(it));
  return each.every((it) => it !== undefined) ? (talkative.find((it) => each.includes(it)) ?? null) : null;
}
