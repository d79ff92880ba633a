import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { policyOf, readPage } from './page-file.ts';

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

test('what is in the page may run, and nothing else', () => {
  const policy = policyOf('<style>a{}</style><p><script>let b;\n</script>');
  expect(policy.split('; ')).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      `style-src ${hash('a{}')}`,
      `script-src ${hash('let b;\n')}`,
      "connect-src 'self'",
      "frame-ancestors 'none'",
    ]),
  );
  expect(policy).not.toContain('unsafe');
});

test('the page is one file: one style, one script, nothing from elsewhere, no style or handler in its elements', () => {
  const { html } = readPage();
  expect(html.match(/<style|<script/g)).toEqual(['<style', '<script']);
  expect(html).not.toMatch(/ (?:src|style|on\w+)=|href="(?!data:)|@import|url\(|https?:/);
});
