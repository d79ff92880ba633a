/** thinline config explain: what the option table says of a setting, or of all below a path. */
import type { Option } from '@thinline/shared/config/option.ts';
import { defaultText, meaningText, valuesText, whereText } from '@thinline/shared/config/option-words.ts';
import { optionOf, options } from '@thinline/shared/config/options.ts';

/** word: a path, the end of one ("auto_answer") or the beginning of several ("policy.device"). null: there is none. */
export function explanation(word: string): string[] | null {
  const wanted = word.toLowerCase().replaceAll(':', '.');
  const exact = optionOf(word);
  if (exact) return explained(exact);
  const ends = options.filter(({ path }) => path.toLowerCase().endsWith(`.${wanted}`) || path === `${wanted}:N`);
  const [only, ...more] = ends;
  if (only && more.length === 0) return explained(only);
  const general = wanted.replace(/^(proxies\.proxy)\d+/, '$1n');
  const below = options.filter(({ path }) => path.toLowerCase().startsWith(`${general}.`));
  const several = ends.length > 0 ? ends : below;
  if (several.length === 0) return null;
  return several.map((option) => `${option.path}: ${meaningText(option)}`);
}

const effects: Readonly<Record<Option['effect'], string>> = {
  'at once': 'at once',
  'next call': 'with the next call',
  register: 'once the line is registered anew',
  restart: 'once SIP has been started anew, which ends all calls',
};

const explained = (option: Option): string[] => [
  option.path,
  meaningText(option),
  `values: ${valuesText(option)}`,
  `default: ${defaultText(option) || 'empty'}`,
  `a change takes effect ${effects[option.effect]}`,
  `for: ${whereText(option)}`,
  ...(option.oldPath ? [`before: ${option.oldPath}`] : []),
];
