/** The scenarios of this folder, once: who calls, and how SIPp has to run. README.md says what each of them asserts. */
import { join } from 'node:path';
import { type Sipp, type SippOptions, startSipp } from '../../peers/sipp.ts';

interface Scenario {
  /** Who sends the INVITE. */
  caller: 'phone' | 'sipp';
  /** false where the phone's retransmissions are what the scenario is about. */
  retransmissions?: false;
}

export const scenarios = {
  'busy-486': { caller: 'phone' },
  'bye-before-ack': { caller: 'sipp' },
  cancel: { caller: 'phone' },
  'cancel-race': { caller: 'phone' },
  'delayed-offer-invite': { caller: 'sipp' },
  'decline-603': { caller: 'phone' },
  'early-media': { caller: 'phone' },
  'forked-180': { caller: 'phone' },
  'glare-491': { caller: 'phone' },
  'hold-by-remote': { caller: 'sipp' },
  'in-dialog-481-bye': { caller: 'phone' },
  'in-dialog-481-reinvite': { caller: 'phone' },
  'incoming-cancel': { caller: 'sipp' },
  'late-and-repeated-200': { caller: 'phone', retransmissions: false },
  'not-found-404': { caller: 'phone' },
  'redirect-302': { caller: 'phone' },
  'reinvite-without-sdp': { caller: 'sipp' },
  reject: { caller: 'sipp' },
  'silence-408': { caller: 'phone', retransmissions: false },
  'uas-2xx-retransmission': { caller: 'sipp', retransmissions: false },
  'unknown-dialog': { caller: 'sipp' },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;

/** Where the phone is that SIPp calls, and which user; a scenario in which the phone calls needs neither. */
export interface Called {
  remote: string;
  service: string;
}

/** Starts SIPp with the scenario; where the phone calls, its `host:port` is what the phone's line has as server. */
export function startScenario(
  name: ScenarioName,
  called?: Called,
  options: Omit<SippOptions, 'scenario' | 'remote' | 'service'> = {},
): Promise<Sipp> {
  const scenario: Scenario = scenarios[name];
  if ((scenario.caller === 'sipp') !== (called !== undefined)) {
    throw new Error(
      `In ${name} the ${scenario.caller === 'sipp' ? 'phone is called: say where it is' : 'phone calls'}.`,
    );
  }
  return startSipp({
    scenario: join(import.meta.dirname, `${name}.xml`),
    ...called,
    ...(scenario.retransmissions === false ? { retransmissions: false } : {}),
    ...options,
  });
}
