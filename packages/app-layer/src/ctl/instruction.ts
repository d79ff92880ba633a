/** What the command line of `thinline ctl` asks for. */
import { readCommandLine } from '@thinline/shared/command-line.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import { type Instruction, usageOf, verbs } from './verbs.ts';

const everywhere = ['call', 'json', 'help'];

/** null: help is wanted. Throws FailureError usage. */
export function readInstruction(args: string[]): { instruction: Instruction; json: boolean } | null {
  const { values, positionals } = readCommandLine({
    args,
    allowPositionals: true,
    options: {
      call: { type: 'string' },
      line: { type: 'string' },
      attended: { type: 'string' },
      anonymous: { type: 'boolean' },
      appearance: { type: 'string' },
      seconds: { type: 'string' },
      microphone: { type: 'string' },
      speaker: { type: 'string' },
      ringer: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  const [name, ...words] = positionals;
  if (values.help || name === undefined) return null;
  const verb = verbs.find((it) => it.name === name);
  if (!verb) throw new FailureError('usage', { detail: `There is no verb "${name}".` });

  const taken: readonly string[] = [...everywhere, ...(verb.options ?? [])];
  const strange = Object.keys(values).find((option) => !taken.includes(option));
  if (strange !== undefined) throw new FailureError('usage', { detail: `"${name}" takes no --${strange}.` });

  const { call = '', line = '', json = false, anonymous = false, attended, appearance, seconds } = values;
  const { microphone, speaker, ringer } = values;
  const ofCalls = { callId: call, lineId: line, anonymous, attended, appearance, seconds };
  const instruction = verb.read({ words, ...ofCalls, microphone, speaker, ringer });
  if (!instruction) throw new FailureError('usage', { detail: `It is "${usageOf(verb)}".` });
  return { instruction, json };
}
