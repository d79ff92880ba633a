/** Values of a Softphone.config by the rules of the option table: judged, or their defaults. */
import { type Finding, quoted } from './finding.ts';
import { judge, wanted, writtenValue } from './judgement.ts';
import type { Value } from './option.ts';
import { type OptionPath, optionAt, optionOf } from './options.ts';
import type { Setting } from './softphone-config.ts';

/** A file of nothing but mistakes must not fill the log. */
const mostMistakes = 200;

export class Reader {
  readonly #mistakes: Finding[] = [];
  #unlisted = 0;
  readonly #settings: ReadonlyMap<string, Setting>;
  readonly #anyCase: ReadonlyMap<string, Setting>;

  constructor(settings: ReadonlyMap<string, Setting>) {
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
    return String(this.#value(option, section));
  }

  /** instead: the default, where that is not the table's. */
  integer(option: OptionPath, section?: string, instead?: number): number {
    return Number(this.#value(option, section, instead));
  }

  flag(option: OptionPath, section?: string): boolean {
    return this.#value(option, section) === true;
  }

  /** As the table spells it. */
  choice(option: OptionPath, section?: string): string {
    return String(this.#value(option, section));
  }

  mistake(finding: Finding): void {
    if (this.#mistakes.length < mostMistakes) this.#mistakes.push(finding);
    else this.#unlisted += 1;
  }

  /** What was not usable, and what is used instead, in the order of the file. */
  get mistakes(): Finding[] {
    const listed = this.#mistakes.toSorted((a, b) => a.line - b.line);
    if (this.#unlisted === 0) return listed;
    const problem = `there are ${this.#unlisted} more mistakes, which are not listed`;
    return [...listed, { line: 0, path: '', problem, instead: 'defaults are used in their places' }];
  }

  /** Values that nothing asks for are judged, too. */
  judgeIdle(): void {
    for (const [path, setting] of this.#settings) {
      const option = optionOf(path);
      if (option && !option.fields) this.#judged(option.path, setting, path, option.default);
    }
  }

  #value(option: OptionPath, section = '', instead: Value = optionAt(option).default): Value {
    const setting = this.setting(option, section);
    // An empty value is as none.
    return setting?.value ? this.#judged(option, setting, option.replace('proxyN', section), instead) : instead;
  }

  #judged(path: OptionPath, { value, line }: Setting, written: string, instead: Value): Value {
    const option = optionAt(path);
    const judged = judge(option, value);
    if (judged !== null) return judged;
    this.mistake({
      line,
      path: written,
      problem: `${option.secret ? 'it' : quoted(value)} is not ${wanted(option)}`,
      instead: instead === '' ? 'it is left out' : `${writtenValue(instead)} is used`,
    });
    return instead;
  }
}
