/** From the address to a panel that can be used, with nothing in the browser's cache. */
import { launchChromium } from '../../peers/chromium.ts';
import { startPhone } from '../../phone.ts';
import type { BenchmarkOptions, Figure } from '../benchmark.ts';
import { whileOpen } from '../open.ts';
import { summary } from '../statistics.ts';
import { openUac } from '../uac.ts';
import { now, ready, seenAt, watchedPage } from './browser.ts';

const warmUps = 2;

export function opening({ runs, progress }: BenchmarkOptions): Promise<Figure[]> {
  return whileOpen(async (open) => {
    const uac = await openUac();
    open.later(() => uac.close());
    const lines = [{ user: 'agent', server: uac.address, registerTimeout: 0 }];
    const phone = await open.keep(startPhone({ lines }));
    await phone.waitFor('the line is there', (it) => it.phone?.lines[0]?.state === 'STANDALONE');
    const browser = await launchChromium();
    open.later(() => browser.close());

    const interactive: number[] = [];
    for (let i = -warmUps; i < runs; i++) {
      const context = await browser.newContext();
      const page = await watchedPage(context);
      const start = now();
      await page.goto(phone.url, { waitUntil: 'commit' });
      const seen = await seenAt(page, ready);
      await context.close();
      if (i < 0) continue;
      interactive.push(seen - start);
      progress(`opening ${i + 1} of ${runs}: ${(seen - start).toFixed(0)} ms`);
    }
    return [
      {
        name: 'opening',
        what: 'address entered → the phone is shown and a number can be typed (new browser profile, no cache)',
        unit: 'ms',
        results: { thinline: summary(interactive) },
      },
    ];
  });
}
