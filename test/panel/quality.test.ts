/** The live picture of a call's quality, and the badge, as an agent sees them. */
import type { CallQuality } from '@thinline/shared/contract/types.ts';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium } from '../peers/chromium.ts';
import { hasPeers } from '../peers/required.ts';
import { makeCall, makeQuality } from './fake-replica.ts';
import { lookAt, patience } from './look.ts';
import { type Stage, setStage } from './stage.ts';

let browser: Browser;
let stage: Stage;

const view = () => stage.page.getByRole('region', { name: 'Call quality' });
const chart = (name: RegExp) => view().getByRole('img', { name });
const grace = { uri: 'sip:606@example.org', number: '606', displayName: 'Grace Hopper' };

const good: Partial<CallQuality> = {
  packetsReceived: 0,
  packetsLost: 0,
  jitterMs: 4,
  oneWayDelayMs: 85,
  roundTripMs: 30,
  sentDbfs: -30,
  receivedDbfs: -30,
  networkLevel: 'GOOD',
  rating: { mosListening: 4.4, mosConversational: 4.3 },
};

describe.skipIf(!hasPeers('chromium'))('call quality', () => {
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    stage = await setStage(browser);
    // Two minutes of a call go by at once, and no second by itself.
    await stage.page.clock.install();
    await stage.page.reload();
    await stage.page.getByText('Registered', { exact: true }).waitFor();
    await stage.page.getByRole('tab', { name: 'Status' }).click();
    await view().waitFor();
    await stage.page.clock.pauseAt(Date.now() + 3_600_000);
  });
  afterEach(async () => {
    const { complaints } = stage;
    await stage.close();
    expect(complaints).toEqual([]);
  });

  const talk = (id = 'talk', more: Parameters<typeof makeCall>[0] | object = {}) =>
    stage.replica.change(({ calls, qualities }) => {
      calls.push(makeCall({ id, remote: grace, connectedAtMs: Date.now(), ...more }));
      qualities.push(makeQuality(id, good));
    });
  let heard = 0;
  /** So many seconds, each with 50 packets that came, and what else is said of them. */
  async function pass(seconds: number, of: (second: number) => Partial<CallQuality> = () => ({})): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      heard += 1;
      stage.replica.change(({ qualities }) => {
        for (const quality of qualities) {
          quality.packetsReceived += 50;
          Object.assign(quality, { longestGapMs: 0 }, of(second));
          quality.packetsSent = heard;
        }
      });
      await stage.seen();
      await stage.page.clock.runFor(1000);
    }
  }

  test('nothing is claimed before anything is measured', async () => {
    await view().getByText('Quality is measured while you talk.').waitFor();
    stage.replica.change(({ calls, qualities }) => {
      calls.push(makeCall({ id: 'talk', connectedAtMs: Date.now() }));
      const { jitterMs: _jitter, ...unmeasured } = makeQuality('talk', { packetsReceived: 0, packetsLost: 0 });
      qualities.push(unmeasured);
    });
    await stage.page.clock.runFor(2000);
    await chart(/^Jitter: not measured yet$/).waitFor();
    await chart(/^Loss: not measured yet$/).waitFor();
    await view().getByText('Network: not known yet').waitFor();
    await view().getByText('Nothing has been measured yet.').waitFor();
    expect(await view().locator('.curve[d=""]').count()).toBe(4);
  });

  test('loss, jitter, delay and MOS are drawn second by second, and told in words and figures', async () => {
    talk();
    await pass(8);
    await chart(/^Loss in the last two minutes: now 0\.0%, worst 0\.0%$/).waitFor();
    await chart(/^Jitter in the last two minutes: now 4 ms, worst 4 ms$/).waitFor();
    await chart(/^Delay in the last two minutes: now 85 ms, worst 85 ms$/).waitFor();
    await chart(/^MOS in the last two minutes: now 4\.3, worst 4\.3$/).waitFor();
    await view().getByText('Nothing wrong can be seen.').waitFor();
    await view().locator('summary').focus();
    await stage.page.keyboard.press('Enter');
    await view().getByRole('row', { name: 'MOS 4.3 4.3 4.3' }).waitFor();
    await view().getByRole('row', { name: 'Delay 85 ms 85 ms 85 ms' }).waitFor();
  });

  test('the badge says the level, and what limits it, also at the call itself', async () => {
    talk();
    await pass(3);
    const badges = stage.page.getByText('Network: good', { exact: true });
    await expect.poll(() => badges.count()).toBe(2);
    await pass(7, () => ({ networkLevel: 'POOR', jitterMs: 30 }));
    await expect.poll(() => stage.page.getByText('Network: poor · limited by jitter').count()).toBe(2);
    await pass(1, () => ({ networkLevel: 'BAD', jitterMs: 80 }));
    await view().getByText('Network: bad · limited by jitter').waitFor();
  });

  test('who is to blame is said as far as it can be seen', async () => {
    talk();
    await pass(6);
    const said = (words: RegExp) => view().getByRole('status').getByText(words).waitFor();
    await said(/^Nothing wrong can be seen/);
    await pass(6, (second) => ({ packetsLost: 4 * (second + 1) }));
    await said(/^Sound from the far end is lost on its way to you/);
    await pass(1, () => ({ remoteLoss: 0.05 }));
    await said(/^Sound is lost in both directions/);
    await pass(8, () => ({ remoteLoss: 0 }));
    await pass(21, () => ({ sentDbfs: -90 }));
    await said(/^Your microphone is silent/);
    stage.replica.change(({ calls }) => {
      for (const call of calls) call.muted = true;
    });
    await said(/^You are muted/);
    await stage.page.clock.runFor(5000);
    await said(/^No sound arrives/);
  });

  test('each call has its own picture, and takes it along when it ends', async () => {
    talk('one');
    talk('two', { remote: { uri: '', number: '602', displayName: '' }, state: 'HELD' });
    await pass(2);
    await view().getByRole('region', { name: 'Call with Grace Hopper' }).waitFor();
    await view()
      .getByRole('region', { name: 'Call with 602' })
      .getByText('The call is on hold: nothing is judged meanwhile.')
      .waitFor();
    stage.replica.change((phone) => {
      phone.calls = [];
      phone.qualities = [];
    });
    await stage.page.clock.runFor(1000);
    await view().getByText('Quality is measured while you talk.').waitFor();
  });

  test(
    'looks right: a call that is well, and one that was not',
    async () => {
      talk();
      await pass(6);
      await stage.page.clock.resume();
      await lookAt(stage.page, 'quality-good');
      await stage.page.clock.pauseAt(Date.now() + 7_200_000);
      await pass(110, (second) => ({
        packetsLost: second < 50 ? 0 : second < 80 ? (second - 49) * 3 : 90,
        jitterMs: 4 + (second % 7) + (second > 40 && second < 85 ? 22 : 0),
        oneWayDelayMs: 85 + 3 * (second % 5) + (second > 60 ? 90 : 0),
        intervalRating: { mosListening: 4.3, mosConversational: second > 50 && second < 86 ? 2.9 : 4.2 },
        networkLevel: second > 50 && second < 86 ? 'BAD' : 'MEDIUM',
        remoteLoss: 0.03,
      }));
      await view().locator('summary').click();
      await stage.page.clock.resume();
      await lookAt(stage.page, 'quality-poor');
    },
    patience,
  );
});
