/** The registrar's own word on our registration (RFC 3680): where it has removed our Contact, we register anew at once. */
import { contactIn, type RegistrationInfo, registrationInfo } from '../events/reg.ts';
import { Subscription } from '../subscription/subscription.ts';
import type { Feature, FeaturePorts } from './feature.ts';

/** ms: a registrar that removes it again within this time is not answered at once. */
const BRIEF = 10_000;

export class RegistrationWatch implements Feature {
  readonly #ports: FeaturePorts;
  readonly #subscription: Subscription<RegistrationInfo>;
  #timer: NodeJS.Timeout | undefined;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(ports: FeaturePorts) {
    this.#ports = ports;
    const told = (info: RegistrationInfo): void => this.#told(info);
    this.#subscription = new Subscription({ ports, package: registrationInfo, target: ports.aor, told });
  }

  start(): void {
    this.#subscription.start();
  }

  again(): void {
    this.#subscription.again();
  }

  leave(): Promise<void> {
    clearTimeout(this.#timer);
    return this.#subscription.leave();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#subscription.stop();
  }

  /** A Contact that isn't named may be registered under another name. */
  #told(info: RegistrationInfo): void {
    const contact = contactIn(info, this.#ports.contactUri());
    if (!contact || contact.active) return;
    this.#ports.log.warning(`the registrar has removed the registration (${contact.event || 'it does not say why'})`);
    clearTimeout(this.#timer);
    const wait = Math.max(this.#lastMs + BRIEF - Date.now(), (contact.retryAfter ?? 0) * 1_000, 0);
    this.#timer = setTimeout(
      () => {
        this.#lastMs = Date.now();
        this.#ports.registrationLost();
      },
      Math.min(wait, BRIEF * 360),
    );
  }
}
