/** Whether the caller wants an INVITE answered at once (RFC 5373, and the many forms that are older). */
import { fieldsOf, type HeaderField, type SipMessage } from '../message/message.ts';
import { type InfoValue, readInfoValues } from './info-values.ts';
import { listOf, readTokenValue } from './values.ts';

export interface AutoAnswer {
  /** null: the INVITE doesn't say. */
  answer: 'auto' | 'manual' | null;
  /** null: the INVITE doesn't say. */
  delayMs: number | null;
  /** Where we don't answer so, we must refuse with 403 (RFC 5373). */
  required: boolean;
  /** For the 200, where we do answer so (RFC 5373). */
  echo: HeaderField | null;
}

const autoAnswerWords: ReadonlySet<string> = new Set(['alertautoanswer', 'autoanswer', 'ringanswer', 'intercom']);

const isAutoAnswerWord = (text: string): boolean =>
  text.length < 64 && autoAnswerWords.has(text.toLowerCase().replace(/[ \t-]/g, ''));

/** A value of Alert-Info that asks for an answer, and so names no ring tone. */
export const asksForAnswer = ({ uri, words, parameters }: InfoValue): boolean =>
  parameters.has('answer-after') ||
  parameters.get('intercom')?.toLowerCase() === 'true' ||
  [uri, words, parameters.get('info') ?? ''].some(isAutoAnswerWord);

/** Seconds, perhaps with a fraction, up to an hour. */
function delayOf({ parameters }: InfoValue): number | null {
  const text = parameters.get('answer-after') ?? parameters.get('delay') ?? '';
  const seconds = /^\d{1,4}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
  return seconds <= 3_600 ? Math.round(seconds * 1_000) : null;
}

/** RFC 5373: "Auto;require". Other words than these two ask for nothing. */
function readAnswerMode(message: SipMessage, name: string): Omit<AutoAnswer, 'delayMs'> | null {
  const value = readTokenValue(listOf(fieldsOf(message, name), 1)[0] ?? '');
  const word = value?.token.toLowerCase();
  if (word !== 'auto' && word !== 'manual') return null;
  return {
    answer: word,
    required: value?.parameters.has('require') ?? false,
    echo: { name, value: word === 'auto' ? 'Auto' : 'Manual' },
  };
}

const isPrivateAutoAnswer = (message: SipMessage): boolean =>
  listOf(fieldsOf(message, 'p-auto-answer'), 1)[0]?.toLowerCase() === 'normal';

/** Where the fields disagree the standard ones count, and of these the privileged one (RFC 5373). */
export function readAutoAnswer(message: SipMessage): AutoAnswer {
  const asking = [
    ...readInfoValues(fieldsOf(message, 'alert-info')).filter(asksForAnswer),
    ...readInfoValues(fieldsOf(message, 'call-info')).filter(({ parameters }) => parameters.has('answer-after')),
  ];
  const delayMs = asking.map(delayOf).find((delay) => delay !== null) ?? null;
  const mode = readAnswerMode(message, 'priv-answer-mode') ?? readAnswerMode(message, 'answer-mode');
  if (mode) return { ...mode, delayMs };
  const auto = asking.length > 0 || isPrivateAutoAnswer(message);
  return { answer: auto ? 'auto' : null, delayMs, required: false, echo: null };
}
