/** What the command line of `thinline-adapter ctl` asks for. */
import { readCommandLine } from '@thinline/shared/command-line.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import { isVerb, type VerbName, verbs } from '../verbs.ts';

const shown = {
  state: 'desktop, lines and calls, as they are now',
  page: 'the address of the page that --page serves: it lets in once, within five minutes',
};

export type Instruction = { show: keyof typeof shown } | { verb: VerbName; callId: string };

const isShown = (word: string): word is keyof typeof shown => Object.hasOwn(shown, word);

/** null: help is wanted. Throws FailureError usage. */
export function readInstruction(args: string[]): { instruction: Instruction; json: boolean } | null {
  const { values, positionals } = readCommandLine({
    args,
    allowPositionals: true,
    options: { call: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  const [name, ...more] = positionals;
  if (values.help || name === undefined) return null;
  const { call, json = false } = values;
  const verb = isVerb(name);
  if (!verb && !isShown(name)) throw new FailureError('usage', { detail: `There is no verb "${name}".` });
  if (more.length > 0) throw new FailureError('usage', { detail: `It is "${name}", with nothing after it.` });
  if (verb) return { instruction: { verb: name, callId: call ?? '' }, json };
  if (call !== undefined) throw new FailureError('usage', { detail: `"${name}" takes no --call.` });
  return { instruction: { show: name }, json };
}

const meanings: [name: string, meaning: string][] = [
  ...Object.entries(shown),
  ...Object.entries(verbs).map(([name, { meaning }]): [string, string] => [name, meaning]),
];

export const help = `thinline-adapter ctl VERB [--call ID] [--json]: the phone at this endpoint, with or without its desktop.

${meanings.map(([name, meaning]) => `  ${name.padEnd(10)}${meaning}`).join('\n')}

  --call ID   which call, where there are several
  --json      the answer as JSON
Ends with 0 when the phone did it, else with 1 and one line that says why.
`;
