/** Whether what we print goes into systemd's journal, which others may read. */
import { fstatSync } from 'node:fs';

/** By what systemd says of its pipe (systemd.exec(5), JOURNAL_STREAM): device and inode number. Does not throw. */
export function printsToJournal(stream = process.env.JOURNAL_STREAM, descriptor = 1): boolean {
  if (!stream) return false;
  try {
    const { dev, ino } = fstatSync(descriptor);
    return stream === `${dev}:${ino}`;
  } catch {
    return false;
  }
}
