/** A call, from every side that a user feels: ringing, answering, dialling, what it takes of the machine, starting. */
import type { Benchmark } from './benchmark.ts';
import { incoming } from './incoming.ts';
import { load } from './load.ts';
import { outgoing } from './outgoing.ts';
import { startUp } from './start-up.ts';

export const call: Benchmark = {
  name: 'call',
  meaning: 'call set-up, load in a call, and start-up, beside baresip in the same run',
  peers: ['baresip', 'kamailio', 'pulseaudio', 'pacat'],
  async run(options) {
    return [
      ...(await incoming(options)),
      ...(await outgoing(options)),
      ...(await load(options)),
      ...(await startUp(options)),
    ];
  },
};
