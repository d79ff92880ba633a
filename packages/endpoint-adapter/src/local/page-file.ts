/** The page itself, in one file, and the policy that lets a browser run what is in that file and nothing else. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export interface PageFile {
  html: string;
  policy: string;
}

const hash = (content = ''): string => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;

export const policyOf = (html: string): string =>
  [
    "default-src 'none'",
    `style-src ${hash(/<style>([\s\S]*?)<\/style>/.exec(html)?.[1])}`,
    `script-src ${hash(/<script>([\s\S]*?)<\/script>/.exec(html)?.[1])}`,
    "connect-src 'self'",
    // The icon, which is none: a browser would ask for one.
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

export function readPage(): PageFile {
  const html = readFileSync(new URL('./page.html', import.meta.url), 'utf8');
  return { html, policy: policyOf(html) };
}
