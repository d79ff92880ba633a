/** What each option of policy.link changes in the app layer, from the file to what it makes of the endpoint. */
import { readConfigurationFile } from '@thinline/shared/config/configuration-file.ts';
import type { LinkSettings } from '@thinline/shared/config/link.ts';
import { type Settings, softphoneConfig } from '@thinline/shared/config/testing/configured.ts';
import { blankCall } from '@thinline/shared/contract/blank.ts';
import type { EndpointIdentity, HandshakeResponse } from '@thinline/shared/contract/types.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Placement } from './placement.ts';
import { receive } from './reception.ts';
import { Roaming } from './roaming.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Throws where anything in the settings is not usable. */
function linkSettings(settings: Settings): LinkSettings {
  const reading = readConfigurationFile(Buffer.from(softphoneConfig(settings)));
  if ('unreadable' in reading) throw new Error(reading.unreadable.problem);
  const [mistake] = reading.mistakes;
  if (mistake) throw new Error(mistake.problem);
  return reading.link;
}

const identity = (said: Partial<EndpointIdentity>): EndpointIdentity => ({
  epoch: 'e',
  host: 'desk',
  platform: '',
  productVersion: '1.2.0',
  pid: 1,
  endpointId: 'A',
  ...said,
});

const greeting: HandshakeResponse = { protocol: 1, endpoint: identity({}), capabilities: [], failure: null };

/** What becomes of an adapter of version 1.2.0. */
function received(settings: Settings): string[] {
  const { kind, notice, refusals } = receive(greeting, linkSettings(settings));
  return [kind, notice ? 'with a notice' : 'without a word', refusals.has('dial') ? 'takes no calls' : 'takes calls'];
}

it.each([
  ['1.2.0', ['welcome', 'without a word', 'takes calls']],
  ['1.2.1', ['blocked', 'without a word', 'takes calls']],
])('policy.link.min_adapter: where it is "%s", an adapter of 1.2.0 is good enough or not', (version, expected) => {
  const settings = { 'policy.link.min_adapter': version, 'policy.link.on_mismatch': 'block' };
  expect(received(settings)).toEqual(expected);
});

it.each([
  ['warn', ['welcome', 'with a notice', 'takes calls']],
  ['readonly', ['welcome', 'with a notice', 'takes no calls']],
  ['block', ['blocked', 'without a word', 'takes calls']],
])(
  'policy.link.on_mismatch: with "%s" an adapter that is too old is used, looked at, or done without',
  (word, expected) => {
    expect(received({ 'policy.link.min_adapter': '2.0.0', 'policy.link.on_mismatch': word })).toEqual(expected);
  },
);

it.each([
  ['none', false],
  ['desktop', true],
])(
  'policy.link.fallback: with "%s" sound is in the desktop or nowhere, where no endpoint answers',
  async (word, inDesktop) => {
    const open = () => Promise.reject(new Error('a test'));
    const provider = { name: 'xrdp', placement: 'endpoint', mostWaitMs: 500, open };
    const placement = new Placement({
      provider,
      desktop: { provider, isRunning: async () => false },
      settings: linkSettings({ 'policy.link.fallback': word }),
    });
    await placement.start();
    vi.advanceTimersByTime(5000);
    placement.move(false);
    expect(placement.inDesktop).toBe(inDesktop);
  },
);

it.each([
  ['at_once', undefined],
  ['after_calls', 'desk'],
])('policy.link.roaming: with "%s" a new endpoint waits for the calls at the old one, or not', (word, host) => {
  const roaming = new Roaming(linkSettings({ 'policy.link.roaming': word }).roaming, () => {});
  const left = {
    endpoint: identity({}),
    configurationRevision: '',
    lines: [],
    calls: [blankCall({ id: 'c1' })],
    audio: null,
    qualities: [],
    notices: [],
  };
  roaming.meet(left, identity({ endpointId: 'B', host: 'other' }));
  expect(roaming.waitsFor?.host).toBe(host);
  roaming.stop();
});
