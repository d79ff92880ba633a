/** A channel that loses, damages and makes up bytes: what gRPC sees is right, or ends, and comes back. */
import type { Duplex } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Epoch } from './epoch.ts';
import { connectLink } from './initiator.ts';
import { acceptLinks } from './responder.ts';
import { anyBytes, Channel, collect, settled } from './testing/channel.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** One end of each epoch, and what went in and came out there. */
class Side {
  readonly ends: { link: Duplex; id: number; wrote: Buffer; received: () => Buffer }[] = [];

  take(link: Duplex): void {
    if (!(link instanceof Epoch)) throw new Error('this is no epoch');
    this.ends.push({ link, id: link.id, wrote: Buffer.alloc(0), received: collect(link) });
  }

  write(bytes: Buffer): void {
    const end = this.ends.at(-1);
    if (!end || end.link.destroyed) return;
    end.wrote = Buffer.concat([end.wrote, bytes]);
    end.link.write(bytes);
  }

  /** What the other end of that epoch was given. */
  wrote(id: number): Buffer {
    return this.ends.find((end) => end.id === id)?.wrote ?? Buffer.alloc(0);
  }
}

/** An app layer that opens the channel again whenever its link has ended. */
async function keepConnected(channel: Channel, side: Side, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const link = await connectLink(channel.open()).catch(() => null);
    if (!link) continue;
    side.take(link);
    // What came in the same breath as the ACK may have ended it already.
    if (!link.closed) await new Promise((resolve) => link.once('close', resolve));
  }
}

type Way = 'up' | 'down';
interface Spoiling {
  kind: 'insert' | 'lose' | 'damage';
  way: Way;
  at: number;
  bytes: Buffer;
}
type Step =
  | { kind: 'write'; way: Way; bytes: Buffer }
  | Spoiling
  | { kind: 'put'; way: Way; bytes: Buffer }
  | { kind: 'freeze' }
  | { kind: 'thaw' }
  | { kind: 'wait'; ms: number };

const way: fc.Arbitrary<Way> = fc.constantFrom('up', 'down');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant<'write'>('write'), way, bytes: anyBytes(1, 6000) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom<Spoiling['kind']>('insert', 'lose', 'damage'),
      way,
      at: fc.nat(5000),
      bytes: anyBytes(1, 1000),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant<'put'>('put'), way, bytes: anyBytes(1, 1000) }) },
  { weight: 1, arbitrary: fc.constantFrom<Step>({ kind: 'freeze' }, { kind: 'thaw' }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant<'wait'>('wait'), ms: fc.nat(2000) }) },
);

const asIs = (passing: Buffer): Buffer => passing;

/** Puts bytes in, takes as many out, or does both. */
function spoil(it: Buffer, how: Spoiling): Buffer {
  const at = how.at % (it.length + 1);
  const rest = it.subarray(how.kind === 'insert' ? at : at + how.bytes.length);
  return Buffer.concat([it.subarray(0, at), how.kind === 'lose' ? Buffer.alloc(0) : how.bytes, rest]);
}

async function play(channel: Channel, sides: Record<Way, Side>, it: Step): Promise<void> {
  if (it.kind === 'write') sides[it.way].write(it.bytes);
  else if (it.kind === 'put' && it.way === 'up') channel.putUp(it.bytes);
  else if (it.kind === 'put') channel.putDown(it.bytes);
  else if (it.kind === 'freeze') channel.freeze();
  else if (it.kind === 'thaw') channel.thaw();
  else if (it.kind === 'wait') await vi.advanceTimersByTimeAsync(it.ms);
  else {
    const { way } = it;
    channel[way] = (passing) => {
      channel[way] = asIs;
      return spoil(passing, it);
    };
  }
  await settled();
}

/** Throws where an end received anything but the beginning of what the other end of its epoch was given. */
function compare(receivers: Side, writers: Side): void {
  for (const { id, received } of receivers.ends) {
    const got = received();
    expect(got.equals(writers.wrote(id).subarray(0, got.length)), `${got.length} bytes received`).toBe(true);
  }
}

it('never delivers a byte that was not sent, and always comes back', { timeout: 20_000 }, async () => {
  let [epochs, bytesThrough] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
      const channel = new Channel();
      // What goes up is written in the desktop.
      const sides = { up: new Side(), down: new Side() };
      let isOver = false;
      acceptLinks(channel.far, (link) => sides.down.take(link));
      const connecting = keepConnected(channel, sides.up, () => isOver);
      await settled();
      for (const it of steps) await play(channel, sides, it);
      compare(sides.down, sides.up);
      compare(sides.up, sides.down);
      epochs += sides.down.ends.length;
      for (const { received } of [...sides.up.ends, ...sides.down.ends]) bytesThrough += received().length;

      channel.up = channel.down = asIs;
      channel.thaw();
      await vi.advanceTimersByTimeAsync(4000);
      await settled();
      sides.up.write(Buffer.from('up'));
      sides.down.write(Buffer.from('down'));
      await settled();
      expect(sides.up.ends.at(-1)?.received().toString()).toMatch(/down$/);
      expect(sides.down.ends.at(-1)?.received().toString()).toMatch(/up$/);
      isOver = true;
      sides.up.ends.at(-1)?.link.destroy();
      await connecting;
    }),
    { numRuns: 100 },
  );
  // Otherwise there was nothing to compare, or nothing ended.
  expect(epochs).toBeGreaterThan(150);
  expect(bytesThrough).toBeGreaterThan(100_000);
});
