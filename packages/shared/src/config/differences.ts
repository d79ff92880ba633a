/** What a file says other than the defaults. */
import { judge, writtenValue } from './judgement.ts';
import { optionOf } from './options.ts';
import type { SoftphoneConfig } from './softphone-config.ts';

export interface Difference {
  path: string;
  line: number;
  /** As the table spells it; null: secret. */
  value: string | null;
  usual: string;
  hasEffect: boolean;
}

/** Values that can't be used are none, and unknown settings have no default. */
export const differencesIn = ({ settings }: SoftphoneConfig): Difference[] =>
  [...settings].flatMap(([path, setting]) => {
    const option = optionOf(path);
    const value = option ? judge(option, setting.value) : null;
    if (!option || value === null || value === option.default) return [];
    return [
      {
        path,
        line: setting.line,
        value: option.secret ? null : writtenValue(value),
        usual: writtenValue(option.default),
        hasEffect: option.noEffect === undefined,
      },
    ];
  });
