/** From the INVITE at the phone's port to the card of the call on the screen. */
import { launchChromium } from '../../peers/chromium.ts';
import type { BenchmarkOptions, Figure } from '../benchmark.ts';
import { startDirect, users } from '../direct.ts';
import { whileOpen } from '../open.ts';
import { percentile, summary } from '../statistics.ts';
import { alerting, now, ready, seenAt, watchedPage } from './browser.ts';

const warmUps = 3;

/** Five times as many calls, as the hundredth part of them is asked for. */
export function ring({ runs, progress }: BenchmarkOptions): Promise<Figure[]> {
  return whileOpen(async (open) => {
    const { uac, phone, port, control } = await startDirect(open);
    const browser = await launchChromium();
    open.later(() => browser.close());
    const page = await watchedPage(await browser.newContext());
    await page.goto(phone.url);
    await seenAt(page, ready);

    const seen: number[] = [];
    const calls = 5 * runs;
    for (let i = -warmUps; i < calls; i++) {
      const card = seenAt(page, alerting);
      // Until the page watches: evaluations are done in order.
      await page.evaluate('null');
      const start = now();
      const calling = uac.call(users.thinline, port);
      const shown = await card;
      const { id } = await phone.call('ALERTING');
      await Promise.all([calling, control.send({ answer: { callId: id } })]);
      await phone.noCalls();
      await page.locator(alerting).waitFor({ state: 'detached' });
      if (i < 0) continue;
      seen.push(shown - start);
      if (i % 10 === 9) progress(`call ${i + 1} of ${calls} seen after ${(shown - start).toFixed(1)} ms`);
    }
    const what = 'INVITE sent → the call is painted (adapter, link, app layer, event, page)';
    return [
      { name: 'incoming call seen', what, unit: 'ms', results: { thinline: summary(seen) } },
      {
        name: 'incoming call seen, p99',
        what: `${what}: the slowest of a hundred`,
        unit: 'ms',
        results: { thinline: summary([percentile(seen, 99)]) },
      },
    ];
  });
}
