/** A REFER of ours, and what its NOTIFYs say (RFC 3515, RFC 5589), over a network in memory. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Dialog } from '../dialog/dialog.ts';
import { fieldOf, type SipMessage } from '../message/message.ts';
import { field, makeResponse } from '../message/response.ts';
import { makeUri, readUri } from '../message/uri.ts';
import { arrived } from '../testing/arrived.ts';
import { messageWith } from '../testing/message-with.ts';
import { clientOver, openWire, read } from '../testing/wire.ts';
import type { Outcome, SessionEnd } from './session.ts';
import { Transfer } from './transfer.ts';

const dialogWith = (name: string): Dialog => {
  const invite = read(
    `INVITE sip:${name}@example.org SIP/2.0\r\nFrom: <sip:alice@example.org>;tag=ours\r\n` +
      `To: <sip:${name}@example.org;user=phone>\r\nCall-ID: call-${name}\r\nCSeq: 7 INVITE\r\n\r\n`,
  );
  const ok = makeResponse(invite, 200, { tag: 'theirs', fields: [field('contact', `<sip:${name}@192.0.2.1>`)] });
  return Dialog.asClient(invite, ok);
};

const carol = makeUri({ user: 'carol', host: 'example.org' });

function open(target: Parameters<Transfer['run']>[0] = carol) {
  const wire = openWire();
  const progress: number[] = [];
  const outcomes: Outcome[] = [];
  const transfer = new Transfer({
    client: clientOver(wire),
    dialog: dialogWith('bob'),
    from: '<sip:alice@example.org>',
    progress: ({ status }) => progress.push(status),
  });
  void transfer.run(target, [field('contact', '<sip:alice@192.0.2.9>')]).then((it) => outcomes.push(it));
  return {
    ...wire,
    transfer,
    progress,
    refer: wire.last('REFER'),
    outcome: async () => {
      await vi.advanceTimersByTimeAsync(0);
      expect(outcomes.length).toBeLessThan(2);
      return outcomes[0] ?? null;
    },
  };
}

const notify = (state: string, fragment: string): ReturnType<typeof arrived> => {
  const message = messageWith('To: <sip:a@x>;tag=ours', `Subscription-State: ${state}`);
  return arrived({ ...message, body: `${fragment}\r\n` } satisfies SipMessage);
};

const end = (by: SessionEnd['by']): SessionEnd => ({ by, status: 0, reason: '' });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('whom a REFER names', () => {
  it('is a target', () => {
    const { refer } = open();
    expect([refer.uri, fieldOf(refer, 'cseq')]).toEqual(['sip:bob@192.0.2.1', '8 REFER']);
    expect(['refer-to', 'referred-by', 'contact'].map((name) => fieldOf(refer, name))).toEqual([
      '<sip:carol@example.org>',
      '<sip:alice@example.org>',
      '<sip:alice@192.0.2.9>',
    ]);
  });

  it('is the far end of another call, which it takes the place of: the tags as that far end sees them', () => {
    const { refer } = open(dialogWith('dave'));
    expect(fieldOf(refer, 'refer-to')).toBe(
      '<sip:dave@example.org?Replaces=call-dave%3Bto-tag%3Dtheirs%3Bfrom-tag%3Dours>',
    );
  });

  it('is a telephone number too', () => {
    const number = readUri('tel:+49301');
    expect(fieldOf(open(number).refer, 'refer-to')).toBe('<tel:+49301>');
  });
});

describe('what becomes of it', () => {
  it('is what the last NOTIFY says', async () => {
    const { transfer, answer, refer, progress, outcome } = open();
    answer(refer, 202);
    const ringing = notify('active;expires=60', 'SIP/2.0 180 Ringing');
    transfer.notified(ringing.request);
    expect(await outcome()).toBeNull();
    transfer.notified(notify('terminated;reason=noresource', 'SIP/2.0 200 OK').request);
    expect(await outcome()).toMatchObject({ ok: true, status: 200, reason: 'OK' });
    expect(progress).toEqual([202, 180, 200]);
    expect(ringing.statuses()).toEqual([200]);
    vi.runAllTimers();
    expect(await outcome()).toMatchObject({ status: 200 });
  });

  it('is that NOTIFY’s refusal', async () => {
    const { transfer, answer, refer, outcome } = open();
    answer(refer, 202);
    transfer.notified(notify('terminated', 'SIP/2.0 486 Busy Here').request);
    expect(await outcome()).toMatchObject({ ok: false, status: 486, reason: 'Busy Here' });
  });

  it('is the refusal of the REFER itself', async () => {
    const { answer, refer, progress, outcome } = open();
    answer(refer, 603);
    expect(await outcome()).toEqual({ ok: false, status: 603, reason: 'Decline' });
    expect(progress).toEqual([]);
  });

  it('is that nobody answered', async () => {
    const { outcome } = open();
    vi.advanceTimersByTime(32_000);
    expect(await outcome()).toMatchObject({ ok: false, status: 408 });
  });

  it('is good where the far end won’t tell (RFC 4488), with nothing left to wait for', async () => {
    const { answer, refer, outcome, layer } = open();
    answer(refer, 202, { fields: [field('refer-sub', 'false')] });
    expect(await outcome()).toEqual({ ok: true, status: 202, reason: 'Accepted' });
    layer.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is known though the NOTIFY overtakes the 202', async () => {
    const { transfer, answer, refer, outcome, layer } = open();
    transfer.notified(notify('terminated', 'SIP/2.0 200 OK').request);
    answer(refer, 202);
    expect(await outcome()).toMatchObject({ ok: true, status: 200 });
    layer.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ['a subscription that ends without a word', 'terminated;reason=timeout', ''],
    ['a body that is none', 'terminated', 'hello'],
  ])('is unknown after %s', async (_, state, fragment) => {
    const { transfer, answer, refer, outcome } = open();
    answer(refer, 202);
    transfer.notified(notify(state, fragment).request);
    expect(await outcome()).toMatchObject({ ok: false, status: 500 });
  });

  it('is not waited for for ever', async () => {
    const { answer, refer, outcome } = open();
    answer(refer, 202);
    vi.advanceTimersByTime(184_999);
    expect(await outcome()).toBeNull();
    vi.advanceTimersByTime(1);
    expect(await outcome()).toMatchObject({ ok: false, status: 408 });
  });

  it.each([
    ['good where a far end hangs up that has said yes', true, 'remote', true],
    ['bad where it has not', false, 'remote', false],
    ['bad where we hang up', true, 'local', false],
  ] as const)('is %s', async (_, accepted, by, ok) => {
    const { transfer, answer, refer, outcome } = open();
    if (accepted) answer(refer, 202);
    transfer.stop(end(by));
    expect(await outcome()).toMatchObject({ ok });
  });

  it('is known by the number of the REFER, also of its second try (RFC 3515 §2.4.6)', () => {
    const { transfer, answer, refer, last } = open();
    expect([transfer.owns('8'), transfer.owns(''), transfer.owns('9')]).toEqual([true, true, false]);
    answer(refer, 407, { fields: [field('proxy-authenticate', 'Digest realm="r", nonce="n"')] });
    expect(fieldOf(last('REFER'), 'cseq')).toBe('9 REFER');
    expect([transfer.owns('8'), transfer.owns('9')]).toEqual([false, true]);
  });
});
