/** Where the link leads to now, by the rules of the ladder: to the endpoint, or to an adapter inside the desktop. */
import type { Fallback, LinkSettings } from '@thinline/shared/config/link.ts';
import type { AgentSession, Failure, HandshakeResponse } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import type { ChannelProvider } from '../channel/provider.ts';
import { nextStep, patienceAtStart, type Rung, type Step } from './ladder.ts';
import { type Reception, receive } from './reception.ts';
import { openSession, whyNoSession } from './session.ts';

/** An adapter beside the app layer, inside the desktop. */
export interface DesktopSound {
  /** Starts it where it doesn't run. */
  provider: ChannelProvider;
  /** Whether one is there that an earlier app layer started; it may have a call. */
  isRunning(): Promise<boolean>;
}

export interface PlacementOptions {
  /** The way to the endpoint. */
  provider: ChannelProvider;
  /** null: sound is at the endpoint, or nowhere. */
  desktop: DesktopSound | null;
  settings: LinkSettings;
}

export class Placement {
  #options: PlacementOptions;
  #rung: Rung = 'endpoint';
  #startedAt = 0;
  #met = false;
  #blocked = false;
  #found = false;
  #leftBehind = false;
  #seeking = false;
  /** Why the endpoint could not be used when it was asked last. */
  #why: Failure | null = null;

  constructor(options: PlacementOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#startedAt = performance.now();
    if (this.#fallback === 'desktop') this.#leftBehind = (await this.#options.desktop?.isRunning()) ?? false;
  }

  get inDesktop(): boolean {
    return this.#rung === 'desktop';
  }

  get provider(): ChannelProvider {
    const { desktop, provider } = this.#options;
    return this.#rung === 'desktop' && desktop ? desktop.provider : provider;
  }

  /** What should be known of a link that is up: why it leads into the desktop. */
  get notices(): Failure[] {
    if (!this.inDesktop) return [];
    const why = this.#why;
    const notice = failure('soundInDesktop', { detail: why?.message ?? 'it has not answered yet.' });
    return why ? [notice, why] : [notice];
  }

  /** Why there is no link, to an agent who has waited for one: a provider that knows better says so itself. */
  explain(why: Failure): Failure {
    const isMissing = !this.#met && !this.inDesktop && this.#soughtMs >= patienceAtStart;
    if (!isMissing || why.code !== failure('endpointUnreachable').code) return why;
    return failure('noAdapter', { channel: this.provider.name, detail: why.cause });
  }

  /** How long until the desktop is an answer at the start, ms. */
  get patienceLeft(): number {
    if (this.#fallback === 'none' || this.#met || this.inDesktop) return Number.POSITIVE_INFINITY;
    return Math.max(0, patienceAtStart - this.#soughtMs);
  }

  /** Takes the next step. Answers whether the link leads elsewhere from now on. */
  move(callsUp: boolean): boolean {
    const before = this.#rung;
    this.#rung = this.#step(callsUp).rung;
    if (this.#rung === 'endpoint') this.#found = false;
    return this.#rung !== before;
  }

  /** Judges what the adapter of the link says, and keeps in mind what the endpoint's is good for. */
  receive(greeting: HandshakeResponse): Reception {
    // The desktop's adapter came with this program.
    if (this.inDesktop) return receive(greeting, { minAdapter: '', onMismatch: 'warn' });
    return this.#judge(greeting);
  }

  /** Nobody answered. */
  missed(why: Failure): void {
    if (!this.inDesktop) this.#why = why;
  }

  /** While sound is in the desktop: looks for the endpoint, unless a call is up. Answers whether it can be used. */
  async seek(agent: AgentSession, callsUp: () => boolean): Promise<boolean> {
    if (this.#seeking || !this.inDesktop || !this.#step(callsUp()).seek) return false;
    this.#seeking = true;
    try {
      const { client, greeting } = await openSession(this.#options.provider, agent);
      client.close();
      this.#found = this.#judge(greeting).kind === 'welcome';
    } catch (error) {
      this.#why = whyNoSession(error);
    } finally {
      this.#seeking = false;
    }
    const isFound = this.#step(callsUp()).rung === 'endpoint';
    // What was found is asked anew after a call that came meanwhile.
    this.#found &&= isFound;
    return isFound;
  }

  #judge(greeting: HandshakeResponse): Reception {
    const reception = receive(greeting, this.#options.settings);
    this.#blocked = reception.kind === 'blocked';
    this.#met ||= !this.#blocked;
    this.#why = reception.failure;
    return reception;
  }

  #step(callsUp: boolean): Step {
    return nextStep({
      fallback: this.#fallback,
      rung: this.#rung,
      soughtMs: this.#soughtMs,
      met: this.#met,
      blocked: this.#blocked,
      found: this.#found,
      leftBehind: this.#leftBehind,
      callsUp,
    });
  }

  get #fallback(): Fallback {
    return this.#options.desktop ? this.#options.settings.fallback : 'none';
  }

  get #soughtMs(): number {
    return performance.now() - this.#startedAt;
  }
}
