/** What `thinline certificate` does and answers. */
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { FailureError } from '@thinline/shared/failures.ts';
import { addressOfUser } from '../http/address.ts';
import { madeFile, publicFile, writeCertificate } from './find.ts';
import { help, type Instruction, readInstruction } from './instruction.ts';
import { makeCertificate } from './make.ts';
import { readServerPem } from './server-pem.ts';
import { certificateText, trustText } from './words.ts';

/** args: the words after "certificate". Answers lines; rejects with FailureError. */
export async function run(args: string[]): Promise<string[]> {
  const given = readInstruction(args);
  if (!given) return help.trimEnd().split('\n');
  return given.verb === 'create' ? create(given) : show(given.file === '' ? madeFile() : resolve(given.file));
}

async function create({ out, days, address }: Extract<Instruction, { verb: 'create' }>): Promise<string[]> {
  const file = out === '' ? madeFile() : resolve(out);
  // One that browsers trust is not lost by a slip.
  const there = [file, publicFile(file)].find((it) => existsSync(it));
  if (there) throw new FailureError('certificateThere', { file: there });
  const addresses = [addressOfUser(userInfo().username), ...(address === '' ? [] : [address])];
  try {
    await writeCertificate(file, await makeCertificate({ addresses, days, nowMs: Date.now() }));
  } catch (error) {
    throw new FailureError('certificateNotMade', { detail: error instanceof Error ? error.message : String(error) });
  }
  return show(file);
}

async function show(file: string): Promise<string[]> {
  try {
    const { certificate } = await readServerPem(file);
    const handed = existsSync(publicFile(file)) ? publicFile(file) : file;
    return [...certificateText(certificate, file), '', ...trustText(handed, process.platform)];
  } catch (error) {
    throw new FailureError('connectorCertificate', { detail: error instanceof Error ? error.message : String(error) });
  }
}
