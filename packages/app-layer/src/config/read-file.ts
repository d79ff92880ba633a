/** Reads a configuration file, but never more of it than such a file can have. */
import { closeSync, openSync, readSync } from 'node:fs';
import { longestFile } from '@thinline/shared/config/configuration-file.ts';
import { FailureError } from '@thinline/shared/failures.ts';

/** Of a longer one, one byte too many. Throws FailureError noConfiguration. */
export function readConfigurationBytes(file: string): Uint8Array {
  const bytes = Buffer.alloc(longestFile + 1);
  let length = 0;
  try {
    const descriptor = openSync(file, 'r');
    try {
      for (let read = 1; read > 0 && length < bytes.length; length += read) {
        read = readSync(descriptor, bytes, length, bytes.length - length, null);
      }
    } finally {
      closeSync(descriptor);
    }
  } catch {
    throw new FailureError('noConfiguration', { file });
  }
  return bytes.subarray(0, length);
}
