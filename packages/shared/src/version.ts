/** The product's version, and the check that it runs on a Node.js that it knows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'));

export const version: string = (manifest as { version: string }).version;
