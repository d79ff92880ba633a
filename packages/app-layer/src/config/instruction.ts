/** What the command line of `thinline config` asks for. */
import { readCommandLine } from '@thinline/shared/command-line.ts';
import { FailureError } from '@thinline/shared/failures.ts';

export const help = `thinline config: configuration files, without a phone.

  thinline config check FILE [--json]    what is wrong in FILE, and what is used instead
  thinline config diff FILE [--json]     what FILE says other than the defaults
  thinline config explain SETTING        what a setting means; a section, such as policy.device: all of its settings
  thinline config init [FILE]            writes a new file with all settings, to the output where there is no FILE
  thinline config policy [--json]        what the policy of this machine sets, whatever a file says, and where it stands

It ends with 0; check and policy with 1 where something is wrong; all of them with 2 where they could not do their work.
`;

const verbs = ['check', 'diff', 'explain', 'init', 'policy'] as const;

const answersPrograms: readonly string[] = ['check', 'diff', 'policy'];

export interface Instruction {
  verb: (typeof verbs)[number];
  /** FILE or SETTING; empty: none. */
  word: string;
  json: boolean;
}

/** null: help is wanted. Throws FailureError usage. */
export function readInstruction(args: string[]): Instruction | null {
  const { values, positionals } = readCommandLine({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, help: { type: 'boolean' } },
  });
  const [name, word = '', ...more] = positionals;
  if (values.help || name === undefined) return null;
  const verb = verbs.find((it) => it === name);
  const wrong = (detail: string) => new FailureError('usage', { detail });
  if (!verb) throw wrong(`There is no "config ${name}".`);
  if (verb === 'policy' && word !== '') throw wrong('It is "config policy".');
  if (more.length > 0) throw wrong(`"config ${verb}" takes one word, not ${more.length + 1}.`);
  if (word === '' && verb !== 'init' && verb !== 'policy')
    throw wrong(`It is "config ${verb} ${verb === 'explain' ? 'SETTING' : 'FILE'}".`);
  if (values.json && !answersPrograms.includes(verb)) throw wrong(`"config ${verb}" takes no --json.`);
  return { verb, word, json: values.json };
}
