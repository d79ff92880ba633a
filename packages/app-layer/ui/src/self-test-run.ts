/** Runs the self-test: hears of the phone, and does what the test wants of it. */
import type { PanelCommand } from '../../src/panel/api.ts';
import { makeSource, type Source } from '../../src/source.ts';
import { send } from './client.ts';
import {
  advance,
  isRunning,
  notTested,
  type SelfTest,
  type SelfTestEvent,
  type Step,
  type World,
} from './self-test.ts';
import { levels, type PanelState, panel } from './store.ts';

const tickMs = 250;

export const selfTest: Source<SelfTest> = makeSource(notTested);

export function worldOf({ phone: state, desk, lost }: PanelState): World {
  const phone = state?.phone;
  return {
    down: lost !== null || state?.link.state !== 'up',
    link: state?.link ?? null,
    audio: phone?.audio ?? null,
    lines: phone?.lines ?? [],
    calls: phone?.calls ?? [],
    released: state?.released ?? [],
    qualities: phone?.qualities ?? [],
    echoTarget: desk?.echoTarget ?? '',
  };
}

let ending: (() => void) | null = null;

function tell(event: SelfTestEvent): void {
  const before = selfTest.get();
  const { test, wanted } = advance(before, event, worldOf(panel.get()), Date.now());
  if (test !== before) selfTest.set(test);
  for (const command of wanted) void carryOut(command);
  if (!isRunning(test)) {
    ending?.();
    ending = null;
  }
}

const stepOf = (command: PanelCommand): Step | null => {
  if ('dial' in command) return 'echo';
  if (!('testSound' in command)) return null;
  const { kind } = command.testSound;
  return kind === 'MICROPHONE' ? 'microphone' : kind === 'TONE' ? 'loudspeaker' : null;
};

async function carryOut(command: PanelCommand): Promise<void> {
  const { callId, failure } = await send(command);
  const step = stepOf(command);
  if (failure && step) tell({ kind: 'refused', step, failure });
  if (!failure && step === 'echo') tell({ kind: 'dialled', callId });
}

export function startSelfTest(): void {
  tell({ kind: 'start' });
  if (!isRunning(selfTest.get()) || ending) return;
  const timer = setInterval(() => tell({ kind: 'tick' }), tickMs);
  const unwatch = [
    panel.watch(() => tell({ kind: 'tick' })),
    levels.watch(() => {
      const level = levels.get();
      if (level) tell({ kind: 'level', dbfs: level.microphoneDbfs });
    }),
  ];
  addEventListener('pagehide', cancelSelfTest);
  ending = () => {
    clearInterval(timer);
    removeEventListener('pagehide', cancelSelfTest);
    for (const stop of unwatch) stop();
  };
}

export const answerSelfTest = (yes: boolean): void => tell({ kind: 'heard', yes });

export function cancelSelfTest(): void {
  tell({ kind: 'cancel' });
}
