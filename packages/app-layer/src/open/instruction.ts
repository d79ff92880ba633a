/** What the command line of `thinline open` asks for. */
import { readCommandLine } from '@thinline/shared/command-line.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import { readLink } from './read-link.ts';
import type { ToDial } from './to-dial.ts';

export const help = `thinline open: opens the agent's panel in the browser.

  thinline open            the panel
  thinline open LINK       puts the number of a tel:, sip:, sips: or callto: link into the panel's field
  thinline open --print    prints an address that opens the panel once, within a minute, in place of opening it

A phone that is installed and doesn't run is started first. Nothing is dialled before the agent presses Call.
As the handler of links, a desktop runs: thinline open "%u"
`;

/** number: what goes into the panel's field; null: nothing. */
export type Instruction = { do: 'open'; number: ToDial | null } | { do: 'print' };

/** null: help is wanted. Throws FailureError usage or malformedLink. */
export function readInstruction(args: string[]): Instruction | null {
  const { values, positionals } = readCommandLine({
    args,
    allowPositionals: true,
    options: { print: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) return null;
  const [link, ...more] = positionals;
  if (more.length > 0) throw new FailureError('usage', { detail: 'It is "open" or "open LINK".' });
  if (values.print) {
    if (link !== undefined) throw new FailureError('usage', { detail: '"open --print" takes no LINK.' });
    return { do: 'print' };
  }
  // Some desktops have an empty word for no link.
  if (!link) return { do: 'open', number: null };
  const number = readLink(link);
  if ('problem' in number) throw new FailureError('malformedLink', { detail: number.problem });
  return { do: 'open', number };
}
