/** Signing in at the panel: what the fields must hold, and the way to the server. */
import type { Account } from '../../src/account/account.ts';
import type { Failure } from '../../src/panel/api.ts';
import { failureIn, unreachable } from './client.ts';

export const transports = ['udp', 'tcp', 'tls'] as const;
export type Transport = (typeof transports)[number];

export type Problem = 'userMissing' | 'userMalformed' | 'serverMissing' | 'serverMalformed';
export interface Problems {
  user?: Problem;
  server?: Problem;
}

/** A name or IPv4 address, or an IPv6 address in brackets, and perhaps a port. */
const host = /^(?:[a-z0-9](?:[a-z0-9._-]{0,253})|\[[0-9a-f:.]{2,45}\])(?::(\d{1,5}))?$/i;

/** One server, or several with ";" between: the first, and what to try after it. */
const areServers = (text: string): boolean => text.split(';').every((server) => isServer(server.trim()));

const isServer = (text: string): boolean => {
  const match = host.exec(text);
  if (!match) return false;
  const port = match[1] === undefined ? 5060 : Number(match[1]);
  return port > 0 && port <= 65_535;
};

/** What has to be mended before it can be sent; nothing: it can. */
export function problemsIn({ user, server }: Account): Problems {
  const problems: Problems = {};
  if (user === '') problems.user = 'userMissing';
  else if (/[\s@<>"]/.test(user)) problems.user = 'userMalformed';
  if (server === '') problems.server = 'serverMissing';
  else if (!areServers(server)) problems.server = 'serverMalformed';
  return problems;
}

/** Without the blanks that come with pasting; a password may have them. */
export const tidied = (account: Account): Account => ({
  ...account,
  user: account.user.trim(),
  displayName: account.displayName.trim(),
  authUser: account.authUser.trim(),
  server: account.server.trim(),
});

async function post(path: string, body: object): Promise<Failure | null> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.ok ? null : await failureIn(response);
  } catch {
    return unreachable();
  }
}

/** Answers null when it is done. */
export const signIn = (account: Account): Promise<Failure | null> => post('/api/sign-in', account);
export const signOut = (): Promise<Failure | null> => post('/api/sign-out', {});
