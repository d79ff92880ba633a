/** A TransportSink that remembers what came, and lets a test wait for it. */
import type { Flow, TransportSink } from '../transport.ts';

export class RecordingSink implements TransportSink {
  readonly messages: { text: string; flow: Flow }[] = [];
  /** Why flows ended. */
  readonly faults: string[] = [];
  #waiting: { condition: () => boolean; resolve: () => void }[] = [];

  message(message: Buffer, flow: Flow): void {
    this.messages.push({ text: message.toString(), flow });
    this.#check();
  }

  needed(): boolean {
    return false;
  }

  closed(_flow: Flow, error: Error): void {
    this.faults.push(error.message);
    this.#check();
  }

  /** Settles when the condition holds after a message or an end. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ condition, resolve });
      this.#check();
    });
  }

  /** The reason of the next end. */
  async fault(): Promise<string> {
    const before = this.faults.length;
    await this.until(() => this.faults.length > before);
    return this.faults[before] ?? '';
  }

  async next(): Promise<{ text: string; flow: Flow }> {
    const before = this.messages.length;
    await this.until(() => this.messages.length > before);
    const message = this.messages[before];
    if (!message) throw new Error('no message');
    return message;
  }

  #check(): void {
    for (const waiting of [...this.#waiting]) {
      if (!waiting.condition()) continue;
      this.#waiting = this.#waiting.filter((it) => it !== waiting);
      waiting.resolve();
    }
  }
}

/** A message that a framer takes. */
export const optionsRequest = (user = 'a', body = ''): string =>
  `OPTIONS sip:${user}@example.com SIP/2.0\r\nVia: SIP/2.0/TCP x\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
