/** What a browser does with the requests of an agent desktop's page: preflights, credentials, cookies, sockets kept alive. */
import { Agent as HttpAgent, type IncomingHttpHeaders, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { text } from 'node:stream/consumers';

/** What the page's script never gets to see; the browser does, and says that the fetch failed. */
export class Blocked extends Error {
  readonly status: number;
  constructor(what: string, status: number) {
    super(`blocked by CORS: ${what}, status ${status}`);
    this.status = status;
  }
}

export interface PageOptions {
  /** "https://desk.example.org"; empty: a program, which sends no Origin and asks nobody before. */
  origin: string;
  /** The connector, as the desktop's sipendpoint.uri says it. */
  uri: string;
  /** PEM of what the browser trusts. */
  trusted?: string;
}

export interface Answer {
  status: number;
  body: unknown;
}

interface Raw {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

type Method = 'GET' | 'POST' | 'DELETE' | 'OPTIONS';

/** Of a preflight that doesn't say for how long it is good, s (Fetch standard). */
const usualMaxAge = 5;

const listed = (header: string | undefined, word: string): boolean =>
  (header ?? '').split(',').some((it) => it.trim().toLowerCase() === word.toLowerCase());

export class DesktopPage {
  readonly #options: PageOptions;
  readonly #isSecure: boolean;
  /** Preflights have no credentials, and so they have sockets of their own. */
  readonly #agents: { asking: HttpAgent; doing: HttpAgent };
  /** When a preflight is good no more, by method and path. */
  readonly #allowed = new Map<string, number>();
  readonly cookies = new Map<string, string>();
  /** Each request on the wire, as "OPTIONS /Ping 200". */
  readonly wire: string[] = [];

  constructor(options: PageOptions) {
    this.#options = options;
    this.#isSecure = options.uri.startsWith('https:');
    const agent = () => {
      const kept = { keepAlive: true, timeout: 10_000 };
      return this.#isSecure ? new HttpsAgent({ ...kept, ca: options.trusted }) : new HttpAgent(kept);
    };
    this.#agents = { asking: agent(), doing: agent() };
  }

  close(): void {
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }

  /** As browsers and machines between do with sockets that are kept for later. */
  dropIdleSockets(): void {
    for (const { freeSockets } of Object.values(this.#agents)) {
      for (const socket of Object.values(freeSockets).flat()) socket?.destroy();
    }
  }

  /** Rejects with Blocked where the page would see a failed fetch. */
  async ask(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<Answer> {
    const { origin } = this.#options;
    if (origin !== '') await this.#preflight(method, path);
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const raw = await this.#send(method, path, {
      agent: this.#agents.doing,
      headers: {
        // Workspace sends it with every request, and so each of them is preflighted.
        'Content-Type': 'application/json; charset=UTF-8',
        ...(origin === '' ? {} : { Origin: origin, 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'cors' }),
        ...(cookie === '' ? {} : { Cookie: cookie }),
      },
      body: body === undefined ? '' : JSON.stringify(body),
    });
    if (origin !== '') this.#check(raw, `${method} ${path}`);
    this.#keepCookies(raw.headers['set-cookie'] ?? []);
    return { status: raw.status, body: raw.text === '' ? undefined : JSON.parse(raw.text) };
  }

  async #preflight(method: Method, path: string): Promise<void> {
    const key = `${method} ${path}`;
    if ((this.#allowed.get(key) ?? 0) > performance.now()) return;
    const raw = await this.#send('OPTIONS', path, {
      agent: this.#agents.asking,
      headers: {
        Origin: this.#options.origin,
        'Access-Control-Request-Method': method,
        'Access-Control-Request-Headers': 'content-type',
        'Access-Control-Request-Private-Network': 'true',
        'Sec-Fetch-Site': 'cross-site',
        'Sec-Fetch-Mode': 'cors',
      },
      body: '',
    });
    this.#check(raw, `preflight of ${key}`);
    const { headers, status } = raw;
    if (status !== 200 && status !== 204) throw new Blocked(`preflight of ${key}`, status);
    if (method === 'DELETE' && !listed(headers['access-control-allow-methods'], method)) {
      throw new Blocked(`${method} is not allowed`, status);
    }
    if (!listed(headers['access-control-allow-headers'], 'content-type')) {
      throw new Blocked('Content-Type is not allowed', status);
    }
    if (headers['access-control-allow-private-network'] !== 'true') {
      throw new Blocked('the private network is not allowed', status);
    }
    const seconds = Number(headers['access-control-max-age'] ?? usualMaxAge);
    this.#allowed.set(key, performance.now() + seconds * 1000);
  }

  /** Of a request with credentials: the origin itself, no asterisk. */
  #check({ status, headers }: Raw, what: string): void {
    const isAllowed = headers['access-control-allow-origin'] === this.#options.origin;
    if (!isAllowed || headers['access-control-allow-credentials'] !== 'true') throw new Blocked(what, status);
  }

  /** Those of other sites are Secure and SameSite=None, or dropped. */
  #keepCookies(headers: readonly string[]): void {
    for (const header of headers) {
      const [pair = '', ...attributes] = header.split(';').map((it) => it.trim());
      const [name = '', value = ''] = pair.split('=');
      const has = (attribute: string) => attributes.some((it) => it.toLowerCase() === attribute);
      if (this.#isSecure && has('secure') && has('samesite=none')) this.cookies.set(name, value);
    }
  }

  #send(
    method: Method,
    path: string,
    { agent, headers, body }: { agent: HttpAgent; headers: Record<string, string>; body: string },
  ): Promise<Raw> {
    const request = this.#isSecure ? requestHttps : requestHttp;
    return new Promise((resolve, reject) => {
      const sent = request(`${this.#options.uri}${path}`, { method, agent, headers }, (response) => {
        text(response).then((said) => {
          this.wire.push(`${method} ${path} ${response.statusCode}`);
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text: said });
        }, reject);
      });
      sent.once('error', reject);
      sent.end(body);
    });
  }
}
