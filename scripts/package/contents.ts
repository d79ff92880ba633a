/** What a single executable holds beside Node.js: read by start-executable.ts, written by single-executable.ts. */

export interface ShippedFile {
  /** Below the folder of the set, with slashes. */
  path: string;
  /** In hexadecimal. */
  sha256: string;
}

export interface Contents {
  /** The file of `code` that is the program. */
  main: string;
  /** Modules that are run from memory. */
  code: string[];
  /** What must be a file to be loaded. */
  files: ShippedFile[];
  /** The folder's name: stands for what is in it. */
  folder: string;
}

export const contentsAsset = 'contents.json';
export const codeAsset = (name: string): string => `code/${name}`;
export const fileAsset = (path: string): string => `file/${path}`;
