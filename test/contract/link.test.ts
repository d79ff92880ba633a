/** The replica against the real service: both ends of the contract, an endpoint that does what the test says. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { local } from '@thinline/app-layer/channel/local.ts';
import { listenLocally } from '@thinline/endpoint-adapter/channel/local.ts';
import { usualLinkSettings } from '@thinline/shared/config/link.ts';
import { afterEach, describe, expect, it } from 'vitest';
import {
  adaElsewhere,
  adapter,
  atEnd,
  bob,
  callsOf,
  cleanUp,
  configuration,
  isIn,
  linkTo,
  seen,
  told,
  Wire,
  when,
} from './parts.ts';

afterEach(cleanUp);

describe('following the endpoint', () => {
  it('begins with a snapshot and applies the events in order', async () => {
    const { endpoint, server } = adapter();
    endpoint.put('c1');
    const link = linkTo(new Wire(server));
    expect(link.state()).toMatchObject({ link: { state: 'connecting', placement: 'a test' }, phone: null });
    await isIn(link, 'up');
    expect(callsOf(link)).toEqual(['c1 TALKING']);
    endpoint.put('c2', { state: 'ALERTING' });
    endpoint.put('c1', { state: 'RELEASED' });
    await seen(link, 3);
    expect(callsOf(link)).toEqual(['c2 ALERTING']);
    expect(link.state().link.failure).toBeNull();
  });

  it('hands levels on, and counts them for nothing', async () => {
    const { endpoint, server } = adapter();
    const link = linkTo(new Wire(server));
    await isIn(link, 'up');
    const heard = new Promise<number>((resolve) => {
      link.once('levels', (levels) => resolve(levels.microphoneDbfs));
    });
    endpoint.emit('passing', { levels: { microphoneDbfs: -20, speakerDbfs: -30 } });
    expect(await heard).toBe(-20);
    expect(link.state().sequence).toBe(0);
  });

  it('works through the local channel', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'thinline-link-'));
    atEnd(() => rmSync(folder, { recursive: true, force: true }));
    const { endpoint, server } = adapter();
    const path = join(folder, 'adapter.sock');
    const channel = await listenLocally(path, (socket) => server.accept(socket));
    atEnd(() => channel.close());
    const link = linkTo(local(path));
    await isIn(link, 'up');
    endpoint.put('c1');
    await seen(link, 1);
    expect(await link.execute({ dial: { target: '602' } })).toMatchObject({ callId: 'dialled', failure: null });
  });
});

describe('a broken pipe', () => {
  it('costs no event and no second snapshot', async () => {
    const { endpoint, server } = adapter();
    const wire = new Wire(server);
    const link = linkTo(wire);
    await isIn(link, 'up');
    endpoint.put('c1');
    await seen(link, 1);
    wire.break();
    await isIn(link, 'lost');
    expect(link.state().link.failure?.code).toBe('TL1001');
    expect(callsOf(link)).toEqual(['c1 TALKING']);
    endpoint.put('c1', { state: 'HELD' });
    endpoint.put('c2', { state: 'ALERTING' });
    await seen(link, 3);
    expect(callsOf(link)).toEqual(['c1 HELD', 'c2 ALERTING']);
    expect(link.state().link).toMatchObject({ state: 'up', failure: null });
    expect([wire.opened, endpoint.snapshots]).toEqual([2, 1]);
  });

  it('to an endpoint that has started anew means a new snapshot', async () => {
    const old = adapter('old');
    const wire = new Wire(old.server);
    const link = linkTo(wire);
    old.endpoint.put('c1');
    old.endpoint.put('c2');
    await isIn(link, 'up');
    const now = adapter('new');
    now.endpoint.put('c9');
    wire.server = now.server;
    wire.break();
    await when(link, () => link.state().phone?.endpoint?.epoch === 'new');
    expect(callsOf(link)).toEqual(['c9 TALKING']);
    expect(link.state()).toMatchObject({ sequence: 1, link: { state: 'up' } });
  });

  it('in the middle of a command lets it be sent again, and done once', async () => {
    const { endpoint, server } = adapter();
    const wire = new Wire(server);
    const link = linkTo(wire);
    await isIn(link, 'up');
    const begun = Promise.withResolvers<void>();
    const ready = Promise.withResolvers<void>();
    endpoint.ready = ready.promise;
    const execute = endpoint.execute.bind(endpoint);
    endpoint.execute = (command) => {
      begun.resolve();
      return execute(command);
    };
    const result = link.execute({ dial: { target: '602' } }, 'dial1');
    await begun.promise;
    wire.break();
    await isIn(link, 'lost');
    ready.resolve();
    expect(await result).toEqual({ id: 'dial1', callId: 'dialled', failure: null });
    expect(endpoint.executed.map((command) => command.id)).toEqual(['dial1']);
    expect(wire.opened).toBe(2);
  });

  it('that says nothing is noticed within two seconds, and mended', async () => {
    const { endpoint, server } = adapter();
    const wire = new Wire(server);
    const link = linkTo(wire);
    await isIn(link, 'up');
    const before = performance.now();
    wire.goSilent();
    await isIn(link, 'lost');
    expect(performance.now() - before).toBeLessThan(2000);
    endpoint.put('c1');
    await seen(link, 1);
    expect(link.state().link.state).toBe('up');
  });

  it('that stays broken fails a command with a sentence, and no sooner gives up the link', async () => {
    const { endpoint, server } = adapter();
    const wire = new Wire(server);
    const link = linkTo(wire);
    await isIn(link, 'up');
    wire.isOpen = false;
    wire.break();
    await isIn(link, 'lost');
    const result = await link.execute({ hangUp: {} });
    expect(result.failure).toMatchObject({ code: 'TL1001' });
    expect(result.failure?.cause).toContain('the wire is cut');
    wire.isOpen = true;
    await isIn(link, 'up');
    expect(endpoint.executed).toEqual([]);
  });

  it('after the link was stopped is nothing to wait for', async () => {
    const { endpoint, server } = adapter();
    const link = linkTo(new Wire(server));
    await isIn(link, 'up');
    link.stop();
    expect((await link.execute({ hangUp: {} })).failure?.code).toBe('TL1001');
    expect(endpoint.executed).toEqual([]);
  });
});

describe('who has the phone', () => {
  it('is the one who came last, of the same user; the other ends and does not come back', async () => {
    const { endpoint, server } = adapter();
    endpoint.put('c1');
    const [oldWire, newWire] = [new Wire(server), new Wire(server)];
    const old = linkTo(oldWire);
    await isIn(old, 'up');
    const now = linkTo(newWire, { session: adaElsewhere });
    await isIn(old, 'refused');
    expect(old.state().link.failure?.code).toBe('TL1004');
    await isIn(now, 'up');
    // The newer one comes back from a broken pipe, which takes it as long as the older one would need.
    newWire.break();
    await isIn(now, 'lost');
    await isIn(now, 'up');
    expect(oldWire.opened).toBe(1);
    expect((await old.execute({ hangUp: {} })).failure?.code).toBe('TL1004');
    expect(callsOf(now)).toEqual(['c1 TALKING']);
  });

  it('is not the one whose link comes back, until its agent says so', async () => {
    const { endpoint, server } = adapter();
    endpoint.put('c1');
    const [oldWire, newWire] = [new Wire(server), new Wire(server)];
    const old = linkTo(oldWire);
    await isIn(old, 'up');
    oldWire.isOpen = false;
    oldWire.break();
    await isIn(old, 'lost');
    const now = linkTo(newWire, { session: adaElsewhere });
    await isIn(now, 'up');
    oldWire.isOpen = true;
    await isIn(old, 'refused');
    expect(old.state().link.failure).toMatchObject({
      code: 'TL1004',
      cause: 'A newer app session connected from desk2.',
    });
    expect((await now.execute({ hold: {} })).failure).toBeNull();
    expect(newWire.opened).toBe(1);
    // To take a registration away is not to ask for the phone.
    expect((await old.execute({ register: { remove: true } })).failure?.code).toBe('TL1004');
    expect((await old.execute({ register: {} })).failure).toBeNull();
    expect(old.state().link.state).toBe('up');
    await isIn(now, 'refused');
    expect(now.state().link.failure?.code).toBe('TL1004');
    expect((await now.execute({ register: {} })).failure).toBeNull();
    await isIn(old, 'refused');
    expect(endpoint.executed.map((it) => it.body)).toEqual(['hold', 'register', 'register']);
  });

  it('is not one that only asked, and may not use its adapter', async () => {
    const { endpoint, server } = adapter('epoch', (it) => it, { productVersion: '1.9.0' });
    endpoint.put('c1');
    const wire = new Wire(server);
    const first = linkTo(wire);
    await isIn(first, 'up');
    const settings = { ...usualLinkSettings, minAdapter: '1.10.0', onMismatch: 'block' as const };
    const second = linkTo(new Wire(server), { session: adaElsewhere, settings });
    await isIn(second, 'refused');
    expect(second.state().link.failure?.code).toBe('TL1011');
    endpoint.put('c1', { state: 'HELD' });
    await seen(first, 2);
    expect((await first.execute({ resume: {} })).failure).toBeNull();
    expect(wire.opened).toBe(1);
  });

  it('is one agent after the other: nothing of the calls and the configuration between is taken for the own', async () => {
    const { endpoint, server } = adapter();
    const wire = new Wire(server);
    const first = linkTo(wire, { configuration });
    const configured = () => when(first, () => first.state().phone?.configurationRevision === 'r1');
    await configured();
    wire.isOpen = false;
    wire.break();
    await isIn(first, 'lost');
    const second = linkTo(new Wire(server), { session: bob, configuration: { ...configuration, revision: 'r2' } });
    await when(second, () => second.state().phone?.configurationRevision === 'r2');
    endpoint.put('b1');
    endpoint.put('b1', { state: 'RELEASED' });
    await when(second, () => second.state().released.length === 1);
    wire.isOpen = true;
    await isIn(first, 'refused');
    endpoint.put('b2');
    const register = first.execute({ register: {} });
    expect((await register).failure?.code).toBe('TL1003');
    const again = told(endpoint, 'configure');
    endpoint.put('b2', { state: 'RELEASED' });
    await again;
    await configured();
    expect([endpoint.revision, callsOf(first), first.state().released]).toEqual(['r1', [], []]);
  });

  it('is not another user while there is a call, who gets it afterwards', async () => {
    const { endpoint, server } = adapter();
    endpoint.put('c1');
    const first = linkTo(new Wire(server));
    await isIn(first, 'up');
    const second = linkTo(new Wire(server), { session: bob });
    await isIn(second, 'refused');
    expect(second.state().link.failure).toMatchObject({ code: 'TL1003', message: 'This phone is in use by ada.' });
    expect((await second.execute({ hangUp: {} })).failure?.code).toBe('TL1003');
    expect(first.state().link.state).toBe('up');
    endpoint.put('c1', { state: 'RELEASED' });
    await isIn(second, 'up');
    await isIn(first, 'refused');
    expect(endpoint.executed).toEqual([]);
  });

  it('is nobody who speaks another protocol', async () => {
    const { server } = adapter('epoch', (handlers) => ({
      ...handlers,
      Handshake: (call, answer) => {
        Object.assign(call.request, { protocolMin: 98, protocolMax: 99 });
        handlers.Handshake(call, answer);
      },
    }));
    const link = linkTo(new Wire(server));
    await isIn(link, 'refused');
    expect(link.state().link.failure).toMatchObject({ code: 'TL1002' });
    expect(link.state().link.failure?.cause).toContain('98 to 99');
  });
});

describe('the configuration', () => {
  it('is told to an endpoint that has another one', async () => {
    const { endpoint, server } = adapter();
    const told = Promise.withResolvers<string>();
    const execute = endpoint.execute.bind(endpoint);
    endpoint.execute = (command) => {
      told.resolve(command.configure?.configuration?.revision ?? '');
      return execute(command);
    };
    linkTo(new Wire(server), { configuration });
    expect(await told.promise).toBe('r1');
  });

  it('is not told to one that has it', async () => {
    const { endpoint, server } = adapter();
    endpoint.revision = 'r1';
    const link = linkTo(new Wire(server), { configuration });
    await isIn(link, 'up');
    await link.execute({ hangUp: {} });
    expect(endpoint.executed.map((command) => command.body)).toEqual(['hangUp']);
  });

  it('is told after a broken link even to one that had it, as nobody would say that it has another by now', async () => {
    const { endpoint, server } = adapter();
    endpoint.revision = 'r1';
    const wire = new Wire(server);
    const link = linkTo(wire, { configuration });
    await isIn(link, 'up');
    endpoint.put('c1');
    await seen(link, 1);
    const configured = told(endpoint, 'configure');
    wire.break();
    await configured;
    expect(callsOf(link)).toEqual(['c1 TALKING']);
    expect(endpoint.executed.map((command) => command.body)).toEqual(['configure']);
  });
});
