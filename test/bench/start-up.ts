/** How soon a phone that is started is registered. */
import { startLab } from '../../scripts/lab/lab.ts';
import { startBaresip } from '../peers/baresip.ts';
import { startSoundLab } from '../peers/pulse.ts';
import { startPhone } from '../phone.ts';
import type { BenchmarkOptions, Figure } from './benchmark.ts';
import { whileOpen } from './open.ts';
import { summary } from './statistics.ts';

export function startUp({ runs, progress }: BenchmarkOptions): Promise<Figure[]> {
  return whileOpen(async (open) => {
    const lab = await startLab();
    open.later(() => lab.close());
    const sound = await open.keep(startSoundLab());
    const server = `${lab.host}:${lab.port}`;
    const { user, password } = lab;

    const startOurs = () =>
      whileOpen(async (inner) => {
        const start = performance.now();
        const phone = await inner.keep(
          startPhone({
            lines: [{ user, password, server }],
            audio: 'miniaudio',
            env: { PULSE_SERVER: sound.server },
          }),
        );
        await phone.registered();
        return performance.now() - start;
      });
    const startTheirs = () =>
      whileOpen(async (inner) => {
        const start = performance.now();
        const audio = { server: sound.server, source: 'micB', player: 'earB' };
        const baresip = await inner.keep(startBaresip({ user, password, server, audio }));
        await baresip.registered();
        return performance.now() - start;
      });

    const [ours, theirs]: [number[], number[]] = [[], []];
    const starts = Math.max(1, Math.ceil(runs / 4));
    // The first start of each fills caches.
    for (let i = 0; i <= starts; i++) {
      const [us, them] = [await startOurs(), await startTheirs()];
      if (i === 0) continue;
      ours.push(us);
      theirs.push(them);
      progress(`start ${i} of ${starts}: ${us.toFixed(0)} ms, baresip ${them.toFixed(0)} ms`);
    }
    return [
      {
        name: 'startUp',
        what: 'start (ours: `thinline --standalone`, both halves) → seen to be registered',
        unit: 'ms',
        results: { thinline: summary(ours), baresip: summary(theirs) },
      },
    ];
  });
}
