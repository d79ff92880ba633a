/** Server-sent events of a phone, as a program reads them. */
import { get, type IncomingMessage, type RequestOptions } from 'node:http';

interface Heard {
  name: string;
  id: string;
  /** Whatever it is: what tests look at is named. */
  data: { state?: string; id?: string; callId?: string; packetsReceived?: number };
}

export class Events {
  readonly #response: IncomingMessage;
  readonly #heard: Heard[] = [];
  #rest = '';
  #wake = () => {};

  static open(where: RequestOptions): Promise<Events> {
    return new Promise((resolve, reject) => {
      get({ agent: false, ...where }, (response) => resolve(new Events(response))).once('error', reject);
    });
  }

  private constructor(response: IncomingMessage) {
    this.#response = response;
    response.setEncoding('utf8').on('data', (text: string) => this.#take(text));
    response.on('error', () => {});
  }

  #take(text: string): void {
    const frames = (this.#rest + text).split('\n\n');
    this.#rest = frames.pop() ?? '';
    for (const frame of frames) {
      const [, id = '', name, data = 'null'] = /^(?:id: (.*)\n)?event: (.*)\ndata: (.*)$/.exec(frame) ?? [];
      if (name !== undefined) this.#heard.push({ name, id, data: JSON.parse(data) });
    }
    this.#wake();
  }

  /** The first that has not been asked about yet and for which it holds; those before it are passed over. */
  async until(name: string, holds: (data: Heard['data']) => boolean, deadline = 15_000): Promise<Heard> {
    const end = performance.now() + deadline;
    const passed: string[] = [];
    for (;;) {
      for (let next = this.#heard.shift(); next; next = this.#heard.shift()) {
        if (next.name === name && holds(next.data)) return next;
        passed.push(`${next.name} ${JSON.stringify(next.data).slice(0, 200)}`);
      }
      const left = end - performance.now();
      if (left <= 0) throw new Error(`Not within ${deadline} ms: ${name}. Heard:\n${passed.join('\n')}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  close(): void {
    this.#response.destroy();
  }
}
