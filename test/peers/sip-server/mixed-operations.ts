/** Many operations in a row on one agent's number, mixed and overlapping: two calls at once, each with its own seed. */
import type { Call } from './call.ts';
import { Lock } from './lock.ts';
import { Desktop, type MakeCallOptions } from './operations.ts';
import type { SipServer } from './server.ts';

export interface MixedOptions {
  agent: string;
  seed: number;
  count: number;
  /** The agent's own phone hangs up. */
  hangUp: (call: Call) => Promise<unknown>;
}

/** What happens to one call after another; beside it there is a second one. */
interface Lane {
  call: Call | null;
  /** 0 to 1, without 1. */
  random: () => number;
}

interface Operation {
  name: string;
  /** Whether it makes sense now. */
  fits: (lane: Lane) => boolean;
  /** How much more often than others; 1 when not said. */
  often?: number;
  /** It needs the agent's ear, so that the other call has to be on hold. */
  ear: boolean;
  run: (lane: Lane) => Promise<unknown>;
}

/** Mulberry32: small, and good enough to choose by. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** ms */
const longestRing = 700;

const repeated = (it: Operation): Operation[] => Array.from({ length: it.often ?? 1 }, () => it);

export interface Mixed {
  /** How often each operation was done. */
  times: ReadonlyMap<string, number>;
  /** The most calls that were talked on or held at the same time. */
  callsAtOnce: number;
}

/** Rejects with the first that failed; all calls are released at the end. */
export async function mixOperations(server: SipServer, { agent, seed, count, hangUp }: MixedOptions): Promise<Mixed> {
  const desktop = new Desktop(server);
  const times = new Map<string, number>();
  const ear = new Lock();
  const locks = new WeakMap<Call, Lock>();
  let left = count;
  let numbers = 0;
  let callsAtOnce = 0;

  const alone = <T>(call: Call, act: () => Promise<T>): Promise<T> => {
    const lock = locks.get(call) ?? new Lock();
    locks.set(call, lock);
    return lock.run(act);
  };
  const note = (name: string): void => {
    times.set(name, (times.get(name) ?? 0) + 1);
    left -= 1;
    callsAtOnce = Math.max(callsAtOnce, server.calls.filter(({ state }) => state === 'talking').length);
  };
  const destination = (lane: Lane) => {
    numbers += 1;
    return { number: `7${String(numbers).padStart(4, '0')}`, rings: Math.floor(lane.random() * longestRing) };
  };
  const copies = (lane: Lane) => ({ copies: lane.random() < 0.3 ? 2 : 1 });
  const busy = { status: 486, reason: 'Busy Here' };
  const digits = (lane: Lane): string => String(Math.floor(10 + lane.random() * 90));

  const start =
    (options: MakeCallOptions) =>
    async (lane: Lane): Promise<void> => {
      lane.call = await desktop.makeCall(agent, destination(lane), options);
    };
  /** On a call that goes on. */
  const withCall =
    (act: (call: Call, lane: Lane) => Promise<unknown>) =>
    async (lane: Lane): Promise<void> => {
      const { call } = lane;
      if (call) await alone(call, () => act(call, lane));
    };
  const ending = (act: (call: Call, lane: Lane) => Promise<unknown>) =>
    withCall(async (call, lane) => {
      await act(call, lane);
      lane.call = null;
    });

  const idle = ({ call }: Lane): boolean => call === null;
  const ringing = ({ call }: Lane): boolean => call?.state === 'ringing';
  const talking = ({ call }: Lane): boolean => call?.state === 'talking';
  const heard = (lane: Lane): boolean => talking(lane) && !lane.call?.heldByPhone;
  const held = (lane: Lane): boolean => talking(lane) && lane.call?.heldByPhone === true;
  const always = (): boolean => true;

  const ofCalls: readonly Operation[] = [
    {
      name: 'incoming',
      fits: idle,
      ear: false,
      run: async (lane) => {
        lane.call = await desktop.incoming(agent);
      },
    },
    { name: 'make call, flow 1', fits: idle, ear: true, run: start({}) },
    { name: 'make call, flow 2', fits: idle, ear: true, run: start({ flow: 2 }) },
    {
      name: 'make call to one who is busy',
      fits: idle,
      ear: true,
      run: (lane) => desktop.makeCall(agent, { ...destination(lane), refusal: busy }),
    },
    {
      name: 'make call by REFER',
      fits: idle,
      ear: true,
      run: async (lane) => {
        lane.call = await desktop.makeCallByRefer(agent, destination(lane));
      },
    },
    {
      name: 'answer',
      often: 4,
      fits: ringing,
      ear: true,
      run: withCall((call, lane) => desktop.answer(call, copies(lane))),
    },
    { name: 'cancel', fits: ringing, ear: false, run: ending((call) => desktop.cancel(call)) },
    { name: 'bridge', often: 2, fits: talking, ear: false, run: withCall((call) => desktop.bridge(call)) },
    { name: 'conference', fits: talking, ear: false, run: withCall((call) => desktop.conference(call)) },
    { name: 'beep', fits: talking, ear: false, run: withCall((call) => desktop.beep(call)) },
    { name: 'hold', often: 2, fits: heard, ear: true, run: withCall((call, lane) => desktop.hold(call, copies(lane))) },
    {
      name: 'retrieve',
      often: 3,
      fits: held,
      ear: true,
      run: withCall((call, lane) => desktop.retrieve(call, copies(lane))),
    },
    { name: 'dtmf', often: 3, fits: heard, ear: true, run: withCall((call, lane) => desktop.dtmf(call, digits(lane))) },
    {
      name: 'consult and complete',
      often: 2,
      fits: heard,
      ear: true,
      run: withCall(async (call, lane) => {
        const consultation = await desktop.consult(call, destination(lane));
        await desktop.completeTransfer(call, consultation);
        lane.call = consultation;
      }),
    },
    {
      name: 'complete by REFER',
      often: 2,
      fits: heard,
      ear: true,
      run: withCall(async (call, lane) => {
        lane.call = await desktop.completeByRefer(call, destination(lane));
      }),
    },
    {
      name: 'replace',
      often: 2,
      fits: heard,
      ear: true,
      run: withCall(async (call, lane) => {
        lane.call = await desktop.replace(call);
      }),
    },
    {
      name: 'single-step transfer',
      fits: talking,
      ear: false,
      run: ending((call) => desktop.singleStepTransfer(call)),
    },
    { name: 'release', fits: talking, ear: false, run: ending((call) => desktop.release(call)) },
    {
      name: 'release by the phone',
      fits: talking,
      ear: false,
      run: ending((call) => desktop.releaseByPhone(call, () => hangUp(call))),
    },
  ];
  /** Whatever else is going on. */
  const beside: readonly Operation[] = [
    { name: 'keep-alive', fits: always, ear: false, run: () => desktop.keepAlive(agent) },
    {
      name: 'talk outside of any call',
      fits: always,
      ear: false,
      run: async () => {
        const status = await desktop.statusOutside(agent, 'talk');
        if (status !== 481) throw new Error(`NOTIFY talk outside of any call was answered ${status}`);
      },
    },
  ];

  async function holdOthers(lane: Lane): Promise<void> {
    const heardNow = (call: Call): boolean => call.state === 'talking' && !call.heldByPhone;
    for (const other of server.calls.filter((it) => it !== lane.call && it.agent === agent && heardNow(it))) {
      await alone(other, async () => {
        if (!heardNow(other)) return;
        await desktop.hold(other, copies(lane));
        note('hold');
      });
    }
  }

  async function step(lane: Lane): Promise<void> {
    const fitting = lane.random() < 0.1 ? beside : ofCalls.filter(({ fits }) => fits(lane)).flatMap(repeated);
    const operation = fitting[Math.floor(lane.random() * fitting.length)];
    if (!operation) throw new Error(`nothing can be done with a call that is ${lane.call?.state}`);
    const act = async (): Promise<void> => {
      // Meanwhile it may have been put on hold for the other one.
      if (!operation.fits(lane)) return;
      if (operation.ear) await holdOthers(lane);
      await operation.run(lane);
      note(operation.name);
    };
    await (operation.ear ? ear.run(act) : act());
  }

  async function work(lane: Lane): Promise<void> {
    try {
      while (left > 0) await step(lane);
    } catch (error) {
      left = 0;
      throw error;
    }
    const { call } = lane;
    if (call) await alone(call, () => (call.state === 'ringing' ? desktop.cancel(call) : desktop.release(call)));
  }

  const lanes = [1, 2].map((n): Lane => ({ call: null, random: randomFrom(seed * 2 + n) }));
  const outcomes = await Promise.allSettled(lanes.map(work));
  const failed = outcomes.find((it) => it.status === 'rejected');
  if (failed) throw failed.reason;
  return { times, callsAtOnce };
}
