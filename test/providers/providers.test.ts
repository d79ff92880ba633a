/**
 * The providers for Windows desktops, through the same koffi as there, over libraries that do what the vendors' documents
 * say. What the vendors' own libraries do is not shown by this.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { EndpointLink } from '@thinline/app-layer/endpoint/link.ts';
import { FakeEndpoint } from '@thinline/endpoint-adapter/channel/fakes.ts';
import { EndpointService } from '@thinline/endpoint-adapter/channel/service.ts';
import { serve } from '@thinline/shared/contract/server.ts';
import { failureOf } from '@thinline/shared/failures.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { array, assert, asyncProperty, constantFrom, integer, tuple } from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasPeers } from '../peers/required.ts';
import { until } from '../peers/until.ts';
import { buildVendors, type Counts, FarEnd, type Vendor, type Vendors, wish } from './vendors.ts';

const which = [
  ['wts', 'dynamic'],
  ['wts', 'static'],
  ['horizon', 'dynamic'],
  ['horizon', 'static'],
  ['citrix', 'dynamic'],
  ['citrix', 'static'],
] as const;

describe.skipIf(process.platform !== 'linux' || !hasPeers('gcc'))('providers for Windows desktops', () => {
  let vendors: Vendors;
  let far: FarEnd;
  let before: Counts[];
  let ends = 0;
  const open: Duplex[] = [];

  beforeAll(async () => {
    vendors = await buildVendors();
  });
  afterAll(() => vendors.remove());

  beforeEach(async () => {
    ends += 1;
    far = new FarEnd(join(vendors.folder, `far-${ends}`));
    await far.start();
    before = vendors.all.map(({ library }) => library.counts());
  });

  afterEach(async () => {
    for (const it of open.splice(0)) it.destroy();
    await far.stop();
    await allReturned();
    const after = vendors.all.map(({ library }) => library.counts());
    for (const [at, { overlaps, misuses, discarded }] of after.entries()) {
      expect({ overlaps, misuses, discarded }).toEqual({
        overlaps: before[at]?.overlaps,
        misuses: before[at]?.misuses,
        discarded: before[at]?.discarded,
      });
    }
  });

  function vendorOf([name, kind]: readonly [string, string]): Vendor {
    const vendor = vendors.all.find((it) => it.name === name && it.kind === kind);
    if (!vendor) throw new Error(`there is no ${name} ${kind}`);
    return vendor;
  }

  /** Both ends of a channel. */
  async function channelOf(vendor: Vendor, wishes = 0) {
    vendors.configure(far.path, vendor.wishes | wishes);
    const near = await vendor.provider.open();
    open.push(near.on('error', () => {}));
    return { near, ...(await far.next()) };
  }

  const noise = (length: number, seed: number): Buffer =>
    Buffer.from(Uint8Array.from({ length }, (_, at) => (at * 31 + seed * 17 + (at >> 8)) & 0xff));

  /** So many bytes. Rejects where the stream ends before. */
  async function take(stream: Duplex, length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let got = 0;
    while (got < length) {
      const part: unknown = stream.read();
      if (Buffer.isBuffer(part)) {
        parts.push(part);
        got += part.length;
      } else {
        if (stream.destroyed) throw new Error(`it ended after ${got} of ${length} bytes`);
        await new Promise<void>((resolve) => {
          const look = (): void => {
            stream.off('readable', look).off('close', look);
            resolve();
          };
          stream.on('readable', look).on('close', look);
        });
      }
    }
    return Buffer.concat(parts);
  }

  const allReturned = () =>
    until('every handle is given back', () =>
      vendors.all.every(({ library }) => library.counts().opened === library.counts().closed),
    );

  /** Settles when nothing goes on any more. */
  async function standstill(progress: () => number): Promise<void> {
    let [last, same] = [-1, 0];
    await until('nothing goes on', () => {
      const now = progress();
      same = now === last ? same + 1 : 0;
      last = now;
      return same === 8;
    });
  }

  const closeOf = (stream: Duplex) => new Promise<void>((resolve) => stream.once('close', resolve));

  describe.each(which)('%s, %s channel', (...names) => {
    it('has our name', async () => {
      const vendor = vendorOf(names);
      const { kind, name } = await channelOf(vendor);
      expect([kind, name]).toEqual(names[1] === 'dynamic' ? ['dynamic', 'thinline.grpc'] : ['static', 'THNLINE']);
    });

    it('carries bytes of all sizes both ways at once', async () => {
      const { near, socket } = await channelOf(vendorOf(names));
      const size = constantFrom(
        1,
        7,
        8,
        9,
        1589,
        1590,
        1591,
        1599,
        1600,
        1601,
        1608,
        4095,
        4096,
        4097,
        4996,
        5000,
        20_000,
      );
      const message = tuple(size, integer({ min: 0, max: 255 }));
      await assert(
        asyncProperty(array(message, { maxLength: 6 }), array(message, { maxLength: 6 }), async (up, down) => {
          const [ours, theirs] = [up, down].map((messages) => messages.map(([length, seed]) => noise(length, seed)));
          for (const bytes of ours ?? []) near.write(bytes);
          for (const bytes of theirs ?? []) socket.write(bytes);
          const [wantedThere, wantedHere] = [Buffer.concat(ours ?? []), Buffer.concat(theirs ?? [])];
          const [there, here] = await Promise.all([take(socket, wantedThere.length), take(near, wantedHere.length)]);
          expect(there.equals(wantedThere)).toBe(true);
          expect(here.equals(wantedHere)).toBe(true);
        }),
        { numRuns: 20 },
      );
    });

    it('does the same where nothing is said by 0 bytes, and writes are taken in parts', async () => {
      const { near, socket } = await channelOf(vendorOf(names), wish.nothingIsDone | wish.writeParts);
      const [up, down] = [noise(10_000, 1), noise(10_000, 2)];
      near.write(up);
      socket.write(down);
      expect((await take(socket, up.length)).equals(up)).toBe(true);
      expect((await take(near, down.length)).equals(down)).toBe(true);
    });

    it('holds back who writes while nobody reads, and loses nothing', async () => {
      const { near, socket } = await channelOf(vendorOf(names));
      const all = noise(2 << 20, 3);
      let at = 0;
      const writeOn = (): void => {
        let goesOn = true;
        while (goesOn && at < all.length) {
          goesOn = near.write(all.subarray(at, at + 16_384));
          at += 16_384;
        }
      };
      near.on('drain', writeOn);
      writeOn();
      await standstill(() => at);
      expect(at).toBeLessThan(all.length / 2);
      expect((await take(socket, all.length)).equals(all)).toBe(true);

      socket.write(all);
      near.read(0);
      await standstill(() => near.readableLength);
      expect(near.readableLength).toBeGreaterThan(0);
      expect(near.readableLength).toBeLessThan(1 << 17);
      expect((await take(near, all.length)).equals(all)).toBe(true);
    });

    it('ends with a word where the far end is gone', async () => {
      const { near, socket } = await channelOf(vendorOf(names));
      near.resume();
      const error = once(near, 'error');
      socket.destroy();
      expect((await error)[0].message).toMatch(/\.so: the channel (has closed|takes no bytes) \(error 109\)$/);
    });

    it('is closed once, while it reads', async () => {
      const vendor = vendorOf(names);
      const { near, socket } = await channelOf(vendor);
      const { closed } = vendor.library.counts();
      near.resume();
      const gone = once(socket.resume(), 'close');
      near.destroy();
      await gone;
      await allReturned();
      expect(vendor.library.counts().closed).toBe(closed + 1);
    });

    it('closes at once while a write hangs; the handle goes when that has returned', async () => {
      const vendor = vendorOf(names);
      const { near, socket } = await channelOf(vendor);
      const { closed } = vendor.library.counts();
      socket.pause();
      near.write(noise(1 << 20, 4));
      await until('the pipe is full', () => socket.readableLength > 0 || near.writableLength > 0);
      const gone = closeOf(near);
      near.destroy();
      await gone;
      socket.destroy();
      await until('the handle is given back', () => vendor.library.counts().closed === closed + 1);
    });

    it('carries the contract: a snapshot comes through, and a command goes back', async () => {
      const vendor = vendorOf(names);
      const endpoint = new FakeEndpoint('epoch');
      const service = new EndpointService(endpoint, silent);
      service.start();
      const server = serve(service.handlers);
      vendors.configure(far.path, vendor.wishes);
      void far.next().then(({ socket }) => server.accept(socket));
      endpoint.put('c1');
      const session = { id: 'ada1', user: 'ada', host: 'desk1' };
      const link = new EndpointLink({ provider: vendor.provider, session, configuration: null, log: silent });
      try {
        link.start();
        await until('the link is up', () => link.state().link.state === 'up');
        expect(link.state().phone?.calls.map(({ id }) => id)).toEqual(['c1']);
        expect(await link.execute({ dial: { target: '602' } })).toMatchObject({ callId: 'dialled', failure: null });
      } finally {
        link.stop();
        server.close();
      }
    });
  });

  describe('what leaves a trace', () => {
    const threads = (): number => Number(/^Threads:\s+(\d+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
    const descriptors = (): number => readdirSync('/proc/self/fd').length;

    it.each(which)('is not a channel that was opened and closed 50 times: %s %s', async (...names) => {
      const vendor = vendorOf(names);
      const openAndClose = async (): Promise<void> => {
        const { near, socket } = await channelOf(vendor);
        near.write('up');
        socket.write('down');
        expect(String(await take(socket, 2))).toBe('up');
        expect(String(await take(near, 4))).toBe('down');
        const gone = once(socket.resume(), 'close');
        near.destroy();
        await gone;
        open.length = 0;
      };
      for (let warm = 0; warm < 5; warm += 1) await openAndClose();
      await allReturned();
      const start = { threads: threads(), descriptors: descriptors(), counts: vendor.library.counts() };
      for (let cycle = 0; cycle < 50; cycle += 1) await openAndClose();
      await allReturned();
      expect(threads()).toBeLessThanOrEqual(start.threads);
      expect(descriptors()).toBeLessThanOrEqual(start.descriptors);
      expect(vendor.library.counts()).toEqual({
        ...start.counts,
        opened: start.counts.opened + 50,
        closed: start.counts.closed + 50,
      });
    });
  });

  describe('a desktop that keeps channels shut', () => {
    const both = wish.refuseDynamic | wish.refuseStatic;
    const causeOf = async ({ provider }: Vendor): Promise<string> =>
      provider.open().then(
        () => 'it opened',
        (error: unknown) => failureOf(error).cause,
      );

    it.each([
      [
        'citrix',
        `"${process.execPath},thinline-channel,thinline.grpc" in the Citrix policy "Virtual channel allow list for DVC"`,
      ],
      ['citrix', `"THNLINE,${process.execPath}" in the Citrix policy "Virtual channel allow list"`],
      ['horizon', String.raw`"thinline.grpc=${process.execPath}" in HKLM\SOFTWARE\Omnissa\Horizon\VirtualChannels\SDK`],
      ['horizon', String.raw`"THNLINE=${process.execPath}" in HKLM\SOFTWARE\Omnissa\Horizon\VirtualChannels\SDK`],
    ])('gets the line told that it needs: %s, %s', async (name, line) => {
      vendors.configure(far.path, both);
      expect(await causeOf(vendorOf([name, 'dynamic']))).toContain(line);
    });

    it('is told from one where nobody listens', async () => {
      vendors.configure(`${far.path}-nobody`, 0);
      expect(await causeOf(vendorOf(['wts', 'dynamic']))).toMatch(/thinline\.grpc was refused \(.*, error 2\)/);
    });

    it('is told from one that has no such library', async () => {
      const { wtsFrom } = await import('@thinline/app-layer/channel/wts.ts');
      const missing = join(vendors.folder, 'missing.dll');
      await expect(wtsFrom(missing).open()).rejects.toThrow(`${missing} is not on this machine`);
    });
  });

  it('a header that cannot be true ends the channel', async () => {
    const { near, socket } = await channelOf(vendorOf(['wts', 'dynamic']), wish.wrongHeader);
    const error = once(near, 'error');
    near.resume();
    socket.write('bytes');
    expect((await error)[0].message).toBe('more bytes came than the channel header announces');
  });

  it('a call that hangs keeps no process from leaving', async () => {
    const child = fork(join(import.meta.dirname, 'leave.ts'), [vendors.microsoft, far.path]);
    try {
      const left = once(child, 'exit');
      const writing = once(child, 'message');
      const { socket } = await far.next();
      await writing;
      // Nobody takes what is written, so the write comes to hang.
      socket.read(0);
      await standstill(() => socket.bytesRead);
      child.send('leave');
      expect(await left).toEqual([7, null]);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
