/** The folder with the files of a machine's policy, as its administrator wrote them. */
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync, type Stats } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { faultOf, type PolicyFault, type PolicySource } from '@thinline/shared/config/policy.ts';
import { longestPolicyFile, readPolicyFile } from '@thinline/shared/config/policy-file.ts';

const mostFiles = 100;

/** Who may have written it: root alone, or the user of this process, too. */
export type Writer = 'root' | 'user';

export interface PolicySources {
  sources: PolicySource[];
  faults: PolicyFault[];
}

/** By the names of its files, those that end in .json. Where there is no folder there is no policy. Does not throw. */
export function policyFolder(folder: string, writer: Writer): PolicySources {
  const listed = listing(folder, writer);
  if ('problem' in listed) return { sources: [], faults: [refused(folder, listed.problem)] };
  const { names } = listed;
  const result: PolicySources = { sources: [], faults: [] };
  if (names.length > mostFiles) {
    result.faults.push(faultOf(folder, `there are more than ${mostFiles} files in it`, 'the others are not read'));
  }
  for (const name of names.slice(0, mostFiles)) {
    const file = join(folder, name);
    const read = policyIn(file, writer);
    if ('problem' in read) result.faults.push(refused(file, read.problem));
    else result.sources.push({ name: file, ...read });
  }
  return result;
}

const refused = (where: string, problem: string): PolicyFault => faultOf(where, problem, 'nothing of it is used');

function listing(folder: string, writer: Writer): { names: string[] } | { problem: string } {
  try {
    const status = lstatSync(folder, { throwIfNoEntry: false });
    if (!status) return { names: [] };
    if (!status.isDirectory()) return { problem: 'it is not a folder' };
    const problem = openTo(status, writer);
    if (problem !== null) return { problem };
    const names = readdirSync(folder).filter((name) => name.endsWith('.json') && !name.startsWith('.'));
    return { names: names.sort() };
  } catch (error) {
    return { problem: unreadable(error) };
  }
}

function policyIn(file: string, writer: Writer): ReturnType<typeof readPolicyFile> {
  try {
    // A link may lead to where others write, and a pipe would hold us up. Windows knows neither flag.
    const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      const status = fstatSync(descriptor);
      const problem = status.isFile() ? openTo(status, writer) : 'it is not a file';
      return problem === null ? readPolicyFile(bytesOf(descriptor)) : { problem };
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return { problem: unreadable(error) };
  }
}

/** Of a longer file, one byte too many. */
function bytesOf(descriptor: number): Uint8Array {
  const bytes = Buffer.alloc(longestPolicyFile + 1);
  let length = 0;
  for (let read = 1; read > 0 && length < bytes.length; length += read) {
    read = readSync(descriptor, bytes, length, bytes.length - length, null);
  }
  return bytes.subarray(0, length);
}

/** Why it can't be trusted; null: it can. */
function openTo({ uid, mode }: Stats, writer: Writer): string | null {
  if (process.platform === 'win32') return null;
  if (uid !== 0 && !(writer === 'user' && uid === userInfo().uid)) return 'it does not belong to root';
  return (mode & 0o022) === 0 ? null : 'others than its owner may write it';
}

function unreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return code === 'ELOOP' ? 'it is a link' : `it cannot be read (${code || error})`;
}
