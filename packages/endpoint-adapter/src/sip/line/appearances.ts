/** The appearances of a shared line: who uses which (call-info), and one for a call of ours (line-seize). */
import type { Appearance } from '@thinline/shared/contract/types.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import { callInfo, lineSeize, type Appearances as Told } from '../events/call-info-event.ts';
import { type AppearanceState, type Appearance as Said, writeAppearance } from '../headers/call-info.ts';
import type { HeaderField } from '../message/message.ts';
import { field } from '../message/response.ts';
import { writeUri } from '../message/uri.ts';
import { Subscription, type SubscriptionEnd } from '../subscription/subscription.ts';
import { TimerSet } from '../timers.ts';
import type { Feature, FeaturePorts } from './feature.ts';

/** s: an appearance that is seized and not called on is free again after that. */
const SEIZED = 15;
/** ms; a server that has taken the SUBSCRIBE and says nothing has given what was asked for. */
const PATIENCE = 4_000;

const states: Readonly<Record<AppearanceState, Appearance['state']>> = {
  idle: 'IDLE',
  seized: 'SEIZED',
  progressing: 'PROGRESSING',
  alerting: 'ALERTING',
  active: 'ACTIVE',
  held: 'HELD',
};

/** '*' means all that the list doesn't name, of those that are known. */
export function withSaid(
  known: ReadonlyMap<number, Appearance['state']>,
  said: readonly Said[],
): Map<number, Appearance['state']> {
  const next = new Map(known);
  const others = said.find(({ index, state }) => index === '*' && state !== null)?.state;
  if (others) for (const index of known.keys()) next.set(index, states[others]);
  for (const { index, state } of said) if (index !== '*' && state !== null) next.set(index, states[state]);
  return next;
}

/** The first that nobody uses. */
export function freeIndex(known: ReadonlyMap<number, Appearance['state']>): number {
  let index = 1;
  while ((known.get(index) ?? 'IDLE') !== 'IDLE') index += 1;
  return index;
}

/** An appearance for one call. */
export interface Seizure {
  /** What its INVITE carries. Rejects with FailureError appearanceTaken. */
  readonly fields: Promise<readonly HeaderField[]>;
  /** The call has ended, or will not be made. */
  release(): void;
}

export class Appearances implements Feature {
  readonly #ports: FeaturePorts;
  readonly #subscription: Subscription<Told>;
  readonly #seizing = new Set<LineSeize>();
  #known = new Map<number, Appearance['state']>();

  constructor(ports: FeaturePorts) {
    this.#ports = ports;
    this.#subscription = new Subscription({
      ports,
      package: callInfo,
      target: ports.aor,
      told: ({ appearances }) => {
        this.#known = withSaid(this.#known, appearances);
        ports.changed();
      },
    });
  }

  get all(): Appearance[] {
    return [...this.#known].map(([index, state]) => ({ index, state })).toSorted((a, b) => a.index - b.index);
  }

  start(): void {
    this.#subscription.start();
  }

  again(): void {
    this.#subscription.again();
  }

  async leave(): Promise<void> {
    for (const seize of this.#seizing) seize.release();
    await this.#subscription.leave();
  }

  stop(): void {
    for (const seize of this.#seizing) seize.stop();
    this.#subscription.stop();
  }

  /** index: 0 for the first that is free. */
  seize(index: number): Seizure {
    const state = this.#known.get(index);
    const fieldFor = (it: number): HeaderField => field('call-info', this.#infoFor(it));
    // Whoever calls on one with a call takes it over, or joins it; a server that knows no appearances gives none.
    const taken = state === 'ACTIVE' || state === 'HELD';
    if (taken || this.#subscription.phase === 'refused') {
      return { fields: Promise.resolve(index > 0 ? [fieldFor(index)] : []), release: () => {} };
    }
    const chosen = index || freeIndex(this.#known);
    const seize: LineSeize = new LineSeize(this.#ports, chosen, fieldFor, () => this.#seizing.delete(seize));
    this.#seizing.add(seize);
    seize.start();
    return seize;
  }

  #infoFor(index: number): string {
    const { scheme, host } = this.#ports.aor;
    const uri = writeUri({ ...this.#ports.aor, scheme, host, user: '', port: 0 });
    return writeAppearance({ index, state: null, uri });
  }
}

/** One SUBSCRIBE for line-seize, which lasts until the INVITE has taken its place. */
class LineSeize implements Seizure {
  readonly fields: Promise<readonly HeaderField[]>;
  readonly #index: number;
  readonly #subscription: Subscription<Told>;
  readonly #over: () => void;
  readonly #timers = new TimerSet<'patience'>(() => this.#late());
  #given: (index: number) => void = () => {};
  #refused: (error: Error) => void = () => {};

  constructor(ports: FeaturePorts, index: number, fieldFor: (index: number) => HeaderField, over: () => void) {
    this.#index = index;
    this.#over = over;
    this.fields = new Promise((resolve, reject) => {
      this.#given = (given) => resolve([fieldFor(given)]);
      this.#refused = reject;
    });
    this.#subscription = new Subscription({
      ports,
      package: lineSeize,
      target: ports.aor,
      expires: SEIZED,
      fields: [fieldFor(index)],
      once: true,
      told: ({ appearances }) => this.#told(appearances),
      up: () => this.#settle(),
      down: (end) => this.#ended(end),
    });
  }

  start(): void {
    this.#timers.set('patience', PATIENCE);
    this.#subscription.start();
  }

  release(): void {
    this.#refuse({ status: 487, reason: 'Request Terminated' });
    void this.#subscription.leave().then(this.#over);
  }

  stop(): void {
    this.#refuse({ status: 487, reason: 'Request Terminated' });
    this.#subscription.stop();
    this.#over();
  }

  /** The server may give another one than we have asked for. */
  #told(appearances: readonly Said[]): void {
    const named = appearances.find(({ index, state }) => index !== '*' && (state === 'seized' || state === null));
    if (named && named.index !== '*') this.#given(named.index);
  }

  #settle(): void {
    this.#timers.clearAll();
    this.#given(this.#index);
  }

  #ended({ status, reason }: SubscriptionEnd): void {
    this.#refuse({ status: status || 480, reason });
    this.#over();
  }

  #refuse({ status, reason }: { status: number; reason: string }): void {
    this.#timers.clearAll();
    this.#refused(new FailureError('appearanceTaken', { appearance: this.#index, status, reason }));
  }

  #late(): void {
    if (this.#subscription.phase === 'up') this.#settle();
    else {
      this.#refuse({ status: 408, reason: 'Request Timeout' });
      this.release();
    }
  }
}
