/** Do not disturb and forwarding, where the server keeps them (as-feature-event). */
import type { Forwarding, ForwardingKind } from '@thinline/shared/contract/types.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import {
  type FeatureEvents,
  type ForwardingType,
  type Forwarding as Forwards,
  writeDoNotDisturb,
  writeForwarding,
} from '../events/as-feature-event.ts';
import type { Subscription } from '../subscription/subscription.ts';

/** Servers count rings, people count seconds. s */
const RING = 6;
/** ms; for the server to confirm a change. */
const CONFIRMATION = 5_000;

const types: Readonly<Record<ForwardingKind, ForwardingType>> = {
  ALWAYS: 'forwardImmediate',
  BUSY: 'forwardBusy',
  NO_ANSWER: 'forwardNoAns',
};
const kinds: Readonly<Record<ForwardingType, ForwardingKind>> = {
  forwardImmediate: 'ALWAYS',
  forwardBusy: 'BUSY',
  forwardNoAns: 'NO_ANSWER',
};

type Setting = 'do not disturb' | ForwardingType;

const nameOf = (setting: Setting): string => (setting === 'do not disturb' ? setting : 'forwarding');

interface Change {
  on: boolean;
  timer: NodeJS.Timeout;
  resolve(): void;
  reject(error: Error): void;
}

/** As the failure words it: it answered … */
interface Refusal {
  status: number | string;
  reason: string;
}
const nothing: Refusal = { status: 'nothing', reason: 'in time' };
const superseded: Refusal = { status: 'nothing', reason: 'before something else was asked for' };

export interface ServerFeatureStatus {
  doNotDisturb: boolean;
  forwardings: Forwarding[];
  featuresOnServer: boolean;
}

export class ServerFeatures {
  readonly #subscription: Pick<Subscription<FeatureEvents>, 'phase' | 'send'>;
  readonly #changed: () => void;
  /** Null: the server has said nothing of it. */
  #doNotDisturb: boolean | null = null;
  readonly #forwardings = new Map<ForwardingType, Forwards>();
  readonly #changes = new Map<Setting, Change>();

  constructor(subscription: Pick<Subscription<FeatureEvents>, 'phase' | 'send'>, changed: () => void) {
    this.#subscription = subscription;
    this.#changed = changed;
  }

  /** The server keeps what it has told us of. */
  get status(): ServerFeatureStatus {
    return {
      doNotDisturb: this.#doNotDisturb ?? false,
      forwardings: [...this.#forwardings.values()].map(({ type, active, to, ringCount }) => ({
        kind: kinds[type],
        on: active,
        target: to,
        seconds: (ringCount ?? 0) * RING,
      })),
      featuresOnServer: this.#doNotDisturb !== null || this.#forwardings.size > 0,
    };
  }

  receive({ features }: FeatureEvents): void {
    for (const feature of features) {
      if (feature.kind === 'doNotDisturb') {
        this.#doNotDisturb = feature.on;
        this.#confirm('do not disturb', feature.on);
      } else if (feature.kind === 'forwarding') {
        const { kind: _, ...forwards } = feature;
        this.#forwardings.set(feature.type, forwards);
        this.#confirm(feature.type, feature.active);
      }
    }
    if (features.some(({ kind }) => kind !== 'agent')) this.#changed();
  }

  /** The server has no such package: what it has told is not so any more. */
  unavailable(): void {
    this.#doNotDisturb = null;
    this.#forwardings.clear();
    this.stop();
    this.#changed();
  }

  stop(): void {
    for (const [setting, { reject, timer }] of this.#changes) {
      clearTimeout(timer);
      reject(new FailureError('featureUnavailable', { feature: nameOf(setting) }));
    }
    this.#changes.clear();
  }

  setDoNotDisturb(on: boolean): Promise<void> {
    return this.#change('do not disturb', on, writeDoNotDisturb(on), this.#doNotDisturb === on);
  }

  setForwarding({ kind, on, target, seconds }: Forwarding): Promise<void> {
    const type = types[kind];
    if (on && target === '')
      return Promise.reject(new FailureError('malformedForwarding', { detail: 'There is nowhere to forward to' }));
    const known = this.#forwardings.get(type);
    const ringCount = kind === 'NO_ANSWER' && seconds > 0 ? Math.max(1, Math.round(seconds / RING)) : null;
    const wanted = { type, active: on, to: target || (known?.to ?? ''), ringCount };
    const same = known?.active === on && known.to === wanted.to && (ringCount ?? known.ringCount) === known.ringCount;
    return this.#change(type, on, writeForwarding(wanted), same);
  }

  /** same: the server has it so already, and may not say it again. */
  #change(setting: Setting, on: boolean, body: string, same: boolean): Promise<void> {
    const feature = nameOf(setting);
    if (this.#subscription.phase !== 'up') return Promise.reject(new FailureError('featureUnavailable', { feature }));
    this.#refuse(setting, superseded);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#refuse(setting, nothing), CONFIRMATION);
      const change = { on, timer, resolve, reject };
      this.#changes.set(setting, change);
      void this.#subscription.send(body).then((outcome) => {
        if (this.#changes.get(setting) !== change) return;
        if (!outcome.ok) this.#refuse(setting, outcome);
        else if (same) this.#confirm(setting, on);
      });
    });
  }

  #confirm(setting: Setting, on: boolean): void {
    const change = this.#changes.get(setting);
    if (change?.on !== on) return;
    this.#changes.delete(setting);
    clearTimeout(change.timer);
    change.resolve();
  }

  #refuse(setting: Setting, { status, reason }: Refusal): void {
    const change = this.#changes.get(setting);
    if (!change) return;
    this.#changes.delete(setting);
    clearTimeout(change.timer);
    change.reject(new FailureError('featureRefused', { feature: nameOf(setting), status, reason }));
  }
}
