/**
 * What the way through a vendor's library costs, with libraries that stand in for the vendors': no session, client or network is
 * in these figures. Prints a row of docs/channels.md for each. Usage: node test/providers/measure.ts
 */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { buildVendors, FarEnd, type Vendor } from './vendors.ts';

const idleMs = 5000;
const bulk = Buffer.alloc(4 << 20);

const figure = (sorted: readonly number[], share: number): string =>
  (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);

/** ms, from the write to the bytes: median and 99th percentile. */
async function delays(from: Duplex, to: Duplex, count: number, restMs: () => number): Promise<string> {
  const taken: number[] = [];
  for (let n = 0; n < count; n += 1) {
    await pause(restMs());
    const since = performance.now();
    const came = once(to, 'data');
    from.write('x');
    await came;
    taken.push(performance.now() - since);
  }
  taken.sort((a, b) => a - b);
  return `${figure(taken, 0.5)} / ${figure(taken, 0.99)}`;
}

async function mebibytesPerSecond(from: Duplex, to: Duplex): Promise<string> {
  const since = performance.now();
  let left = bulk.length;
  const all = new Promise<void>((resolve) => {
    const take = (bytes: Buffer): void => {
      left -= bytes.length;
      if (left > 0) return;
      to.off('data', take);
      resolve();
    };
    to.on('data', take);
  });
  from.write(bulk);
  await all;
  return ((bulk.length / (1 << 20) / (performance.now() - since)) * 1000).toFixed(0);
}

async function measure({ name, kind }: Vendor, near: Duplex, far: Socket): Promise<string> {
  near.resume();
  far.resume();
  await pause(500);
  const before = process.cpuUsage();
  await pause(idleMs);
  const { user, system } = process.cpuUsage(before);
  const idle = ((user + system) / 1000 / idleMs) * 100;
  // The rests fall anywhere within the wait of a read.
  const up = await delays(near, far, 60, () => 200 + Math.random() * 100);
  const down = await delays(far, near, 60, () => 200 + Math.random() * 100);
  const busy = await delays(near, far, 300, () => 1);
  const speeds = `${await mebibytesPerSecond(near, far)} / ${await mebibytesPerSecond(far, near)}`;
  return `| ${name}, ${kind} | ${idle.toFixed(1)} | ${up} | ${down} | ${busy} | ${speeds} |`;
}

const vendors = await buildVendors();
const far = new FarEnd(join(vendors.folder, 'far'));
await far.start();
process.stdout.write(
  '| library | idle, % of a core | up after a rest, ms | down after a rest, ms | up while busy, ms | up / down, MiB/s |\n|---|---|---|---|---|---|\n',
);
for (const vendor of vendors.all.filter((it) => it.name !== 'horizon')) {
  vendors.configure(far.path, vendor.wishes);
  const near = await vendor.provider.open();
  const { socket } = await far.next();
  process.stdout.write(`${await measure(vendor, near, socket)}\n`);
  near.destroy();
  await once(socket, 'close');
}
await far.stop();
vendors.remove();
