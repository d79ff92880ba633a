/** Gives reports of calls to their collector (RFC 6035), one after the other, and is in nobody's way. */
import type { Log } from '@thinline/shared/log/log.ts';
import type { Target } from '../address.ts';
import type { Client } from '../dialog/client.ts';
import type { Answer } from '../dialog/exchange.ts';
import { makeRequest } from '../dialog/request.ts';
import type { Routing } from '../dialog/routing.ts';
import { vqEvent, vqType } from '../events/vq-rtcpxr.ts';
import { newCallId, newTag } from '../ids.ts';
import { TargetHealth } from '../locate/health.ts';
import type { SipMessage } from '../message/message.ts';
import { field } from '../message/response.ts';
import { type Uri, writeUri } from '../message/uri.ts';
import { readCollector, routeTo } from './collector.ts';

export interface QualityReportsOptions {
  /** Whose routing is reportRouting's. */
  client: Client;
  /** Who reports, a name-addr without tag. */
  from: string;
  /** Requests go to a proxy first, whoever is meant. */
  proxied: boolean;
  /** ms that the collector may take for its first word. */
  patience: number;
  log: Log;
}

/** A collector that is away for long must not fill the memory; the newest reports are kept. */
const mostWaiting = 16;
/** A collector may give ever other reasons. */
const mostTold = 8;
/** ms for what is still to be said when the line goes. */
const farewell = 2_000;

/**
 * The line's own, but for one thing: a server that has no use for reports is no worse for calls. Only the line's servers get
 * its credentials, whoever the collector is.
 */
export function reportRouting(routing: Routing): Routing {
  const health = new TargetHealth(Date.now);
  return {
    targets: (request) => routing.targets(request),
    trusts: (target) => routing.trusts(target),
    failed: (target: Target, forMs) => health.bad(target, forMs ?? undefined),
    isBad: (target) => health.isBad(target) || routing.isBad(target),
    worked: (target) => {
      health.good(target);
      routing.worked(target);
    },
    sentBy: (flow) => routing.sentBy(flow),
  };
}

interface Waiting {
  collector: Uri;
  body: string;
}

export class QualityReports {
  readonly #options: QualityReportsOptions;
  #waiting: Waiting[] = [];
  #sending = false;
  #stopped = false;
  /** Troubles that were told since a report was taken. */
  readonly #told = new Set<string>();
  #idle: Array<() => void> = [];

  constructor(options: QualityReportsOptions) {
    this.#options = options;
  }

  /** collector: as the configuration says it. What can't be given to it is told in the log, once. */
  send(collector: string, body: string): void {
    if (this.#stopped || collector === '') return;
    const uri = readCollector(collector);
    if (!uri) {
      this.#trouble(`"${collector.slice(0, 100)}" is no collector`);
      return;
    }
    if (this.#waiting.length >= mostWaiting) {
      this.#waiting.shift();
      this.#trouble('too many wait for the collector, and the oldest are dropped');
    }
    this.#waiting.push({ collector: uri, body });
    this.#next();
  }

  /** Settles when all have been sent, or have had their time. */
  async leave(): Promise<void> {
    if (!this.#sending) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#idle.push(resolve);
      timer = setTimeout(resolve, farewell);
    });
    clearTimeout(timer);
  }

  /** Without a word. */
  stop(): void {
    this.#stopped = true;
    this.#waiting = [];
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #next(): void {
    if (this.#sending) return;
    const report = this.#waiting.shift();
    if (!report) {
      for (const resolve of this.#idle.splice(0)) resolve();
      return;
    }
    this.#sending = true;
    const { client, patience } = this.#options;
    void client.ask(this.#maker(report), { patience }).then((answer) => {
      this.#sending = false;
      this.#answered(answer, report.collector);
      this.#next();
    });
  }

  /** One state of no further use, in a dialog of nobody: neither Expires nor a refresh (RFC 6035 §3.1). */
  #maker({ collector, body }: Waiting): () => SipMessage {
    const { from, proxied } = this.#options;
    const [callId, tag] = [newCallId(), newTag()];
    let sequence = 0;
    return () => {
      sequence += 1;
      return makeRequest({
        method: 'PUBLISH',
        uri: collector,
        from: `${from};tag=${tag}`,
        to: `<${writeUri(collector)}>`,
        callId,
        sequence,
        ...(proxied ? {} : { routes: [routeTo(collector)] }),
        fields: [field('event', vqEvent)],
        body: { type: vqType, content: body },
      });
    };
  }

  #answered({ status, reason, message, detail }: Answer, collector: Uri): void {
    if (status < 300) {
      this.#told.clear();
      return;
    }
    const why = message ? `it answered ${status} ${reason}` : detail;
    this.#trouble(`not taken by ${writeUri(collector)}: ${why}`);
  }

  #trouble(text: string): void {
    const { log } = this.#options;
    if (this.#told.has(text) || this.#told.size >= mostTold) log.debug(() => `quality report: ${text}`);
    else log.warning(`quality report: ${text} (said once, until a report is taken)`);
    if (this.#told.size < mostTold) this.#told.add(text);
  }
}
