/** A line over a network in memory, as far as the order of events is in question. */
import { silent } from '@thinline/shared/log/log.ts';
import { describe, expect, it, vi } from 'vitest';
import { DnsCache } from '../locate/dns-cache.ts';
import { field } from '../message/response.ts';
import { usualSettings } from '../settings.ts';
import { makeLine } from '../testing/make-line.ts';
import { openWire } from '../testing/wire.ts';
import { SipLine } from './sip-line.ts';

function open() {
  const wire = openWire();
  const kept: boolean[] = [];
  const noDns = () => Promise.reject(new Error('there is no DNS here'));
  const line = new SipLine(makeLine({ user: 'alice', server: '127.0.0.1:5060', registerTimeoutS: 300 }), {
    layer: wire.layer,
    port: 5060,
    tlsPort: 0,
    settings: usualSettings,
    dns: new DnsCache({
      open: () => ({ resolveNaptr: noDns, resolveSrv: noDns, resolveAddresses: noDns }),
      now: Date.now,
      log: silent,
    }),
    userAgent: 'Thinline/test',
    keepAlive: (_, on) => void kept.push(on),
    log: silent,
  });
  return { ...wire, line, kept };
}

describe('a line', () => {
  it('keeps the way from its server open while it is registered', async () => {
    const { line, kept, layer, last, answer } = open();
    await line.start();
    await vi.waitFor(() => last('REGISTER'));
    answer(last('REGISTER'), 200, { fields: [field('expires', '300')] });
    await vi.waitFor(() => expect(line.snapshot.state).toBe('REGISTERED'));
    expect(kept).toEqual([true]);
    await line.stop();
    expect(kept).toEqual([true, false]);
    layer.close();
  });

  it('that was removed before its server answered leaves nothing behind', async () => {
    const { line, kept, layer, last, answer } = open();
    await line.start();
    await vi.waitFor(() => last('REGISTER'));
    await line.stop();
    answer(last('REGISTER'), 200, { fields: [field('expires', '300')] });
    await new Promise((resolve) => setImmediate(resolve));
    expect(kept).toEqual([]);
    layer.close();
  });
});
