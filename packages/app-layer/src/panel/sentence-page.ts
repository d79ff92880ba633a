/** A page for a person who meets a failure where the panel itself can't show it. */
import { createHash } from 'node:crypto';
import type { Failure } from '@thinline/shared/contract/types.ts';

const style =
  ':root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.5rem}' +
  'h1{font-size:1.25rem}p{margin:.5rem 0}small{opacity:.75}';

const hash = createHash('sha256').update(style).digest('base64');
export const sentencePagePolicy = `default-src 'none'; style-src 'sha256-${hash}'; frame-ancestors 'none'`;

const entities = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

export function sentencePage(failure: Failure): string {
  const { code, message, cause, remedy } = failure;
  return [
    '<!doctype html><html lang="en"><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>Thinline</title><style>${style}</style>`,
    `<h1>${entities(message)}</h1><p>${entities(cause)}</p><p><strong>${entities(remedy)}</strong></p>`,
    `<p><small>${entities(code)}</small></p></html>`,
  ].join('');
}
