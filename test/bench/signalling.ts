/** What a contact centre's server feels of a phone: how soon it obeys, how much of it at once, and what a restart costs. */
import { setTimeout as pause } from 'node:timers/promises';
import { account, startBaresip } from '../peers/baresip.ts';
import type { Call } from '../peers/sip-server/call.ts';
import { Desktop } from '../peers/sip-server/operations.ts';
import { SipServer } from '../peers/sip-server/server.ts';
import { startPhone } from '../phone.ts';
import type { Benchmark, BenchmarkOptions, Figure } from './benchmark.ts';
import { openControl } from './control.ts';
import { type Open, whileOpen } from './open.ts';
import { percentile, summary } from './statistics.ts';

const us = { user: '1001', password: 'secret' };
const baresipUser = { user: '1002', password: 'secret' };
const alertInfo = { 'Alert-Info': 'info=alert-autoanswer' };
const warmUps = 3;
/** ms; calls don't follow each other that closely in life. */
const between = 100;
/** A sample for each run of --runs is too few for what takes milliseconds. */
const perRun = 10;

async function startRegistered(open: Open) {
  const server = await SipServer.start({ agents: [us, baresipUser], patience: 4_000 });
  open.later(() => server.close());
  const phone = await open.keep(startPhone({ lines: [{ ...us, server: server.address }] }));
  await phone.registered();
  const control = openControl(phone.folder);
  open.later(() => control.close());
  return { server, phone, control, desktop: new Desktop(server) };
}

interface Answered {
  call: Call;
  /** From NOTIFY talk to the 200 of that NOTIFY, ms. */
  notify: number;
  /** And to the 200 of the INVITE. */
  invite: number;
}

/** A call that an agent answers at the desktop. */
async function answeredByNotify(server: SipServer, desktop: Desktop): Promise<Answered> {
  const call = await desktop.incoming(us.user);
  const talk = await desktop.notify(call, 'talk');
  await server.wait('the phone answers', () => call.invite?.final, call.dialog.callId);
  const { finalAt = Number.NaN } = call.invite ?? {};
  return { call, notify: talk.finalAt - talk.sentAt, invite: finalAt - talk.sentAt };
}

function obeying({ runs, progress }: BenchmarkOptions): Promise<Figure[]> {
  return whileOpen(async (open) => {
    const { server, phone, desktop } = await startRegistered(open);
    const samples: Answered[] = [];
    const count = runs * perRun;
    for (let i = -warmUps; i < count; i++) {
      await pause(between);
      const answered = await answeredByNotify(server, desktop);
      await desktop.release(answered.call);
      await phone.noCalls();
      if (i < 0) continue;
      samples.push(answered);
      if ((i + 1) % 50 === 0) progress(`answered by NOTIFY ${i + 1} of ${count}`);
    }
    const results = (pick: (it: Answered) => number) => ({ thinline: summary(samples.map(pick)) });
    return [
      {
        name: 'notifyAnswered',
        what: 'NOTIFY talk sent → its 200 received',
        unit: 'ms',
        results: results((it) => it.notify),
      },
      {
        name: 'talkAnswered',
        what: 'NOTIFY talk sent → 200 of the INVITE received',
        unit: 'ms',
        results: results((it) => it.invite),
      },
    ];
  });
}

interface Both {
  ours: number[];
  theirs: number[];
}

/** Both phones by themselves, at the same server. */
function besideBaresip({ runs, progress }: BenchmarkOptions): Promise<Figure[]> {
  return whileOpen(async (open) => {
    const { server, phone, control, desktop } = await startRegistered(open);
    const options = { ...baresipUser, server: server.address, codecs: ['pcmu'], autoAnswer: true } as const;
    const baresip = await open.keep(startBaresip(options));
    await server.registered(baresipUser.user);

    const call = async (user: string, ended: () => Promise<unknown>): Promise<number> => {
      await pause(between);
      const answered = await desktop.autoAnswered(user, alertInfo);
      const { sentAt = Number.NaN, finalAt = Number.NaN } = answered.invite ?? {};
      await Promise.all([ended(), desktop.release(answered)]);
      return finalAt - sentAt;
    };
    /** Until the server, which asks for credentials first, has taken the registration. */
    const register = async (user: string, command: () => Promise<unknown>): Promise<number> => {
      server.forgetRegistrations();
      await pause(between);
      const began = performance.now();
      const taken = server.registered(user).then(() => performance.now() - began);
      const [took] = await Promise.all([taken, command()]);
      return took;
    };

    const samples: Record<'call' | 'register', Both> = {
      call: { ours: [], theirs: [] },
      register: { ours: [], theirs: [] },
    };
    for (let i = -warmUps; i < runs; i++) {
      const ours = await call(us.user, () => phone.released().then(() => phone.noCalls()));
      const theirs = await call(baresipUser.user, () => baresip.waitForEvent('CALL_CLOSED'));
      if (i < 0) continue;
      samples.call.ours.push(ours);
      samples.call.theirs.push(theirs);
      progress(`answered by itself ${i + 1} of ${runs}: ${ours.toFixed(1)} ms, baresip ${theirs.toFixed(1)} ms`);
    }
    for (let i = -warmUps; i < runs; i++) {
      const ours = await register(us.user, () => control.send({ register: { lineId: '' } }));
      await baresip.command('uadel', `sip:${baresipUser.user}@${server.address}`);
      const theirs = await register(baresipUser.user, () => baresip.command('uanew', account(options)));
      if (i < 0) continue;
      samples.register.ours.push(ours);
      samples.register.theirs.push(theirs);
      progress(`registration ${i + 1} of ${runs}: ${ours.toFixed(1)} ms, baresip ${theirs.toFixed(1)} ms`);
    }
    const results = ({ ours, theirs }: Both) => ({
      thinline: summary(ours),
      baresip: summary(theirs),
    });
    return [
      {
        name: 'autoAnswered',
        what: 'INVITE that is to be answered at once sent → 200 received',
        unit: 'ms',
        results: results(samples.call),
      },
      {
        name: 'register',
        what: 'command to register → the server has the registration',
        unit: 'ms',
        results: results(samples.register),
      },
    ];
  });
}

/** calls/s: the first rate, and by how much each is above the one before. */
const firstRate = 10;
const rateFactor = 1.25;
/** ms of each rate: so short that the INVITEs of all of them find room in the phone, which keeps each for 32 s. */
const rateLasts = 2_000;
/** ms; an agent would notice more. */
const latest = 200;

/** Calls at that rate, each answered by NOTIFY and then ended: in ms, when the 200s came. Rejects where one fails. */
async function callsAt(rate: number, server: SipServer, desktop: Desktop): Promise<number[]> {
  const calls: Promise<Answered>[] = [];
  const count = Math.round((rate * rateLasts) / 1_000);
  const began = performance.now();
  for (let i = 0; i < count; i++) {
    await pause(Math.max(0, began + (i * 1_000) / rate - performance.now()));
    const one = answeredByNotify(server, desktop).then(async (it) => {
      await server.wait('the call is up', () => it.call.state === 'talking', it.call.dialog.callId);
      await desktop.release(it.call);
      return it;
    });
    one.catch(() => {});
    calls.push(one);
  }
  return (await Promise.all(calls)).flatMap(({ notify, invite }) => [notify, invite]);
}

/** The highest rate at which all went well. */
function highestRate({ progress }: BenchmarkOptions): Promise<number> {
  return whileOpen(async (open) => {
    const { server, phone, desktop } = await startRegistered(open);
    let well = 0;
    for (let rate = firstRate; ; rate *= rateFactor) {
      const p95 = await callsAt(rate, server, desktop).then(
        (delays) => percentile(delays, 95),
        (error: Error) => {
          progress(`${rate.toFixed(0)} calls/s: ${error.message.split('\n')[0]}`);
          return Number.POSITIVE_INFINITY;
        },
      );
      if (p95 > latest) return well;
      well = rate;
      progress(`${rate.toFixed(0)} calls/s: 95 % of the 200s within ${p95.toFixed(1)} ms`);
      await phone.noCalls();
    }
  });
}

async function rate(options: BenchmarkOptions): Promise<Figure[]> {
  const rates: number[] = [];
  const times = Math.max(1, Math.ceil(options.runs / 10));
  while (rates.length < times) rates.push(await highestRate(options));
  return [
    {
      name: 'callRate',
      what: `calls in that one phone takes, each answered by NOTIFY and ended: all went well, 95 % of the 200s within ${latest} ms`,
      unit: 'calls/s',
      results: { thinline: summary(rates) },
    },
  ];
}

const sixLines = Array.from({ length: 6 }, (_, i) => ({ user: String(1001 + i), password: 'secret' }));
/** s; the phone asks again soon, and so notices that the server is gone. */
const granted = 10;

/** The server ends, all lines notice, it starts anew, and all come back. */
function storm({ runs, progress }: BenchmarkOptions): Promise<Figure[]> {
  return whileOpen(async (open) => {
    let server = await SipServer.start({ agents: sixLines, granted });
    open.later(() => server.close());
    const { address } = server;
    const port = Number(address.split(':')[1]);
    const phone = await open.keep(startPhone({ lines: sixLines.map((it) => ({ ...it, server: address })) }));
    await phone.registered();
    const noticed = (): Promise<unknown> =>
      phone.waitFor(
        'every line has noticed',
        (it) => it.phone?.lines.every(({ state }) => state !== 'REGISTERED') === true,
        60_000,
      );

    const durations: number[] = [];
    const rates: number[] = [];
    const times = Math.max(1, Math.ceil(runs / 5));
    while (durations.length < times) {
      await server.close();
      await noticed();
      const began = performance.now();
      server = await SipServer.start({ agents: sixLines, granted, port });
      await Promise.all(sixLines.map(({ user }) => server.registered(user, 60_000)));
      const took = performance.now() - began;
      durations.push(took);
      rates.push((server.registerRequests * 1_000) / took);
      progress(`all six lines back after ${took.toFixed(0)} ms, with ${server.registerRequests} REGISTER requests`);
      await phone.registered();
    }
    return [
      {
        name: 'restart',
        what: 'server there again after it was gone → all six lines registered (reg_interval 1 s)',
        unit: 'ms',
        results: { thinline: summary(durations) },
      },
      {
        name: 'storm',
        what: 'REGISTER requests in that time',
        unit: 'requests/s',
        results: { thinline: summary(rates) },
      },
    ];
  });
}

export const signalling: Benchmark = {
  name: 'signalling',
  meaning: 'answers to a server that moves the phone, calls per second, and registration after a restart',
  peers: ['baresip'],
  async run(options) {
    return [
      ...(await obeying(options)),
      ...(await besideBaresip(options)),
      ...(await rate(options)),
      ...(await storm(options)),
    ];
  },
};
