/** Which of the options that an agent desktop sends are settings of the phone, and fit to be. */
import { quoted } from '@thinline/shared/config/finding.ts';
import { judge, textOf, wanted } from '@thinline/shared/config/judgement.ts';
import { optionAt, optionOf } from '@thinline/shared/config/options.ts';
import { optionForDesktop } from '@thinline/shared/config/overlay.ts';

/** No option's is half as long. */
const longestPath = 256;

/** What looks like one is a setting of the phone; the rest ("register-interval") is the desktop's own affair. */
const isPath = (key: string): boolean =>
  key.length <= longestPath &&
  /^(?:(?:policy|proxies|codecs|system)[.:]|(?:user|server|protocol|transport)[.:]\d+$)/i.test(key);

export interface OptionReading {
  /** By path, with dots. */
  settings: Map<string, string>;
  /** Sentences about what looks like a setting and isn't one, or can't be used. */
  faults: string[];
}

export function readOptions(sent: Readonly<Record<string, unknown>>): OptionReading {
  const settings = new Map<string, string>();
  const faults: string[] = [];
  for (const [key, value] of Object.entries(sent)) {
    if (!isPath(key)) continue;
    const text = textOf(value);
    const fault = text === null ? `${quoted(key)} has no usable value` : faultOf(key, text);
    if (fault !== null) faults.push(fault);
    else if (text !== null) settings.set(key.replaceAll(':', '.'), text);
  }
  return { settings, faults };
}

/** null: it is fit to be used. */
function faultOf(key: string, text: string): string | null {
  const path = optionForDesktop(key);
  if (path === null) return `${quoted(key)} ${optionOf(key) ? "is the administrator's, in the file" : 'is unknown'}`;
  const option = optionAt(path);
  if (judge(option, text) !== null) return null;
  return `${path}: ${option.secret ? 'it' : quoted(text)} is not ${wanted(option)}`;
}
