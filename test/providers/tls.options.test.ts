/** What each option of the way over TLS changes, from the file to handshakes on loopback. */
import type { TLSSocket } from 'node:tls';
import { chooseProvider } from '@thinline/app-layer/channel/choose.ts';
import { listenTls } from '@thinline/endpoint-adapter/channel/tls.ts';
import {
  type Authority,
  type Certificate,
  startAuthority,
} from '@thinline/endpoint-adapter/sip/transport/testing/certificates.ts';
import { readConfigurationFile } from '@thinline/shared/config/configuration-file.ts';
import { type Settings, softphoneConfig } from '@thinline/shared/config/testing/configured.ts';
import { failureOf } from '@thinline/shared/failures.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';

let ours: Authority;
let others: Authority;
let user: Certificate;
let stranger: Certificate;
const endpoints: { port: number; close(): void }[] = [];
const arrivals: string[] = [];
const sockets: TLSSocket[] = [];

beforeAll(async () => {
  [ours, others] = await Promise.all([startAuthority(), startAuthority('Other Authority')]);
  user = await ours.issue({ names: ['DNS:ada'], client: true });
  stranger = await others.issue({ names: ['DNS:mallory'], client: true });
  const { both } = await ours.issue({ names: ['IP:127.0.0.1'] });
  for (const name of ['one', 'other']) {
    const place = { host: '127.0.0.1', port: 0, certificate: both, authorities: ours.file, log: silent };
    const channel = await listenTls(place, (socket) => {
      arrivals.push(`${name} ${socket.getPeerX509Certificate()?.subjectAltName}`);
      sockets.push(socket);
    });
    endpoints.push(channel);
  }
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  for (const endpoint of endpoints) endpoint.close();
  await ours.stop();
  await others.stop();
});

const endpointAt = (index: number): string => `127.0.0.1:${endpoints[index]?.port}`;

/** Where a file with these settings leads, and as whom; or why nowhere. */
async function reach(settings: Settings): Promise<string> {
  const usual = {
    'policy.link.channel': 'tls',
    'policy.link.endpoint': endpointAt(0),
    'policy.link.certificate': user.both,
    'policy.link.authorities': ours.file,
  };
  const reading = readConfigurationFile(Buffer.from(softphoneConfig({ ...usual, ...settings })));
  if ('unreadable' in reading) throw new Error(reading.unreadable.problem);
  const { provider } = chooseProvider({ ...reading.link, socket: '/nowhere' }, process);
  arrivals.length = 0;
  try {
    (await provider.open()).destroy();
    return arrivals.join();
  } catch (error) {
    const { message, cause } = failureOf(error);
    return `${message} ${cause}`;
  }
}

it('policy.link.endpoint: is where the endpoint is sought', async () => {
  expect(await reach({})).toBe('one DNS:ada');
  expect(await reach({ 'policy.link.endpoint': endpointAt(1) })).toBe('other DNS:ada');
  expect(await reach({ 'policy.link.endpoint': '' })).toMatch(/not configured.*policy\.link\.endpoint/);
});

it('policy.link.certificate: is what we show the endpoint', async () => {
  expect(await reach({ 'policy.link.certificate': user.both })).toBe('one DNS:ada');
  expect(await reach({ 'policy.link.certificate': stranger.both })).toMatch(/does not accept our certificate/);
});

it('policy.link.authorities: are those that the endpoint is believed by', async () => {
  expect(await reach({ 'policy.link.authorities': ours.file })).toBe('one DNS:ada');
  expect(await reach({ 'policy.link.authorities': others.file })).toMatch(
    /certificate of the phone .* is not accepted/,
  );
});
