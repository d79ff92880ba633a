/** Programs for macOS (Mach-O, 64 bits), as far as an injection needs it. */

const magic = 0xfeedfacf;
const headerBytes = 32;
const segment = 0x19;
const codeSignature = 0x1d;
const page = 0x4000;

interface Command {
  at: number;
  kind: number;
  bytes: number;
}

/** Its load commands. Throws an Error for other files. */
export function loadCommands(file: Buffer): Command[] {
  if (file.readUInt32LE(0) !== magic) throw new Error('This is not a 64-bit program for macOS.');
  const commands: Command[] = [];
  let at = headerBytes;
  for (let left = file.readUInt32LE(16); left > 0; left--) {
    const bytes = file.readUInt32LE(at + 4);
    commands.push({ at, kind: file.readUInt32LE(at), bytes });
    at += bytes;
  }
  return commands;
}

export const segmentName = (file: Buffer, { at }: Command): string =>
  file.toString('latin1', at + 8, at + 24).replace(/\0+$/, '');

/**
 * Without the signature, which an injection breaks: codesign(1) refuses to replace a broken one. It is the last command and
 * the end of the file, in all that linkers make; throws an Error otherwise.
 */
export function withoutSignature(file: Buffer): Buffer {
  const commands = loadCommands(file);
  const last = commands.at(-1);
  if (last?.kind !== codeSignature) {
    if (commands.some(({ kind }) => kind === codeSignature)) throw new Error('The signature is not the last command.');
    return file;
  }
  const [start, bytes] = [file.readUInt32LE(last.at + 8), file.readUInt32LE(last.at + 12)];
  if (start + bytes !== file.length) throw new Error('The signature is not at the end of the file.');
  const left = Buffer.from(file.subarray(0, start));
  left.writeUInt32LE(commands.length - 1, 16);
  left.writeUInt32LE(file.readUInt32LE(20) - last.bytes, 20);
  left.fill(0, last.at, last.at + last.bytes);
  const linkEdit = commands.find((it) => it.kind === segment && segmentName(file, it) === '__LINKEDIT');
  if (!linkEdit) throw new Error('There is no segment __LINKEDIT.');
  const inFile = start - Number(file.readBigUInt64LE(linkEdit.at + 40));
  left.writeBigUInt64LE(BigInt(inFile), linkEdit.at + 48);
  left.writeBigUInt64LE(BigInt(Math.ceil(inFile / page) * page), linkEdit.at + 32);
  return left;
}
