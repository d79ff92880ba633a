/** How soon an incoming call rings and is answered, seen from the far end. */
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchmarkOptions, Figure } from './benchmark.ts';
import { startDirect, users } from './direct.ts';
import { whileOpen } from './open.ts';
import { summary } from './statistics.ts';
import type { CallTimes } from './uac.ts';

const warmUps = 3;
/** Calls don't follow each other that closely in life; each phone settles first, ms. */
const between = 150;

export function incoming({ runs, progress }: BenchmarkOptions): Promise<Figure[]> {
  return whileOpen(async (open) => {
    const { uac, phone, port, control, baresip } = await startDirect(open);

    /** What a connector does: holds the event stream, and answers when it hears of the call. */
    const callUs = async (): Promise<CallTimes> => {
      const calling = uac.call(users.thinline, port);
      const answering = phone.call('ALERTING').then(({ id }) => control.send({ answer: { callId: id } }));
      const [times] = await Promise.all([calling, answering]);
      await phone.noCalls();
      return times;
    };
    const callBaresip = async (): Promise<CallTimes> => {
      const times = await uac.call(users.baresip, baresip.sipPort);
      await baresip.waitForEvent('CALL_CLOSED');
      return times;
    };

    const ours: CallTimes[] = [];
    const theirs: CallTimes[] = [];
    for (let i = -warmUps; i < runs; i++) {
      await pause(between);
      const us = await callUs();
      await pause(between);
      const them = await callBaresip();
      if (i < 0) continue;
      ours.push(us);
      theirs.push(them);
      progress(
        `incoming call ${i + 1} of ${runs}: ${us.answered.toFixed(1)} ms, baresip ${them.answered.toFixed(1)} ms`,
      );
    }
    const results = (pick: (times: CallTimes) => number) => ({
      thinline: summary(ours.map(pick)),
      baresip: summary(theirs.map(pick)),
    });
    return [
      { name: 'ringing', what: 'INVITE sent → 180 received', unit: 'ms', results: results((it) => it.ringing) },
      {
        name: 'answered',
        // Ours: adapter → link → app layer → event → a program's command → link → adapter.
        what: 'INVITE sent → 200 received (ours: answered through both halves by a program at the event stream; baresip: by itself)',
        unit: 'ms',
        results: results((it) => it.answered),
      },
    ];
  });
}
