/** What the option table says, in words: for the reference document, the command line and new files. */
import { writtenValue } from './judgement.ts';
import type { Option } from './option.ts';

/** tick: what stands around a value that is to be written as it is. */
export function valuesText({ type, min, max, unit, choices = [], form, default: value }: Option, tick = ''): string {
  switch (type) {
    case 'text':
      return form?.words ?? 'text';
    case 'boolean':
      return '0 or 1';
    case 'choice':
      return `${choices.map((it) => tick + it + tick).join(', ')}${value === '' ? ', or empty' : ''}`;
    case 'integer':
      return `${min} to ${max}${unit ? ` ${unit}` : ''}`;
  }
}

export const defaultText = ({ default: value }: Option): string => writtenValue(value);

const halves: Readonly<Record<Option['where'], string>> = {
  app: 'app layer',
  adapter: 'endpoint adapter',
  both: 'app layer and endpoint adapter',
};

export const whereText = ({ where }: Option): string => halves[where];

/** The meaning, whether it is secret, and why it has no effect. */
export const meaningText = ({ meaning, secret, noEffect }: Option): string =>
  meaning + (secret ? ' Secret: it is shown nowhere.' : '') + (noEffect ? ` No effect: ${noEffect}.` : '');
