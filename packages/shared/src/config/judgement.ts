/** Whether a text is a value of an option, and which. */
import type { Option, Value } from './option.ts';

/** All of them together have to fit into one message of the contract. */
export const longestText = 2048;

const yes = ['1', 'true', 'yes'];
const no = ['0', 'false', 'no'];

const comparable = (text: string): string => text.replace(/\s/g, '').toLowerCase();

/** null: it is none. An empty text is as none at all. A choice is spelt as in the table. */
export function judge(option: Option, text: string): Value | null {
  if (text === '') return option.default;
  switch (option.type) {
    case 'integer':
      return integerOf(option, text);
    case 'boolean':
      if (yes.includes(comparable(text))) return true;
      return no.includes(comparable(text)) ? false : null;
    case 'choice':
      return option.choices?.find((it) => comparable(it) === comparable(text)) ?? null;
    case 'text':
      if (text.length > longestText) return null;
      return option.form && !option.form.pattern.test(text) ? null : text;
  }
}

function integerOf({ min = 0, max = Number.MAX_SAFE_INTEGER }: Option, text: string): number | null {
  const value = /^\d+$/.test(text) ? Number(text) : -1;
  return value >= min && value <= max ? value : null;
}

/** What judge wants. */
export function wanted({ type, min, max, choices = [], form }: Option): string {
  switch (type) {
    case 'integer':
      return `a whole number from ${min} to ${max}`;
    case 'boolean':
      return '0 or 1';
    case 'choice':
      return `one of ${choices.join(' | ')}`;
    case 'text':
      return form?.words ?? `text of ${longestText} characters at most`;
  }
}

/** As a file says it. */
export const writtenValue = (value: Value): string => (typeof value === 'boolean' ? String(Number(value)) : `${value}`);

/** A value of JSON as a file would write it; null: it is neither text nor a number nor a yes or no. */
export function textOf(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
      return value.trim();
    case 'number':
      return String(value);
    case 'boolean':
      return value ? '1' : '0';
    default:
      return null;
  }
}
