import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { featureBench, openEventServer } from '../testing/event-server.ts';
import { LineFeatures } from './features.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const ours = 'sip:alice@192.0.2.9:5060';
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
const said = (uri: string, state: string, event: string, more = '') => ({
  type: 'application/reginfo+xml',
  body: `<reginfo version="1" state="partial"><registration aor="sip:alice@example.org" id="a" state="active"><contact id="b" state="${state}" event="${event}" ${more}><uri>${uri}</uri></contact></registration></reginfo>`,
});

function openUp() {
  const server = openEventServer();
  const { ports, losses } = featureBench(server, { regEvent: true });
  const features = new LineFeatures(ports);
  features.registered(false);
  const first = server.establish('reg', said(ours, 'active', 'registered'));
  return {
    features,
    losses,
    subscribes: server.subscribes,
    say: async (...what: Parameters<typeof said>) => {
      server.notify(first, said(...what));
      await settle();
    },
  };
}

describe('the registrar', () => {
  it.each(['expired', 'deactivated', 'unregistered', 'rejected'])(
    'that has %s our Contact is asked again at once',
    async (event) => {
      const { say, losses } = openUp();
      await say(ours, 'terminated', event);
      expect(losses()).toBe(1);
    },
  );

  it('may remove other Contacts', async () => {
    const { say, losses } = openUp();
    await say('sip:alice@192.0.2.10:5060', 'terminated', 'expired');
    await say(ours, 'active', 'refreshed');
    expect(losses()).toBe(0);
  });

  it('may have it again already', async () => {
    const { say, losses } = openUp();
    const again = `</uri></contact><contact id="c" state="active" event="registered"><uri>${ours}`;
    await say(`${ours}${again}`, 'terminated', 'expired');
    expect(losses()).toBe(0);
  });

  it('is not hammered at', async () => {
    const { say, losses } = openUp();
    for (let i = 0; i < 5; i++) await say(ours, 'terminated', 'deactivated');
    expect(losses()).toBe(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(losses()).toBe(2);
  });

  it('says when it wants to be asked', async () => {
    const { say, losses } = openUp();
    await say(ours, 'terminated', 'probation', 'retry-after="60"');
    await vi.advanceTimersByTimeAsync(59_000);
    expect(losses()).toBe(0);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(losses()).toBe(1);
  });

  it('is not asked once the line goes', async () => {
    const { say, losses, features } = openUp();
    await say(ours, 'terminated', 'probation', 'retry-after="60"');
    features.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(losses()).toBe(0);
  });
});
