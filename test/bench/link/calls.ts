/** From the panel to the wire and back, with the real halves at the two ends of the link. */
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchmarkOptions, Figure } from '../benchmark.ts';
import { whileOpen } from '../open.ts';
import { summary } from '../statistics.ts';
import { type LinkedPhone, startLinked, user } from './phones.ts';
import type { Way } from './ways.ts';

const warmUps = 2;
/** The panel is told of changes at once after a quiet time, and calls don't follow each other closer in life, ms. */
const between = 300;

/** ms from a command to dial to the INVITE, which is refused. */
async function dial({ uac, control, panel }: LinkedPhone): Promise<number> {
  const invited = uac.nextInvite();
  const began = performance.now();
  const [at, { callId }] = await Promise.all([invited, control.send({ dial: { target: `sip:far@${uac.address}` } })]);
  await panel.waitFor('the call has ended', ({ released }) => released[0]?.id === callId);
  return at - began;
}

/** ms from an INVITE to the news of it; the call is answered, and ended by the far end. */
async function ring({ uac, control, panel, port }: LinkedPhone): Promise<number> {
  const began = performance.now();
  const calling = uac.call(user, port);
  const answering = panel.call('ALERTING').then(async ({ id }) => {
    const at = performance.now();
    await control.send({ answer: { callId: id } });
    return at;
  });
  const [at] = await Promise.all([answering, calling]);
  await panel.waitFor('no calls', ({ phone }) => phone?.calls.length === 0);
  return at - began;
}

/** Nothing where the halves aren't run over this way. */
export function measureCalls(way: Way, { runs, progress }: BenchmarkOptions): Promise<Figure[]> {
  return whileOpen(async (open) => {
    const linked = await startLinked(way, open);
    if (!linked) return [];
    const [dials, rings]: [number[], number[]] = [[], []];
    for (let i = -warmUps; i < runs; i++) {
      await pause(between);
      const dialled = await dial(linked);
      await pause(between);
      const rang = await ring(linked);
      if (i < 0) continue;
      dials.push(dialled);
      rings.push(rang);
      progress(`${way.name}: call ${i + 1} of ${runs}: ${dialled.toFixed(1)} and ${rang.toFixed(1)} ms`);
    }
    const figure = (name: string, what: string, samples: readonly number[]): Figure => ({
      name: `${way.name}.${name}`,
      what: `${way.meaning}: ${what}`,
      unit: 'ms',
      results: { thinline: summary(samples) },
    });
    return [
      figure('dial', "command to dial at the panel's HTTP API → INVITE received", dials),
      figure('ring', "INVITE sent → the call in the panel's event stream", rings),
    ];
  });
}
