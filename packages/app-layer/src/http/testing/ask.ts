/** One HTTP request on a connection of its own, for tests of who is let in. */
import { once } from 'node:events';
import { type IncomingMessage, request as overTcp, type RequestOptions } from 'node:http';
import { request as overTls } from 'node:https';
import { text } from 'node:stream/consumers';

export interface Question extends RequestOptions {
  body?: string;
  /** Certificates to trust, PEM; absent: whatever is shown. */
  ca?: string;
}

export async function open(address: string | URL, { body, ca, ...options }: Question = {}): Promise<IncomingMessage> {
  const url = new URL(address);
  const hostname = url.hostname.replace(/[[\]]/g, '');
  // As it is written: URL would make a path of our own of what leads elsewhere.
  const path = options.path ?? `${url.pathname}${url.search}`;
  const where = { agent: false, hostname, port: url.port, ...options, path };
  const trust = ca === undefined ? { rejectUnauthorized: false } : { ca, servername: '' };
  const sent = url.protocol === 'https:' ? overTls({ ...where, ...trust }) : overTcp(where);
  sent.end(body);
  const [response] = await once(sent, 'response');
  return response;
}

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

export async function ask(address: string | URL, question: Question = {}): Promise<Answer> {
  const response = await open(address, question);
  return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
}

/** A request with a JSON body. */
export const json = (value: unknown): Question => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** The code of the failure in an answer; empty: there is none. */
export const codeOf = ({ body }: Answer): string => /"code":"(TL\d+)"/.exec(body)?.[1] ?? '';
