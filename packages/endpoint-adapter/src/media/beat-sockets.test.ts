import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { BeatSockets, socketAddon } from './beat-sockets.ts';
import type { Sender } from './packet-socket.ts';

const addon = socketAddon();
if (addon === null)
  console.warn('Sockets of our own are not tested: the addon was not built ("npm run build:audio" does).');

const noError = (error: Error | null): void => expect(error).toBeNull();

describe.runIf(addon !== null)('sockets that are read at the beat', () => {
  const open: { close(): void }[] = [];
  afterEach(() => {
    for (const it of open.splice(0)) it.close();
  });

  /** Two of them on loopback; what the second one is handed is kept. */
  async function pair(address = '127.0.0.1') {
    if (addon === null) throw new Error('no addon');
    let changes = 0;
    const sockets = new BeatSockets(addon, () => changes++);
    const [sender, receiver] = [await sockets.open(address, 0), await sockets.open(address, 0)];
    if (sender === null || receiver === null) throw new Error(`no ports at ${address}`);
    open.push(sender, receiver);
    const heard: (Sender & { bytes: number[] })[] = [];
    receiver.on('message', (packet, from) => heard.push({ bytes: [...packet], ...from }));
    const { port } = receiver.address();
    const send = (packet: Uint8Array) => sender.send(packet, 0, packet.length, port, address, noError);
    const readUntil = async (count: number) => {
      for (sockets.read(); heard.length < count; sockets.read()) await nextTurn();
    };
    return { sockets, sender, receiver, heard, send, readUntil, changes: () => changes };
  }

  it.each(['127.0.0.1', '::1'])('hand over what came to %s, and from whom', async (address) => {
    const { sender, receiver, heard, send, readUntil } = await pair(address);
    for (const bytes of [[1, 2, 3], [], [4]]) send(Uint8Array.from(bytes));
    await readUntil(3);
    expect(heard.map(({ bytes }) => bytes)).toEqual([[1, 2, 3], [], [4]]);
    for (const it of heard) expect(it).toMatchObject({ address, port: sender.address().port });
    expect(receiver.address().family).toBe(address === '::1' ? 'IPv6' : 'IPv4');
  });

  it('tell when a packet came, however long it has waited', async () => {
    const { heard, send, readUntil } = await pair();
    let before = 0;
    let sent = 0;
    // Linux begins to note the time a moment after it was first asked to.
    for (let n = 1; n === 1 || (heard.at(-1)?.atMs ?? 0) > sent + 5; n++) {
      before = performance.now();
      send(Uint8Array.of(1));
      sent = performance.now();
      while (performance.now() < sent + 20) await nextTurn();
      await readUntil(n);
    }
    expect(heard.at(-1)?.atMs).toBeGreaterThan(before - 5);
  });

  it('take packets of every length, and part of a buffer', async () => {
    const { sender, receiver, heard, send, readUntil } = await pair();
    const lengths = [172, 1, 172, 1_472, 1_473, 9_000, 65_507];
    for (const length of lengths) send(new Uint8Array(length).fill(length));
    sender.send(Uint8Array.of(1, 2, 3, 4), 1, 2, receiver.address().port, '127.0.0.1', noError);
    await readUntil(lengths.length + 1);
    expect(heard.map(({ bytes }) => bytes.length)).toEqual([...lengths, 2]);
    expect(heard.every(({ bytes }, i) => bytes.every((it) => it === ((lengths[i] ?? it) & 0xff)))).toBe(true);
    expect(heard.at(-1)?.bytes).toEqual([2, 3]);
  });

  it('make no more of a packet than of the one before', async () => {
    const { receiver, send, sockets } = await pair();
    const seen = new Set<unknown>();
    let count = 0;
    receiver.on('message', (packet, from) => {
      seen.add(packet).add(from).add(packet.buffer);
      count++;
    });
    for (let n = 1; n <= 100; n++) {
      send(new Uint8Array(172));
      for (sockets.read(); count < n; sockets.read()) await nextTurn();
    }
    expect(seen.size).toBe(3);
  });

  it('are read in turn during a flood, each so much a beat', async () => {
    const flooded = await pair();
    const { sockets } = flooded;
    const other = await sockets.open('127.0.0.1', 0);
    if (other === null) throw new Error('no port');
    open.push(other);
    let others = 0;
    other.on('message', () => others++);
    // One by one, so that the system's queue never overflows, and more than a beat takes come during it.
    let left = 1_000;
    let inBeat = 0;
    flooded.receiver.on('message', () => {
      inBeat++;
      if (left-- > 0) flooded.send(Uint8Array.of(1));
    });
    flooded.send(Uint8Array.of(1));
    flooded.sender.send(Uint8Array.of(2), 0, 1, other.address().port, '127.0.0.1', noError);
    for (sockets.read(); inBeat === 0; sockets.read()) await nextTurn();
    expect(inBeat).toBeLessThanOrEqual(256);
    while (others === 0 || left > 0) {
      inBeat = 0;
      sockets.read();
      expect(inBeat).toBeLessThanOrEqual(256);
      await nextTurn();
    }
  });

  it('tell whoever sends that it can not be, and ask nobody for a name', async () => {
    const { sender, send, heard, readUntil } = await pair();
    const errors: string[] = [];
    const fails = (address: string) =>
      sender.send(Uint8Array.of(1), 0, 1, 9, address, (error) => errors.push(error?.message ?? ''));
    for (const address of ['localhost', '::1', '', '127.0.0.1\0', 'a'.repeat(1_000)]) fails(address);
    expect(errors).toHaveLength(5);
    for (const message of errors) expect(message).toMatch(/^send EINVAL /);
    // Broadcasts are refused to a socket that hasn't asked for them.
    fails('255.255.255.255');
    expect(errors.at(-1)).toMatch(/^send E[A-Z]+ 255\.255\.255\.255:9$/);
    send(Uint8Array.of(7));
    await readUntil(1);
    expect(heard[0]?.bytes).toEqual([7]);
  });

  it('are in use until they are closed, even by what they hand over', async () => {
    const { sockets, sender, receiver, send, heard, readUntil, changes } = await pair();
    expect(changes()).toBe(2);
    expect(await sockets.open('127.0.0.1', receiver.address().port)).toBeNull();
    expect(await sockets.open('nowhere', 0)).toBeNull();
    send(Uint8Array.of(1));
    send(Uint8Array.of(2));
    receiver.on('message', (packet, from) => {
      heard.push({ bytes: [...packet], ...from });
      receiver.close();
      receiver.close();
    });
    await readUntil(1);
    sockets.read();
    expect(heard.map(({ bytes }) => bytes)).toEqual([[1]]);
    receiver.send(Uint8Array.of(1), 0, 1, 9, '127.0.0.1', noError);
    expect(receiver.mark(46)).toBe(false);
    expect([sockets.inUse, changes()]).toEqual([true, 3]);
    sender.close();
    expect([sockets.inUse, changes()]).toEqual([false, 4]);
    sockets.read();
  });
});
