/** The panel: what is loaded, how soon it can be used, how soon a call is seen, and what a day leaves in memory. */
import type { Benchmark } from './benchmark.ts';
import { day } from './panel/day.ts';
import { opening } from './panel/opening.ts';
import { reload } from './panel/reload.ts';
import { ring } from './panel/ring.ts';
import { size } from './panel/size.ts';

export const panel: Benchmark = {
  name: 'panel',
  meaning:
    'the panel in a browser: size, opening, an incoming call until it is seen, loading anew in a call, memory after 8 h with 400 calls',
  peers: ['chromium', 'baresip'],
  async run(options) {
    return [
      ...size(),
      ...(await opening(options)),
      ...(await ring(options)),
      ...(await reload(options)),
      ...(await day(options)),
    ];
  },
};
