/** Values of a Softphone.config by the rules of the option table: judged, or their defaults. */
import { type Option, type OptionPath, optionAt, options } from './options.ts';
import type { Setting } from './softphone-config.ts';

const yes = ['1', 'true', 'yes'];
const no = ['0', 'false', 'no'];

const comparable = (text: string): string => text.replace(/\s/g, '').toLowerCase();

export class Reader {
  /** One sentence for each value that was not usable and what is used instead. */
  readonly mistakes: string[] = [];
  #settings: Map<string, Setting>;
  #anyCase: Map<string, Setting>;

  constructor(settings: Map<string, Setting>) {
    this.#settings = settings;
    this.#anyCase = new Map([...settings].map(([path, setting]) => [path.toLowerCase(), setting]));
  }

  /** section: the one that proxyN stands for. Names are taken as they are written, else in whatever case. */
  setting(option: OptionPath, section = ''): Setting | undefined {
    const { path, oldPath } = optionAt(option);
    const found = (name: string) => this.#settings.get(name) ?? this.#anyCase.get(name.toLowerCase());
    return found(path.replace('proxyN', section)) ?? (oldPath === undefined ? undefined : found(oldPath));
  }

  text(option: OptionPath, section?: string): string {
    return this.setting(option, section)?.value ?? String(optionAt(option).default);
  }

  /** instead: the default, where that is not the table's. */
  integer(option: OptionPath, section?: string, instead = Number(optionAt(option).default)): number {
    const { min = 0, max = Number.MAX_SAFE_INTEGER } = optionAt(option);
    return this.#judged(option, section, `a whole number from ${min} to ${max}`, instead, (value) =>
      /^\d+$/.test(value) && Number(value) >= min && Number(value) <= max ? Number(value) : null,
    );
  }

  flag(option: OptionPath, section?: string): boolean {
    const otherwise = optionAt(option).default === true;
    const said = this.#judged(option, section, '0 or 1', Number(otherwise), (value) => {
      if (yes.includes(comparable(value))) return 1;
      return no.includes(comparable(value)) ? 0 : null;
    });
    return said === 1;
  }

  /** As the table spells it. */
  choice(option: OptionPath, section?: string): string {
    const { choices = [], default: otherwise } = optionAt(option);
    return this.#judged(option, section, `one of ${choices.join(' | ')}`, String(otherwise), (value) => {
      return choices.find((it) => comparable(it) === comparable(value)) ?? null;
    });
  }

  mistake(text: string): void {
    this.mistakes.push(text);
  }

  /** An empty value is as none. */
  #judged<Value extends string | number>(
    option: OptionPath,
    section: string | undefined,
    wanted: string,
    instead: Value,
    judge: (value: string) => Value | null,
  ): Value {
    const setting = this.setting(option, section);
    if (!setting?.value) return instead;
    const value = judge(setting.value);
    if (value !== null) return value;
    const path = option.replace('proxyN', section ?? '');
    const used = instead === '' ? 'it is left out' : `${instead} is used`;
    this.mistake(`line ${setting.line}: ${path} is "${setting.value}", which is not ${wanted}; ${used}.`);
    return instead;
  }
}

/** The path as the table has it: without the number of a line, or the name of a codec. */
function generalPath(path: string): string {
  const [, codec, key = ''] = /^codecs\.(.+)\.(\w+)$/.exec(path) ?? [];
  if (codec !== undefined && codec !== 'enabled') return `codecs.name.${key === 'pt' ? 'payload_type' : key}`;
  return path.replace(/^proxies\.proxy\d+\./, 'proxies.proxyn.');
}

/** Paths of settings that are there and have no effect yet. */
export function unusedPaths(settings: Map<string, Setting>): string[] {
  const all: readonly Option[] = options;
  const known = new Set(all.flatMap(({ path, oldPath }) => [path, oldPath ?? path]).map((path) => path.toLowerCase()));
  return [...settings.keys()].filter((path) => !known.has(generalPath(path.toLowerCase())));
}
