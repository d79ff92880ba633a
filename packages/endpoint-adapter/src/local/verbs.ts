/** What somebody at the endpoint can do without the desktop: what a call that is up or rings may need, and no more. */
import type { Command } from '@thinline/shared/contract/types.ts';

export interface Verb {
  meaning: string;
  /** callId: empty for the only call that it makes sense for. */
  command(callId: string): Partial<Command>;
}

export const verbs = {
  answer: { meaning: 'take an incoming call', command: (callId) => ({ answer: { callId } }) },
  reject: { meaning: 'refuse an incoming call (486)', command: (callId) => ({ reject: { callId, status: 0 } }) },
  hangup: { meaning: 'end a call', command: (callId) => ({ hangUp: { callId } }) },
  hold: { meaning: 'hold a call', command: (callId) => ({ hold: { callId } }) },
  resume: { meaning: 'take a call off hold', command: (callId) => ({ resume: { callId } }) },
  mute: { meaning: 'keep the microphone from a call', command: (callId) => ({ mute: { callId, on: true } }) },
  unmute: { meaning: 'give the microphone back', command: (callId) => ({ mute: { callId, on: false } }) },
} as const satisfies Record<string, Verb>;

export type VerbName = keyof typeof verbs;

export const isVerb = (word: unknown): word is VerbName => typeof word === 'string' && Object.hasOwn(verbs, word);
