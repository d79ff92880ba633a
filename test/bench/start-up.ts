/** How soon a phone that is started is registered. Ours alone: baresip can't do the lab's SHA-256 digest. */
import { startLab } from '../../scripts/lab/lab.ts';
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

    const start = () =>
      whileOpen(async (inner) => {
        const began = performance.now();
        const phone = await inner.keep(
          startPhone({
            lines: [{ user, password, server }],
            audio: 'miniaudio',
            env: { PULSE_SERVER: sound.server },
          }),
        );
        await phone.registered();
        return performance.now() - began;
      });
    const took: number[] = [];
    const starts = Math.max(1, Math.ceil(runs / 4));
    // The first start fills caches.
    for (let i = 0; i <= starts; i++) {
      const ms = await start();
      if (i === 0) continue;
      took.push(ms);
      progress(`start ${i} of ${starts}: ${ms.toFixed(0)} ms`);
    }
    return [
      {
        name: 'startUp',
        what: '`thinline --standalone` started (both halves, sound included) → seen to be registered',
        unit: 'ms',
        results: { thinline: summary(took) },
      },
    ];
  });
}
