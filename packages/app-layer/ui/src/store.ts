/** All that the page knows, fed by the server's events. */
import {
  type Call,
  type CommandName,
  type Failure,
  type Levels,
  type PanelCommand,
  type PhoneState,
  paths,
} from '../../src/panel/api.ts';
import { execute, unreachable, whyNoEvents } from './client.ts';
import { type SeenCall, see, seeReleased } from './linger.ts';

const reopenMs = 2_000;
const levelsLastMs = 1_000;
const maxErrors = 3;

export interface PanelState {
  /** The last known; null before the first. */
  phone: PhoneState | null;
  seen: SeenCall[];
  /** Why no events come; null: they do. */
  lost: Failure | null;
  /** What went wrong with commands, the newest first, until dismissed. */
  errors: { key: number; failure: Failure }[];
}

type Watcher = () => void;

const makeSource = <Value>(first: Value) => {
  let value = first;
  const watchers = new Set<Watcher>();
  return {
    get: () => value,
    set(next: Value) {
      value = next;
      for (const watcher of watchers) watcher();
    },
    watch(watcher: Watcher) {
      watchers.add(watcher);
      return () => {
        watchers.delete(watcher);
      };
    },
  };
};
export type Source<Value> = ReturnType<typeof makeSource<Value>>;

export const panel: Source<PanelState> = makeSource<PanelState>({ phone: null, seen: [], lost: null, errors: [] });
/** Apart from the rest, because they come several times a second. null: no call has sound. */
export const levels: Source<Levels | null> = makeSource<Levels | null>(null);

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

/** Listens for as long as the page is open. */
export function connect(): void {
  const events = new EventSource(paths.events);
  let silence: ReturnType<typeof setTimeout> | undefined;

  events.addEventListener('state', ({ data }) => {
    const phone: PhoneState = JSON.parse(data);
    change({ phone, lost: null, seen: see(panel.get().seen, phone.phone?.calls ?? [], Date.now()) });
  });
  events.addEventListener('released', ({ data }) => {
    const call: Call = JSON.parse(data);
    change({ seen: seeReleased(panel.get().seen, call, Date.now()) });
  });
  events.addEventListener('levels', ({ data }) => {
    clearTimeout(silence);
    silence = setTimeout(() => levels.set(null), levelsLastMs);
    levels.set(JSON.parse(data));
  });
  events.addEventListener('error', () => {
    change({ lost: panel.get().lost ?? unreachable() });
    // The browser tries again by itself after a lost connection, but not after an answer like 401 or 503.
    if (events.readyState !== EventSource.CLOSED) return;
    void whyNoEvents().then((lost) => change({ lost }));
    setTimeout(connect, reopenMs);
  });
}
