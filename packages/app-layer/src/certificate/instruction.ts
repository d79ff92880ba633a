/** What the command line of `thinline certificate` asks for. */
import { readCommandLine } from '@thinline/shared/command-line.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import { isLoopback } from '../http/address.ts';
import { mostDays, usualDays } from './make.ts';

export const help = `thinline certificate: what the connector for agent desktops shows to browsers, where it has https.

  thinline certificate create [--out FILE] [--days N] [--address ADDRESS]
                              makes one for localhost, 127.0.0.1, ::1, this user's own address (see
                              policy.connector.address) and ADDRESS, and its key, in FILE (default: where the
                              connector looks for it); N is 1 to ${mostDays} (default: ${usualDays})
  thinline certificate show [FILE]
                              whose it is, how long it is good, and how browsers are told to trust it
`;

export type Instruction =
  | { verb: 'create'; out: string; days: number; address: string }
  | {
      verb: 'show';
      /** Empty: the one that Thinline makes. */
      file: string;
    };

/** null: help is wanted. Throws FailureError usage. */
export function readInstruction(args: string[]): Instruction | null {
  const { values, positionals } = readCommandLine({
    args,
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      days: { type: 'string' },
      address: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const [verb, word = '', ...more] = positionals;
  if (values.help || verb === undefined) return null;
  const wrong = (detail: string) => new FailureError('usage', { detail });
  if (verb === 'show') {
    if (more.length > 0) throw wrong('"certificate show" takes one file.');
    if (values.out !== undefined || values.days !== undefined || values.address !== undefined) {
      throw wrong('"certificate show" takes a file and nothing else.');
    }
    return { verb, file: word };
  }
  if (verb !== 'create') throw wrong(`There is no "certificate ${verb}".`);
  if (word !== '') throw wrong('"certificate create" takes its file as --out FILE.');
  const { out = '', address = '', days: digits = String(usualDays) } = values;
  const days = Number(digits);
  if (!Number.isInteger(days) || days < 1 || days > mostDays) throw wrong(`"${digits}" is not 1 to ${mostDays} days.`);
  if (address !== '' && !isLoopback(address)) throw wrong(`"${address}" is no address of this machine alone.`);
  return { verb, out, days, address };
}
