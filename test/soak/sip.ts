/** Thousands of calls on six lines, in and out, held and moved by the server: what the adapter keeps of them. */
import { setTimeout as pause } from 'node:timers/promises';
import type { PhoneState } from '@thinline/app-layer/endpoint/replica.ts';
import { type Control, openControl } from '../bench/control.ts';
import { whileOpen } from '../bench/open.ts';
import { usageOf } from '../bench/usage.ts';
import { freePort } from '../peers/ports.ts';
import type { Call } from '../peers/sip-server/call.ts';
import { Lock } from '../peers/sip-server/lock.ts';
import { Desktop } from '../peers/sip-server/operations.ts';
import { SipServer } from '../peers/sip-server/server.ts';
import { until } from '../peers/until.ts';
import { type Phone, startPhone } from '../phone.ts';
import { type Inside, inspectable, lookInside, opened } from '../tools/inside.ts';
import type { Reading, Soak, SoakOptions, SoakResult } from './soak.ts';

const agents = Array.from({ length: 6 }, (_, i) => ({ user: String(1001 + i), password: 'secret' }));
/** Calls after which caches are full and code is compiled. */
const warmUp = 200;
/** How much more of it there may be at the end. */
const mostGrowth = 1.05;
/** ms from one call's beginning to the next: the phone has room for 512 INVITEs of its own, and keeps each for 32 s. */
const between = 160;
/** ms */
const progressEvery = 5_000;
/** ms; transactions stay for 32 s after their last message (RFC 3261 §17.2.2). */
const transactionsEnd = 60_000;
const linkReturns = 30_000;

interface Scene {
  server: SipServer;
  desktop: Desktop;
  /** Of the line. */
  user: string;
  lineId: string;
  /** Nobody else's. */
  number: string;
  /** What needs the agent's ear, one after the other: the phone holds a call itself where another is answered. */
  ear: Lock;
  control: Control;
  phone: Phone;
}

interface Kind {
  name: string;
  /** Among as many calls as all shares together. */
  share: number;
  run(scene: Scene): Promise<unknown>;
}

/** Others are talked to while it is on hold. */
async function talkAndHold({ desktop, ear, user }: Scene, begin: () => Promise<Call>): Promise<void> {
  const call = await ear.run(async () => {
    const begun = await begin();
    await desktop.bridge(begun);
    await desktop.hold(begun);
    return begun;
  });
  await desktop.keepAlive(user);
  await ear.run(async () => {
    await desktop.retrieve(call, { copies: 2 });
    await desktop.release(call);
  });
}

const busy = { status: 486, reason: 'Busy Here' };

/** The phone calls; settles when it has been answered or refused. */
async function dial({ server, control, number, lineId }: Scene, refusal?: typeof busy): Promise<Call> {
  server.expect({ number, rings: 10, ...(refusal ? { refusal } : {}) });
  await control.send({ dial: { target: number, lineId } });
  const call = await server.wait(`the phone calls ${number}`, () => server.callTo(number));
  await server.wait(`${number} has answered`, () => call.state === (refusal ? 'ended' : 'talking'), call.dialog.callId);
  return call;
}

async function hangUp({ phone, control }: Scene, { dialog }: Call): Promise<void> {
  const idIn = ({ phone: it }: PhoneState) => it?.calls.find(({ sipCallId }) => sipCallId === dialog.callId)?.id;
  const state = await phone.waitFor('the call is there', (it) => idIn(it) !== undefined);
  await control.send({ hangUp: { callId: idIn(state) ?? '' } });
}

/** Rings at once; what comes back answers it. */
async function ringing({ desktop, user }: Scene): Promise<() => Promise<Call>> {
  const call = await desktop.incoming(user);
  return async () => {
    await desktop.answer(call);
    return call;
  };
}

const kinds: readonly Kind[] = [
  {
    name: 'in, answered and held by NOTIFY',
    share: 7,
    run: async (scene) => talkAndHold(scene, await ringing(scene)),
  },
  { name: 'out, held by NOTIFY', share: 6, run: (scene) => talkAndHold(scene, () => dial(scene)) },
  {
    name: 'made by the server for the agent',
    share: 2,
    run: (scene) => talkAndHold(scene, () => scene.desktop.makeCall(scene.user, { number: scene.number, rings: 10 })),
  },
  {
    name: 'in, ended by the phone',
    share: 2,
    run: async (scene) => {
      const answer = await ringing(scene);
      await scene.ear.run(async () => {
        const call = await answer();
        await scene.desktop.releaseByPhone(call, () => hangUp(scene, call));
      });
    },
  },
  {
    name: 'in, with a digit',
    share: 1,
    run: async (scene) => {
      const answer = await ringing(scene);
      await scene.ear.run(async () => {
        const call = await answer();
        await scene.desktop.dtmf(call, '5');
        await scene.desktop.release(call);
      });
    },
  },
  {
    name: 'in, given up by the caller',
    share: 1,
    run: async ({ desktop, user }) => desktop.cancel(await desktop.incoming(user)),
  },
  {
    name: 'out, to one who is busy',
    share: 1,
    run: (scene) => scene.ear.run(() => dial(scene, busy)),
  },
];

const turns = kinds.flatMap((kind) => Array.from({ length: kind.share }, () => kind));

/** The n-th call is always of the same kind, and kinds are mixed. */
const kindOf = (n: number): Kind => {
  const kind = turns[(n * 7) % turns.length];
  if (!kind) throw new Error('unreachable: there are kinds');
  return kind;
};

async function readingOf(inside: Inside, pid: number, calls: number): Promise<Reading> {
  const heapMb = (await inside.heapUsed()) / 1e6;
  const { residentMb } = await usageOf(pid);
  return { calls, residentMb, heapMb, ...(await opened(inside)) };
}

/** The same in both readings, but for what every process has more of the longer it runs. */
function faultsOf(first: Reading, last: Reading): string[] {
  const grown = (['residentMb', 'heapMb'] as const).filter((it) => last[it] > first[it] * mostGrowth);
  const left = (['transactions', 'dialogs'] as const).filter((it) => last[it] > 0);
  return [
    ...grown.map((it) => `${it} has grown from ${first[it].toFixed(1)} to ${last[it].toFixed(1)}`),
    ...left.map((it) => `${last[it]} ${it} are left`),
  ];
}

async function run({ calls, progress }: SoakOptions): Promise<SoakResult> {
  return whileOpen(async (open) => {
    const began = performance.now();
    const seconds = (): number => Math.round((performance.now() - began) / 1000);
    const server = await SipServer.start({ agents });
    open.later(() => server.close());
    const port = await freePort();
    const phone = await open.keep(
      startPhone({
        lines: agents.map((it) => ({ ...it, server: server.address })),
        env: { NODE_OPTIONS: inspectable(port) },
      }),
    );
    await phone.registered();
    const control = openControl(phone.folder);
    open.later(() => control.close());
    const { lines = [], endpoint } = phone.state().phone ?? {};
    const pid = endpoint?.pid ?? 0;
    const inside = await lookInside(pid, port);
    open.later(() => inside.close());

    const shared = { server, desktop: new Desktop(server), ear: new Lock(), control, phone };
    const kindCounts = new Map<string, number>();
    let begun = 0;
    let done = 0;
    let nextAt = 0;
    const lane = async (n: number, upTo: number): Promise<void> => {
      while (begun < upTo) {
        const { name, run: make } = kindOf(begun);
        begun += 1;
        const number = String(70_000 + begun);
        const now = performance.now();
        nextAt = Math.max(nextAt + between, now);
        await pause(nextAt - now);
        const place = { user: agents[n]?.user ?? '', lineId: lines[n]?.id ?? '', number };
        await make({ ...shared, ...place });
        done += 1;
        kindCounts.set(name, (kindCounts.get(name) ?? 0) + 1);
      }
    };
    /** All lines at once, then until the last transaction is over. */
    const phase = async (upTo: number): Promise<Reading> => {
      const outcomes = await Promise.allSettled(agents.map((_, n) => lane(n, upTo)));
      const failed = outcomes.find((it) => it.status === 'rejected');
      if (failed) throw failed.reason;
      await phone.noCalls();
      const isDone = async (): Promise<boolean> => (await opened(inside)).transactions === 0;
      await until('no transaction is open', isDone, transactionsEnd, 5_000).catch(() => {});
      return readingOf(inside, pid, done);
    };
    const tell = setInterval(async () => {
      const { residentMb } = await usageOf(pid);
      progress(`${done} of ${calls} calls, ${seconds()} s, adapter ${residentMb.toFixed(0)} MB`);
    }, progressEvery);
    open.later(() => clearInterval(tell));

    const first = await phase(Math.min(warmUp, Math.ceil(calls / 2)));
    progress(`after ${first.calls} calls: ${JSON.stringify(first)}`);
    const last = await phase(calls);
    await server.passed();
    // The adapter stands still while it is looked into, so that the app layer may have lost it meanwhile and said so.
    const warnings = phone.log.split('\n').filter((it) => /^\S+ (warning|error) +adapter/.test(it));
    const obeys = (): Promise<boolean> =>
      control.send({ register: { lineId: '' } }).then(
        () => true,
        () => false,
      );
    await until('the app layer has the adapter again', obeys, linkReturns);
    return {
      seconds: seconds(),
      kinds: Object.fromEntries(kindCounts),
      first,
      last,
      faults: [...faultsOf(first, last), ...warnings],
    };
  });
}

export const sip: Soak = {
  name: 'sip',
  meaning:
    'six lines, calls in and out with holds by NOTIFY: memory, transactions and dialogs of the adapter afterwards',
  run,
};
