/** A remote desktop from which no channel leads to the phone: what its agent and its administrator are told. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPlugin } from '../../scripts/build-plugins.mjs';
import { whileOpen } from '../bench/open.ts';
import { hasPeers } from '../peers/required.ts';
import { type ClientOptions, type Screen, startClient, startScreen } from './client.ts';
import { desktopMissing, startDesktop } from './desktop.ts';
import { startDesktopPhone } from './desktop-phone.ts';
import { startEndpoint } from './endpoint.ts';

const missing = !hasPeers('xrdp', 'xfreerdp', 'Xvfb') || desktopMissing() !== null;
const lines = [{ user: '701', server: '127.0.0.1:9', registerTimeout: 0 }];

describe.skipIf(missing)('no channel from a remote desktop', () => {
  let screen: Screen;
  let addIn: string;
  beforeAll(async () => {
    addIn = buildPlugin('freerdp2');
    screen = await startScreen();
  });
  afterAll(() => screen?.stop());

  const told = (channels: readonly string[], channel: ClientOptions['channel']): Promise<string> =>
    whileOpen(async (open) => {
      const desktop = await open.keep(startDesktop({ channels }));
      const endpoint = await open.keep(startEndpoint({ hz: 1000 }));
      await open.keep(startClient({ desktop, screen, addIn, channel, runtimeFolder: endpoint.folder }));
      const phone = await open.keep(startDesktopPhone({ desktop, lines }));
      await phone.waitFor('the reason is told', ({ link }) => /channel/.test(link.failure?.cause ?? ''));
      return phone.does('state');
    });

  test.each(['both', 'static'] as const)('xrdp blocks them (%s): the lines that allow them', async (channel) => {
    const text = await told(['cliprdr'], channel);
    expect(text).toContain('"drdynvc=true" and "THNLINE=true" in /etc/xrdp/xrdp.ini, section [Channels]');
  });

  test('the client has no plugin', async () => {
    expect(await told(['drdynvc', 'THNLINE'], 'none')).toContain('the remoting client has no plugin of Thinline');
  });
});
