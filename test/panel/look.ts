/** Looks at a part of the page as everybody sees it: what axe finds wrong, whether it fits, and a picture of it in build/panel-shots. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const shots = join(import.meta.dirname, '../../build/panel-shots');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const schemes = ['light', 'dark'] as const;
/** What a test that looks at several states may take on a busy machine, ms. */
export const patience = 180_000;
/** The narrowest strip, and a window. */
const widths = [320, 900];

const settle = (page: Page) =>
  page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');

/** What axe finds wrong in it, a line each. */
async function faults(page: Page, part: string): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe);
  const run = `axe.run(${JSON.stringify(part)}, { runOnly: ${JSON.stringify(standards)} })`;
  const { violations } = await page.evaluate<AxeResults>(run);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}

/** Light and dark, narrow and wide: nothing is wrong with it, and nothing sticks out. part: a selector. */
export async function lookAt(page: Page, name: string, part = '#section'): Promise<void> {
  mkdirSync(shots, { recursive: true });
  const before = page.viewportSize();
  const found: string[] = [];
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      await settle(page);
      if ((await page.evaluate('document.documentElement.scrollWidth')) !== width) found.push(`${width}: too wide`);
      for (const fault of await faults(page, part)) found.push(`${colorScheme} ${width}: ${fault}`);
      await page.screenshot({ path: join(shots, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
  }
  if (before) await page.setViewportSize(before);
  expect(found).toEqual([]);
}
