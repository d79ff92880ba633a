/** How soon a command to dial is an INVITE at the far end. */
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchmarkOptions, Figure } from './benchmark.ts';
import { startDirect } from './direct.ts';
import { whileOpen } from './open.ts';
import { summary } from './statistics.ts';

const warmUps = 3;
const between = 150;

export function outgoing({ runs, progress }: BenchmarkOptions): Promise<Figure[]> {
  return whileOpen(async (open) => {
    const { uac, phone, control, baresip } = await startDirect(open);
    const target = `sip:far@${uac.address}`;

    /** ms from the command to the INVITE, which is refused. */
    const timed = async (command: () => Promise<unknown>, ended: () => Promise<unknown>): Promise<number> => {
      await pause(between);
      const invited = uac.nextInvite();
      const gone = ended();
      const start = performance.now();
      const [at] = await Promise.all([invited, command(), gone]);
      return at - start;
    };
    const dial = () =>
      timed(
        () => control.send({ dial: { target } }),
        () => phone.released(),
      );
    const dialByProgram = () =>
      timed(
        () => phone.does('dial', target),
        () => phone.released(),
      );
    const dialBaresip = () =>
      timed(
        () => baresip.dial(target),
        () => baresip.waitForEvent('CALL_CLOSED'),
      );

    const [ours, theirs, byProgram]: [number[], number[], number[]] = [[], [], []];
    for (let i = -warmUps; i < runs; i++) {
      const [us, them] = [await dial(), await dialBaresip()];
      if (i < 0) continue;
      ours.push(us);
      theirs.push(them);
      progress(`dial ${i + 1} of ${runs}: ${us.toFixed(1)} ms, baresip ${them.toFixed(1)} ms`);
    }
    const programs = Math.max(1, Math.ceil(runs / 2));
    for (let i = 0; i <= programs; i++) {
      const took = await dialByProgram();
      if (i === 0) continue;
      byProgram.push(took);
      progress(`thinline ctl dial ${i} of ${programs}: ${took.toFixed(0)} ms`);
    }
    return [
      {
        name: 'dial',
        what: 'command to dial at the control socket → INVITE received',
        unit: 'ms',
        results: { thinline: summary(ours), baresip: summary(theirs) },
      },
      {
        name: 'ctlDial',
        what: '`thinline ctl dial` started → INVITE received',
        unit: 'ms',
        results: { thinline: summary(byProgram) },
      },
    ];
  });
}
