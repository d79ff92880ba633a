/** All that the page knows, fed by the server's events. */

import type { ToDial } from '../../src/open/to-dial.ts';
import {
  type Call,
  type CommandName,
  type Desk,
  type Failure,
  type Levels,
  type PanelCommand,
  type PhoneState,
  paths,
} from '../../src/panel/api.ts';
import { makeSource, type Source } from '../../src/source.ts';
import { execute, send, unreachable, whyNoEvents } from './client.ts';
import { isJoined, type Pair, readPair } from './consultation.ts';
import { type SeenCall, see, seeReleased } from './linger.ts';

const reopenMs = 2_000;
const levelsLastMs = 1_000;
const maxErrors = 3;

export interface PanelState {
  /** The last known; null before the first. */
  phone: PhoneState | null;
  /** Who says what the phone is, and what the panel offers; null: not known yet. */
  desk: Desk | null;
  seen: SeenCall[];
  /** Why no events come; null: they do. */
  lost: Failure | null;
  /** What went wrong with commands, the newest first, until dismissed. */
  errors: { key: number; failure: Failure }[];
}

export const panel: Source<PanelState> = makeSource<PanelState>({
  phone: null,
  desk: null,
  seen: [],
  lost: null,
  errors: [],
});
/** Apart from the rest, because they come several times a second. null: no call has sound. */
export const levels: Source<Levels | null> = makeSource<Levels | null>(null);

/** The part of a call's card that is open: one on the page at a time. */
export interface Opened {
  callId: string;
  part: 'keypad' | 'transfer';
}
export const opened: Source<Opened | null> = makeSource<Opened | null>(null);

/** A number that a link wants to be called. */
export const toDial: Source<ToDial | null> = makeSource<ToDial | null>(null);

/** What a screen reader is to say beside what changes, politely; each object is said once. */
export const remark: Source<{ text: string }> = makeSource({ text: '' });

const pairPlace = 'thinline.consultation';
/** The calls of the consultation, if there is one. Kept over a reload, as long as the tab is open. */
export const pair: Source<Pair | null> = makeSource<Pair | null>(null);
export function setPair(it: Pair | null): void {
  pair.set(it);
  try {
    sessionStorage.setItem(pairPlace, JSON.stringify(it));
  } catch {
    // A browser that keeps nothing forgets it with the page.
  }
}
export function recallPair(): void {
  try {
    pair.set(readPair(sessionStorage.getItem(pairPlace)));
  } catch {
    pair.set(null);
  }
}

const change = (part: Partial<PanelState>) => panel.set({ ...panel.get(), ...part });

/** Whether a button can be pressed, and what it says where the phone has no such thing. */
export interface Ability {
  disabled: boolean;
  title: string | undefined;
}

/** Of what commands that. down: the phone is not there at all. */
export function abilityTo(name: CommandName, down: boolean): Ability {
  const title = panel.get().phone?.unavailable[name];
  return { disabled: down || title !== undefined, title };
}

/** With what to say of a button that can be pressed. */
export const withHint = (ability: Ability, hint: string): Ability => ({ ...ability, title: ability.title ?? hint });

let errorCount = 0;
export function reportError(failure: Failure): void {
  errorCount++;
  change({ errors: [{ key: errorCount, failure }, ...panel.get().errors].slice(0, maxErrors) });
}
export const dismissError = (key: number): void =>
  change({ errors: panel.get().errors.filter((error) => error.key !== key) });

/** Does it, and shows why not. Answers whether it is done. */
export async function command(it: PanelCommand): Promise<boolean> {
  const failure = await execute(it);
  if (failure) reportError(failure);
  return failure === null;
}

/** Does it, and answers the id of the call that it made; null: it failed, and why is shown. */
export async function makeCall(it: PanelCommand): Promise<string | null> {
  const { callId, failure } = await send(it);
  if (failure) reportError(failure);
  return failure ? null : callId;
}

/** Listens for as long as the page is open. */
export function connect(): void {
  const events = new EventSource(paths.events);
  let silence: ReturnType<typeof setTimeout> | undefined;

  events.addEventListener('state', ({ data }) => {
    const phone: PhoneState = JSON.parse(data);
    const calls = phone.phone?.calls ?? [];
    change({ phone, lost: null, seen: see(panel.get().seen, calls, Date.now()) });
    const consulted = pair.get();
    if (consulted && isJoined(consulted, calls)) setPair(null);
  });
  events.addEventListener('desk', ({ data }) => change({ desk: JSON.parse(data) }));
  events.addEventListener('released', ({ data }) => {
    const call: Call = JSON.parse(data);
    change({ seen: seeReleased(panel.get().seen, call, Date.now()) });
  });
  events.addEventListener('levels', ({ data }) => {
    clearTimeout(silence);
    silence = setTimeout(() => levels.set(null), levelsLastMs);
    levels.set(JSON.parse(data));
  });
  events.addEventListener('toDial', ({ data }) => toDial.set(JSON.parse(data)));
  events.addEventListener('error', () => {
    change({ lost: panel.get().lost ?? unreachable() });
    // The browser tries again by itself after a lost connection, but not after an answer like 401 or 503.
    if (events.readyState !== EventSource.CLOSED) return;
    void whyNoEvents().then((lost) => change({ lost }));
    setTimeout(connect, reopenMs);
  });
}
