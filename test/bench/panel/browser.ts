/** A browser with the panel open, which notes when things are there to be seen. */
import type { BrowserContext, Page } from 'playwright-core';

/** Runs in the page; seenAt settles with the time of the first paint that shows what is selected, ms since 1970. */
const watch = `
  const painted = () => new Promise((resolve) => {
    // A message is handled after the frame that was asked for has been painted.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
      port2.postMessage(null);
    });
  });
  window.seenAt = (selector) => new Promise((resolve) => {
    const look = () => document.querySelector(selector) !== null;
    if (look()) return void painted().then(resolve);
    const observer = new MutationObserver(() => {
      if (!look()) return;
      observer.disconnect();
      void painted().then(resolve);
    });
    observer.observe(document, { childList: true, subtree: true, attributes: true });
  });
`;

export async function watchedPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript(watch);
  return page;
}

/** When the page first paints what is selected, ms since 1970; at once where it is there. */
export const seenAt = (page: Page, selector: string): Promise<number> =>
  page.evaluate<number>(`seenAt(${JSON.stringify(selector)})`);

/** What is there when the agent can dial: the field. */
export const ready = '#destination:enabled';
/** The card of a call that rings. */
export const alerting = '.call.alerting';

export const now = (): number => performance.timeOrigin + performance.now();
