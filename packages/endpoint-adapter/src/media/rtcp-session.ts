/** RTCP of one stream: a report every few seconds, and what the far end's reports say. */
import {
  maxRtcpBytes,
  middleNtp,
  ntpTime,
  type ReportBlock,
  type RtcpCompound,
  roundTripMs,
  rtcpInterval,
  type SenderInfo,
  writeRtcp,
} from './rtcp.ts';
import type { VoipMetrics } from './rtcp-xr.ts';
import type { RtpSource, SendStats } from './send-path.ts';

/** RFC 3550 §6.2: 5 % of the session's bandwidth, here 64 kbit/s each way. */
const bandwidth = (2 * 64_000 * 0.05) / 8;
/** UDP and IPv4 headers count too. */
const headers = 28;

export interface RtcpSessionOptions {
  source: Readonly<RtpSource>;
  sent: Readonly<SendStats>;
  cname: string;
  /** Asked for once a report; null until something was received. */
  received: () => Pick<ReportBlock, 'ssrc' | 'fractionLost' | 'lost' | 'highestSequence' | 'jitter'> | null;
  send: (packet: Uint8Array, length: number) => void;
  /** The far end reported on what we send. */
  onReport: (block: ReportBlock, roundTripMs: number | null) => void;
  /** Ours, asked for once a report; null while the far end hasn't agreed to them (a=rtcp-xr), or none are known. */
  metrics?: () => VoipMetrics | null;
  /** The far end told of what it hears, or of what it sends. */
  onMetrics?: (metrics: VoipMetrics) => void;
  onSender?: (sender: SenderInfo) => void;
}

/** Unix time, finer than Date.now(). */
const unixMs = (): number => performance.timeOrigin + performance.now();

export class RtcpSession {
  readonly #options: RtcpSessionOptions;
  #timer: NodeJS.Timeout | undefined;
  #averageBytes = 100;
  #initial = true;
  #heard = false;
  /** Packets sent at the time of the last two reports: whoever sent since then is a sender (RFC 3550 §6.3.8). */
  #sentAtReport = [0, 0];
  #lastReport = 0;
  #lastReportAtMs = 0;

  constructor(options: RtcpSessionOptions) {
    this.#options = options;
  }

  start(): void {
    this.#schedule();
  }

  /** atMs: when it came, as performance.now() counts. */
  receive(compound: RtcpCompound, bytes: number, atMs = performance.now()): void {
    this.#heard = true;
    this.#average(bytes);
    if (compound.sender !== null) {
      this.#lastReport = middleNtp(compound.sender.ntpSeconds, compound.sender.ntpFraction);
      this.#lastReportAtMs = atMs;
    }
    const { ssrc } = this.#options.source;
    const block = compound.blocks.find((each) => each.ssrc === ssrc);
    if (block !== undefined) this.#options.onReport(block, roundTripMs(block, performance.timeOrigin + atMs));
    const metrics = compound.metrics.find((each) => each.ssrc === ssrc);
    if (metrics !== undefined) this.#options.onMetrics?.(metrics);
    if (compound.sender !== null) this.#options.onSender?.(compound.sender);
  }

  /** Says goodbye. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#report(true);
  }

  #schedule(): void {
    const facts = {
      members: this.#heard ? 2 : 1,
      senders: this.#heard ? 2 : 1,
      weSent: this.#isSender(),
      bandwidth,
      averageBytes: this.#averageBytes,
      initial: this.#initial,
    };
    this.#timer = setTimeout(
      () => {
        this.#initial = false;
        this.#report(false);
        this.#schedule();
      },
      rtcpInterval(facts, Math.random()),
    );
  }

  #isSender(): boolean {
    return this.#options.sent.packets > (this.#sentAtReport[0] ?? 0);
  }

  #report(bye: boolean): void {
    const { source, sent } = this.#options;
    const received = this.#options.received();
    const now = ntpTime(unixMs());
    const packet = new Uint8Array(maxRtcpBytes);
    const length = writeRtcp(packet, {
      ssrc: source.ssrc,
      cname: this.#options.cname,
      sender: this.#isSender()
        ? {
            ntpSeconds: now.seconds,
            ntpFraction: now.fraction,
            rtpTimestamp: source.timestamp,
            packets: sent.packets,
            octets: sent.octets,
          }
        : null,
      block:
        received === null
          ? null
          : { ...received, lastReport: this.#lastReport, delaySinceLastReport: this.#sinceLastReport() },
      metrics: this.#options.metrics?.() ?? null,
      bye,
    });
    this.#sentAtReport = [this.#sentAtReport[1] ?? 0, sent.packets];
    this.#average(length);
    this.#options.send(packet, length);
  }

  #sinceLastReport(): number {
    return this.#lastReport === 0 ? 0 : Math.round(((performance.now() - this.#lastReportAtMs) * 65_536) / 1000);
  }

  #average(bytes: number): void {
    this.#averageBytes += (bytes + headers - this.#averageBytes) / 16;
  }
}
