import { usualLinkSettings } from '@thinline/shared/config/link.ts';
import { failure } from '@thinline/shared/failures.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChannelProvider } from '../channel/provider.ts';
import { Placement } from './placement.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Leads nowhere, and counts how often it was asked. */
class NoWay implements ChannelProvider {
  readonly name = 'xrdp';
  readonly placement: string;
  readonly mostWaitMs = 500;
  opened = 0;

  constructor(placement: string) {
    this.placement = placement;
  }

  async open(): Promise<never> {
    this.opened += 1;
    throw new Error(`no way ${this.opened}`);
  }
}

async function started(fallback: 'none' | 'desktop', isRunning = false) {
  const endpoint = new NoWay('endpoint');
  const placement = new Placement({
    provider: endpoint,
    desktop: { provider: new NoWay('desktop'), isRunning: async () => isRunning },
    settings: { ...usualLinkSettings, fallback },
  });
  await placement.start();
  return { endpoint, placement };
}

const agent = { id: '1', user: 'ada', host: 'desk1' };
const unreachable = failure('endpointUnreachable', { detail: 'a test' });

describe('the link', () => {
  it('leads to the endpoint, and after five seconds into the desktop', async () => {
    const { placement } = await started('desktop');
    expect([placement.move(false), placement.provider.placement, placement.patienceLeft]).toEqual([
      false,
      'endpoint',
      5000,
    ]);
    vi.advanceTimersByTime(4999);
    expect([placement.move(false), placement.patienceLeft]).toEqual([false, 1]);
    vi.advanceTimersByTime(1);
    expect([placement.move(false), placement.provider.placement]).toEqual([true, 'desktop']);
    expect([placement.inDesktop, placement.patienceLeft]).toEqual([true, Number.POSITIVE_INFINITY]);
  });

  it('leads into the desktop at once where an adapter was left there', async () => {
    const { placement } = await started('desktop', true);
    expect(placement.move(false)).toBe(true);
  });

  it('does not lead there as another session has the endpoint', async () => {
    const { placement } = await started('desktop');
    const greeting = {
      protocol: 1,
      endpoint: null,
      capabilities: [],
      failure: failure('takenOver', { host: 'desk2' }),
    };
    expect(placement.receive(greeting).kind).toBe('displaced');
    vi.advanceTimersByTime(60_000);
    expect([placement.move(false), placement.inDesktop]).toEqual([false, false]);
  });

  it('never leads there where nobody allows it', async () => {
    const { placement } = await started('none', true);
    vi.advanceTimersByTime(60_000);
    expect([placement.move(false), placement.inDesktop, placement.notices]).toEqual([false, false, []]);
  });
});

describe('in the desktop', () => {
  it('the endpoint is looked for, unless a call is up', async () => {
    const { endpoint, placement } = await started('desktop', true);
    placement.move(false);
    expect(await placement.seek(agent, () => true)).toBe(false);
    expect(endpoint.opened).toBe(0);
    expect(await placement.seek(agent, () => false)).toBe(false);
    expect(endpoint.opened).toBe(1);
    expect(placement.notices[1]?.cause).toContain('no way 1');
  });

  it('no second time while the first is on', async () => {
    const { endpoint, placement } = await started('desktop', true);
    placement.move(false);
    await Promise.all([placement.seek(agent, () => false), placement.seek(agent, () => false)]);
    expect(endpoint.opened).toBe(1);
  });

  it('it is said why', async () => {
    const { placement } = await started('desktop', true);
    placement.missed(failure('protocolMismatch', { app: '1', endpoint: '9' }));
    placement.move(false);
    placement.missed(unreachable);
    expect(placement.notices[0]?.cause).toContain('too far apart in version');
    expect(placement.notices[1]?.code).toBe('TL1002');
  });
});

describe('why there is no link', () => {
  it('is at first that it is not there, and after five seconds that no calls can be taken, and what to do', async () => {
    const { placement } = await started('none');
    expect(placement.explain(unreachable)).toBe(unreachable);
    vi.advanceTimersByTime(5000);
    expect(placement.explain(unreachable)).toMatchObject({
      message: 'You cannot take calls: there is no phone where you sit.',
      cause: expect.stringMatching(/by way of xrdp.*a test/),
    });
  });

  it('is what the way to it knows better', async () => {
    const { placement } = await started('none');
    vi.advanceTimersByTime(5000);
    const stuck = { ...unreachable, code: 'TL1021' };
    expect(placement.explain(stuck)).toBe(stuck);
  });
});
