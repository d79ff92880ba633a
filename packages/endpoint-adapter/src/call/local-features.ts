/** Do not disturb and forwarding of lines whose server doesn't keep them: the phone does, as long as it runs. */
import type { Forwarding, Line as LineSnapshot } from '@thinline/shared/contract/types.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import type { Line } from '../sip/line.ts';
import { forwardingUri } from './forwarding-target.ts';

export interface Features {
  doNotDisturb: boolean;
  /** At most one of each kind. */
  forwardings: readonly Forwarding[];
}

/** What of a line is needed here. */
export type FeatureLine = Pick<Line, 'snapshot' | 'keepsFeatures'>;

const none: Features = { doNotDisturb: false, forwardings: [] };
/** It has to ring at all, and a caller waits no longer than this. s */
const longestRing = 600;

export class LocalFeatures {
  /** By address of record: who takes over a line with another one starts anew. */
  #features = new Map<string, Features>();

  /** What the phone itself has to do; nothing where the server does it. */
  of(line: FeatureLine): Features {
    return line.keepsFeatures ? none : (this.#features.get(line.snapshot.address) ?? none);
  }

  setDoNotDisturb(line: FeatureLine, on: boolean): void {
    this.#features.set(line.snapshot.address, { ...this.of(line), doNotDisturb: on });
  }

  /** Throws FailureError malformedForwarding. */
  setForwarding(line: FeatureLine, forwarding: Forwarding): void {
    const { kind, on, target, seconds } = forwarding;
    const { address } = line.snapshot;
    const uri = forwardingUri(target, address);
    if (on && uri === null) {
      throw new FailureError('malformedForwarding', { detail: `"${target.slice(0, 64)}" can't be called` });
    }
    // RFC 3261 §8.1.3.4: it would come back to us.
    if (on && uri === address) throw new FailureError('malformedForwarding', { detail: 'It is the line itself' });
    if (on && kind === 'NO_ANSWER' && (seconds < 1 || seconds > longestRing)) {
      const detail = `It has to ring for 1 to ${longestRing} s first, not ${seconds}`;
      throw new FailureError('malformedForwarding', { detail });
    }
    const { doNotDisturb, forwardings } = this.of(line);
    const others = forwardings.filter((it) => it.kind !== kind);
    this.#features.set(address, { doNotDisturb, forwardings: [...others, { kind, on, target, seconds }] });
  }

  /** The line's snapshot as the app layer gets to see it. */
  shown(line: FeatureLine): LineSnapshot {
    if (line.keepsFeatures) return line.snapshot;
    const { doNotDisturb, forwardings } = this.of(line);
    return { ...line.snapshot, doNotDisturb, forwardings: [...forwardings], featuresOnServer: false };
  }
}
