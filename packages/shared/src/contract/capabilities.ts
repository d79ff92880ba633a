/** What an endpoint can be asked to do, by the names of Command's body, and since which version. */
import type { CommandInput } from './types.ts';

/** As JSON names it: "hangUp". */
export type Capability = Exclude<keyof CommandInput, 'id' | 'sessionId' | 'body'>;

interface Row {
  /** As what follows "can" or "cannot". */
  words: string;
  /** The first protocol that had it. */
  protocol: number;
  /** The first adapter that had it. */
  version: string;
}

/** In the order of the contract. */
export const capabilities: Readonly<Record<Capability, Row>> = {
  configure: { words: 'be configured', protocol: 1, version: '0.1.0' },
  dial: { words: 'make calls', protocol: 1, version: '0.1.0' },
  answer: { words: 'answer calls', protocol: 1, version: '0.1.0' },
  reject: { words: 'reject calls', protocol: 1, version: '0.1.0' },
  hangUp: { words: 'end calls', protocol: 1, version: '0.1.0' },
  hold: { words: 'hold calls', protocol: 1, version: '0.1.0' },
  resume: { words: 'resume calls', protocol: 1, version: '0.1.0' },
  mute: { words: 'mute the microphone', protocol: 1, version: '0.1.0' },
  sendDtmf: { words: 'send digits', protocol: 1, version: '0.1.0' },
  register: { words: 'register lines anew', protocol: 1, version: '0.1.0' },
  shutdown: { words: 'be ended from here', protocol: 1, version: '0.1.0' },
  transfer: { words: 'transfer calls', protocol: 1, version: '0.1.0' },
  setAgentState: { words: 'change the state of the agent', protocol: 1, version: '0.1.0' },
  setDoNotDisturb: { words: 'refuse calls by do not disturb', protocol: 1, version: '0.1.0' },
  setForwarding: { words: 'forward calls', protocol: 1, version: '0.1.0' },
  conference: { words: 'join calls in a conference', protocol: 1, version: '0.1.0' },
  selectDevices: { words: 'be told which devices to use', protocol: 2, version: '0.1.0' },
  setVolume: { words: 'change volumes', protocol: 2, version: '0.1.0' },
  testSound: { words: 'try out sound', protocol: 2, version: '0.1.0' },
};

const isCapability = (name: string): name is Capability => Object.hasOwn(capabilities, name);

export const capabilityNames: readonly Capability[] = Object.keys(capabilities).filter(isCapability);

/** What an endpoint can do that announced these; none: it is of protocol 1, which announced nothing. */
export function capabilitiesFrom(announced: readonly string[]): ReadonlySet<Capability> {
  if (announced.length > 0) return new Set(announced.filter(isCapability));
  return new Set(capabilityNames.filter((name) => capabilities[name].protocol === 1));
}
