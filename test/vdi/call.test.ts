/** The split on a real remote desktop: the app layer in an xrdp session, the adapter beside the client, a call with sound. */
import type { PhoneState } from '@thinline/app-layer/endpoint/replica.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPlugin } from '../../scripts/build-plugins.mjs';
import { type Lab, startLab } from '../../scripts/lab/lab.ts';
import { whileOpen } from '../bench/open.ts';
import { waitForToneIn } from '../peers/recording.ts';
import { hasPeers } from '../peers/required.ts';
import { until } from '../peers/until.ts';
import { longestGap, median, toneLevels } from '../tools/tone.ts';
import { type Screen, startClient, startScreen } from './client.ts';
import { type Desktop, desktopMissing, startDesktop } from './desktop.ts';
import { startDesktopPhone } from './desktop-phone.ts';
import { startEndpoint } from './endpoint.ts';

const rate = 48_000;
const hz = 1000;
const dbfs = -12;
/** How much of the echo is measured, s. */
const listening = 3;

const missing = !hasPeers('xrdp', 'xfreerdp', 'Xvfb') || desktopMissing() !== null;

describe.skipIf(missing)('a call from a remote desktop', () => {
  let lab: Lab;
  let screen: Screen;
  let desktop: Desktop;
  let addIn: string;

  beforeAll(async () => {
    addIn = buildPlugin('freerdp2');
    [lab, screen, desktop] = await Promise.all([startLab(), startScreen(), startDesktop()]);
  });
  afterAll(async () => {
    await desktop?.stop();
    await screen?.stop();
    await lab?.close();
  });

  // The second comes to the session of the first, as from another machine with another client.
  test.each(['dynamic', 'static'] as const)('over a %s channel: the echo is heard at the endpoint', (channel) =>
    whileOpen(async (open) => {
      const began = performance.now();
      const endpoint = await open.keep(startEndpoint({ hz, dbfs }));
      await open.keep(startClient({ desktop, screen, addIn, channel, runtimeFolder: endpoint.folder }));
      const { host, port, user, password } = lab;
      const phone = await open.keep(
        startDesktopPhone({ desktop, lines: [{ user, password, server: `${host}:${port}` }] }),
      );
      const registered = async (): Promise<void> => {
        const isUp = ({ phone: it }: PhoneState): boolean =>
          it?.endpoint?.pid === endpoint.pid && it.lines[0]?.state === 'REGISTERED';
        await phone.waitFor('the line is registered', isUp);
      };
      await registered();
      const registeredAfter = performance.now() - began;

      await phone.does('dial', '600');
      await phone.call('TALKING');
      await waitForToneIn('the endpoint', { file: async () => endpoint.recording, rate }, hz);
      const from = (await endpoint.heard()).length;
      const enough = from + listening * rate;
      await until('there is enough of it', async () => (await endpoint.heard()).length >= enough, 15_000, 250);
      await phone.does('hangup');
      await phone.waitFor('no calls', (it) => it.phone?.calls.length === 0);

      const heard = (await endpoint.heard()).subarray(from, enough);
      const levels = toneLevels(heard, hz, rate, 100);
      const gap = longestGap(heard, hz, rate, dbfs - 12);
      console.log(
        `${channel}: registered ${registeredAfter.toFixed(0)} ms after nothing but the desktop; the echo at ${median(levels).toFixed(1)} dBFS, longest gap ${gap} ms`,
      );
      expect(Math.abs(median(levels) - dbfs)).toBeLessThan(3);
      // A machine that stands still for a moment is silent, too; the channel has no part in the sound.
      expect(gap).toBeLessThanOrEqual(250);

      // The add-in refuses the channel meanwhile, or carries nothing.
      await endpoint.kill();
      await phone.waitFor('the link is lost', ({ link }) => link.state === 'lost');
      const back = performance.now();
      await endpoint.start();
      await registered();
      console.log(
        `${channel}: registered again ${(performance.now() - back).toFixed(0)} ms after the adapter's new start`,
      );
    }),
  );
});
