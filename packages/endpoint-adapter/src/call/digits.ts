/** Digits on their way to the far end: with the sound, as events or as tones, or as INFO requests. */
import { FailureError } from '@thinline/shared/failures.ts';
import { dtmfRelayType, writeDtmfRelay } from '../sip/events/dtmf-body.ts';
import type { Session } from '../sip/session/session.ts';

/** More than anyone dials; what a server asks for beyond waits nowhere. */
const mostWaiting = 256;
const usualMs = 160;

export interface DigitsOptions {
  /** As configured: "Info", "InbandRtp", or any other for telephone events. */
  method: () => string;
  session: Pick<Session, 'sendInfo'>;
  sendWithSound: (digits: string, inBand: boolean) => Promise<void>;
}

export class Digits {
  readonly #options: DigitsOptions;
  #waiting = 0;
  /** Those of two commands must not mix. */
  #turn: Promise<void> = Promise.resolve();

  constructor(options: DigitsOptions) {
    this.#options = options;
  }

  /**
   * Settles when the last one is on its way. durationMs: of each, as far as the method lets us choose. Rejects with
   * FailureError dtmfNotTaken.
   */
  async send(digits: string, durationMs = usualMs): Promise<void> {
    if (this.#waiting + digits.length > mostWaiting) throw new FailureError('dtmfNotTaken');
    this.#waiting += digits.length;
    try {
      const method = this.#options.method().toLowerCase();
      if (method === 'info') await this.#queueInfos(digits, durationMs);
      else await this.#options.sendWithSound(digits, method === 'inbandrtp');
    } finally {
      this.#waiting -= digits.length;
    }
  }

  #queueInfos(digits: string, durationMs: number): Promise<void> {
    const sent = this.#turn.then(() => this.#sendInfos(digits, durationMs));
    this.#turn = sent.catch(() => {});
    return sent;
  }

  async #sendInfos(digits: string, durationMs: number): Promise<void> {
    for (const digit of digits) {
      const { ok } = await this.#options.session.sendInfo(dtmfRelayType, writeDtmfRelay(digit, durationMs));
      if (!ok) throw new FailureError('dtmfNotTaken');
    }
  }
}
