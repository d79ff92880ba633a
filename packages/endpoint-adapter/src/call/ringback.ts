/** What is heard of a far end that rings, by mode: a file or tone of ours, what it sends itself, or nothing: a truth table. */

/** Sound of the far end before the answer, by the provisional response that began it (RFC 3262). */
export type EarlyMedia = 'none' | 'unreliable' | 'reliable';

export interface Ringback {
  /** A file or tone of ours is played. */
  local: boolean;
  /** The far end's sound is heard. */
  media: boolean;
}

const nothing: Ringback = { local: false, media: false };
const local: Ringback = { local: true, media: false };
const media: Ringback = { local: false, media: true };

const always: Record<EarlyMedia, Ringback> = { none: local, unreliable: local, reliable: local };

const modes: readonly Record<EarlyMedia, Ringback>[] = [
  { none: nothing, unreliable: nothing, reliable: nothing },
  { none: nothing, unreliable: nothing, reliable: media },
  always,
  { none: local, unreliable: local, reliable: media },
  { none: nothing, unreliable: media, reliable: media },
  always,
  { none: local, unreliable: media, reliable: media },
];

/** mode: 0 to 6; 5 and any other is as 2. */
export const ringback = (mode: number, early: EarlyMedia): Ringback => (modes[mode] ?? always)[early];

/** 5 is none: to be told of once. */
export const isRingbackMode = (mode: number): boolean => mode !== 5 && modes[mode] !== undefined;
