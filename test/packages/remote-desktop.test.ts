/** What the .deb packages bring, on a real remote desktop: the app layer in an xrdp session, adapter and plugin at the endpoint. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Lab, startLab } from '../../scripts/lab/lab.ts';
import { version } from '../../scripts/package/product.ts';
import { whileOpen } from '../bench/open.ts';
import { waitForToneIn } from '../peers/recording.ts';
import { hasPeers } from '../peers/required.ts';
import { until } from '../peers/until.ts';
import { longestGap, median, toneLevels } from '../tools/tone.ts';
import { type Screen, startClient, startScreen } from '../vdi/client.ts';
import { type Desktop, desktopMissing, startDesktop } from '../vdi/desktop.ts';
import { startDesktopPhone } from '../vdi/desktop-phone.ts';
import { startEndpoint } from '../vdi/endpoint.ts';
import { build, fileIn } from './build.ts';

/** Below the sources, as the desktop sees those and little else of this machine. */
const installed = join(import.meta.dirname, '../../build/packages-remote');
const library = join(installed, 'usr/lib/thinline');
const rate = 48_000;
const hz = 1000;
const dbfs = -12;

const missing = !hasPeers('xrdp', 'xfreerdp', 'Xvfb') || desktopMissing() !== null;
if (missing) console.error('NOT TESTED: packages on a remote desktop (xrdp, xfreerdp or Xvfb is not there).');

describe.skipIf(missing)('the .deb on a remote desktop', () => {
  let lab: Lab;
  let screen: Screen;
  let desktop: Desktop;

  beforeAll(async () => {
    const packages = build('linux-x64', { kind: 'deb' });
    rmSync(installed, { recursive: true, force: true });
    mkdirSync(installed, { recursive: true });
    for (const name of ['thinline', 'thinline-adapter']) {
      execFileSync('dpkg-deb', ['-x', fileIn(packages, `${name}_${version}_amd64.deb`), installed]);
    }
    [lab, screen, desktop] = await Promise.all([startLab(), startScreen(), startDesktop()]);
  });
  afterAll(async () => {
    await desktop?.stop();
    await screen?.stop();
    await lab?.close();
    rmSync(installed, { recursive: true, force: true });
  });

  test('a call is heard at the endpoint', () =>
    whileOpen(async (open) => {
      const endpoint = await open.keep(startEndpoint({ hz, dbfs, command: [join(library, 'thinline-adapter')] }));
      const addIn = join(library, 'plugins/freerdp2/libthinline-client.so');
      await open.keep(startClient({ desktop, screen, addIn, channel: 'dynamic', runtimeFolder: endpoint.folder }));
      const { host, port, user, password } = lab;
      const lines = [{ user, password, server: `${host}:${port}` }];
      const phone = await open.keep(startDesktopPhone({ desktop, lines, command: [join(library, 'thinline')] }));
      await phone.waitFor(
        'the line is registered',
        ({ phone: it }) => it?.endpoint?.pid === endpoint.pid && it.lines[0]?.state === 'REGISTERED',
      );
      await phone.does('dial', '600');
      await phone.call('TALKING');
      await waitForToneIn('the endpoint', { file: async () => endpoint.recording, rate }, hz);
      const from = (await endpoint.heard()).length;
      const enough = from + 3 * rate;
      await until('there is enough of it', async () => (await endpoint.heard()).length >= enough, 15_000, 250);
      await phone.does('hangup');
      const heard = (await endpoint.heard()).subarray(from, enough);
      const level = median(toneLevels(heard, hz, rate, 100));
      const gap = longestGap(heard, hz, rate, dbfs - 12);
      console.log(`The echo at ${level.toFixed(1)} dBFS, longest gap ${gap} ms.`);
      expect(Math.abs(level - dbfs)).toBeLessThan(3);
      expect(gap).toBeLessThanOrEqual(100);
    }));
});
