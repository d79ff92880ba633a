/** What happens to a desktop's channel, each as a record: how it is broken, and how it is mended. */
import { randomBytes } from 'node:crypto';
import type { Rig } from './rig.ts';

export interface Fault {
  name: string;
  /** What the agent gets to see of it: a lost link, nothing, or no panel either. */
  seen: 'lost' | 'nothing' | 'no panel';
  /** The call doesn't outlive it. */
  endsCalls?: boolean;
  /** From when on the channel is broken, by performance.now(). */
  strike(rig: Rig): Promise<number>;
  /** How long it stays so, ms. */
  lasts?: number;
  /** Settles at the moment from which on there can be a channel again. */
  mend(rig: Rig): Promise<void>;
}

const nothing = async (): Promise<void> => {};
const garbage = 1000;

/** The moment just before. */
const now =
  (strike: (rig: Rig) => unknown) =>
  async (rig: Rig): Promise<number> => {
    const at = performance.now();
    await strike(rig);
    return at;
  };

export const clientKilled: Fault = {
  name: 'the client is killed, and another one connects',
  seen: 'lost',
  strike: now(({ client }) => client.kill()),
  mend: async (rig) => {
    rig.client = await rig.connect();
  },
};

export const sessionTaken: Fault = {
  name: 'a second client takes the session',
  seen: 'lost',
  strike: async (rig) => {
    const first = rig.client;
    rig.client = await rig.connect();
    await first.exited;
    const at = performance.now();
    await first.stop();
    return at;
  },
  mend: nothing,
};

export const clientFrozen = (lasts: number): Fault => ({
  name: `the client stands still for ${lasts / 1000} s`,
  seen: 'lost',
  strike: now(({ client }) => client.freeze()),
  lasts,
  mend: async ({ client }) => client.thaw(),
});

export const adapterKilled: Fault = {
  name: 'the adapter is killed and started again',
  seen: 'lost',
  endsCalls: true,
  strike: now(({ endpoint }) => endpoint.kill()),
  mend: ({ endpoint }) => endpoint.start(),
};

export const appKilled: Fault = {
  name: 'the app layer is killed and started again',
  seen: 'no panel',
  strike: now(({ phone }) => phone.kill()),
  mend: ({ phone }) => phone.start(),
};

export const garbageInjected: Fault = {
  name: `${garbage} bytes of garbage are injected each way`,
  seen: 'nothing',
  strike: now(({ meddler }) => {
    meddler.inject(randomBytes(garbage), 'adapter');
    meddler.inject(randomBytes(garbage), 'desktop');
  }),
  mend: nothing,
};

export const channelCut: Fault = {
  name: 'the add-in loses the adapter for a moment',
  seen: 'lost',
  strike: now(({ meddler }) => meddler.cut()),
  mend: nothing,
};

export const channelStuck = (lasts: number): Fault => ({
  name: `nothing is carried for ${lasts / 1000} s`,
  seen: lasts > 2000 ? 'lost' : 'nothing',
  strike: now(({ meddler }) => meddler.freeze()),
  lasts,
  mend: async ({ meddler }) => meddler.thaw(),
});

/** Commands arrive and are done, and nobody hears of it. */
export const answersStuck = (lasts: number): Fault => ({
  name: `what the adapter says is not carried for ${lasts / 1000} s`,
  seen: 'lost',
  strike: now(({ meddler }) => meddler.freeze('desktop')),
  lasts,
  mend: async ({ meddler }) => meddler.thaw(),
});
