/** The page is loaded anew in a call: until the same call is seen, and whether its sound went on. */
import { startLab } from '../../../scripts/lab/lab.ts';
import { launchChromium } from '../../peers/chromium.ts';
import { startPhone } from '../../phone.ts';
import type { BenchmarkOptions, Figure } from '../benchmark.ts';
import { openControl } from '../control.ts';
import { whileOpen } from '../open.ts';
import { summary } from '../statistics.ts';
import { now, ready, seenAt, watchedPage } from './browser.ts';

/** The card of a call that is up. */
const talking = '.call.ok';

export function reload({ runs, progress }: BenchmarkOptions): Promise<Figure[]> {
  return whileOpen(async (open) => {
    const lab = await startLab();
    open.later(() => lab.close());
    const line = { user: lab.user, password: lab.password, server: `${lab.host}:${lab.port}` };
    const phone = await open.keep(startPhone({ lines: [line], audio: { tone: 1000 } }));
    await phone.registered();
    const control = openControl(phone.folder);
    open.later(() => control.close());
    const browser = await launchChromium();
    open.later(() => browser.close());
    const page = await watchedPage(await browser.newContext());
    await page.goto(phone.url);
    await seenAt(page, ready);
    await control.send({ dial: { target: '600' } });
    await phone.call('TALKING');
    await phone.waitForTone(1000);

    const seen: number[] = [];
    for (let i = 0; i < runs; i++) {
      const start = now();
      await page.reload({ waitUntil: 'commit' });
      const shown = await seenAt(page, talking);
      seen.push(shown - start);
      progress(`loaded anew ${i + 1} of ${runs}: ${(shown - start).toFixed(0)} ms`);
    }
    const gapMs = phone.state().phone?.qualities[0]?.longestGapMs ?? Number.NaN;
    return [
      {
        name: 'loaded anew in a call',
        what: 'page loaded anew in a call → the same call is painted',
        unit: 'ms',
        results: { thinline: summary(seen) },
      },
      {
        name: 'sound meanwhile',
        what: 'the longest time without sound in that call',
        unit: 'ms',
        results: { thinline: summary([gapMs]) },
      },
    ];
  });
}
