import { duplexPair } from 'node:stream';
import { type ServiceError, status } from '@grpc/grpc-js';
import { capabilityNames } from '@thinline/shared/contract/capabilities.ts';
import { clientOver, type LinkClient } from '@thinline/shared/contract/client.ts';
import { type LinkServer, serve } from '@thinline/shared/contract/server.ts';
import { protocol } from '@thinline/shared/contract/service.ts';
import type {
  AgentSession,
  CommandInput,
  CommandResult,
  Event,
  HandshakeResponse,
} from '@thinline/shared/contract/types.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeEndpoint } from './fakes.ts';
import { EndpointService } from './service.ts';

const ada: AgentSession = { id: 'ada1', user: 'ada', host: 'desk1' };
const adaElsewhere: AgentSession = { id: 'ada2', user: 'ada', host: 'desk2' };
const bob: AgentSession = { id: 'bob1', user: 'bob', host: 'desk3' };

let endpoint: FakeEndpoint;
let service: EndpointService;
let server: LinkServer;
const clients: LinkClient[] = [];

beforeEach(() => {
  endpoint = new FakeEndpoint('epoch');
  service = new EndpointService(endpoint, silent);
  service.start();
  server = serve(service.handlers);
});

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
  server.close();
});

async function open(): Promise<LinkClient> {
  const [near, far] = duplexPair();
  server.accept(far);
  const client = await clientOver(near);
  clients.push(client);
  return client;
}

const handshake = (client: LinkClient, session: AgentSession, protocolMin = 1, protocolMax = 1) =>
  new Promise<HandshakeResponse>((resolve, reject) => {
    client.endpoint.handshake({ protocolMin, protocolMax, session }, (error, response) =>
      response ? resolve(response) : reject(error),
    );
  });

const execute = (client: LinkClient, command: CommandInput) =>
  new Promise<CommandResult>((resolve, reject) => {
    client.endpoint.execute(command, (error, result) => (result ? resolve(result) : reject(error)));
  });

/** Follows the events; `first(n)` settles once there are so many. */
function watch(client: LinkClient, sessionId: string, epoch = '', afterSequence = 0) {
  const stream = client.endpoint.watch({ sessionId, epoch, afterSequence });
  const events: Event[] = [];
  const ended = new Promise<ServiceError | null>((resolve) => {
    stream.once('error', resolve).once('end', () => resolve(null));
  });
  const waiting: { count: number; resolve: (events: Event[]) => void }[] = [];
  const look = () => {
    for (const it of waiting) if (events.length >= it.count) it.resolve(events.slice(0, it.count));
  };
  stream.on('data', (event: Event) => {
    events.push(event);
    look();
  });
  const first = (count: number) =>
    new Promise<Event[]>((resolve) => {
      waiting.push({ count, resolve });
      look();
    });
  return { stream, events, first, ended };
}

describe('handshake', () => {
  it('says who the endpoint is and which protocol both speak', async () => {
    const response = await handshake(await open(), ada, 1, 7);
    expect(response).toMatchObject({
      protocol: protocol.max,
      failure: null,
      endpoint: { epoch: 'epoch', host: 'desk', endpointId: 'endpoint-1' },
    });
  });

  it('says what the endpoint can do', async () => {
    expect((await handshake(await open(), ada)).capabilities).toEqual([...capabilityNames]);
  });

  it('fails where there is no protocol in common', async () => {
    const client = await open();
    expect((await handshake(client, ada, 8, 9)).failure).toMatchObject({ code: 'TL1002' });
    expect((await watch(client, ada.id).ended)?.code).toBe(status.PERMISSION_DENIED);
  });

  it('comes first', async () => {
    const client = await open();
    expect((await watch(client, ada.id).ended)?.code).toBe(status.PERMISSION_DENIED);
    expect((await execute(client, { id: 'a', sessionId: ada.id, dial: {} })).failure?.code).toBe('TL1004');
    expect(endpoint.executed).toEqual([]);
  });

  it('refuses another user while there is a call, and leaves the holder in peace', async () => {
    const client = await open();
    await handshake(client, ada);
    const watching = watch(client, ada.id);
    await watching.first(1);
    endpoint.put('c1');
    expect((await handshake(await open(), bob)).failure).toMatchObject({ code: 'TL1003' });
    endpoint.put('c1', { state: 'HELD' });
    expect(await watching.first(3)).toHaveLength(3);
    expect((await execute(client, { id: 'a', sessionId: ada.id, hangUp: {} })).failure).toBeNull();
  });

  it('hands the endpoint over to the same user from elsewhere', async () => {
    const old = await open();
    await handshake(old, ada);
    const watching = watch(old, ada.id);
    await watching.first(1);
    endpoint.put('c1');
    const now = await open();
    expect((await handshake(now, adaElsewhere)).failure).toBeNull();
    await watch(now, adaElsewhere.id).first(1);
    expect(await watching.ended).toMatchObject({ code: status.ABORTED, details: 'TL1004' });
    expect((await execute(old, { id: 'a', sessionId: ada.id, hangUp: {} })).failure?.code).toBe('TL1004');
    expect((await execute(now, { id: 'b', sessionId: adaElsewhere.id, hangUp: {} })).failure).toBeNull();
    expect(endpoint.executed.map((it) => it.id)).toEqual(['b']);
  });

  it('alone takes nothing from anybody', async () => {
    const client = await open();
    await handshake(client, ada);
    const watching = watch(client, ada.id);
    await watching.first(1);
    await handshake(await open(), adaElsewhere);
    endpoint.put('c1');
    expect(await watching.first(2)).toHaveLength(2);
    expect((await execute(client, { id: 'a', sessionId: ada.id, hangUp: {} })).failure).toBeNull();
  });

  it('is judged again when the session begins to watch', async () => {
    const [client, late] = [await open(), await open()];
    await handshake(client, ada);
    await watch(client, ada.id).first(1);
    await handshake(late, bob);
    endpoint.put('c1');
    expect((await watch(late, bob.id).ended)?.details).toBe('This phone is in use by ada.');
    expect((await execute(client, { id: 'a', sessionId: ada.id, hangUp: {} })).failure).toBeNull();
  });

  it('does not give the endpoint back to a session that it was taken from, nor does watching', async () => {
    const [client, now] = [await open(), await open()];
    await handshake(client, ada);
    await watch(client, ada.id).first(1);
    // Ada's link is lost after this handshake, and the newcomer is between it and her watching.
    await handshake(client, ada);
    await handshake(now, adaElsewhere);
    await watch(now, adaElsewhere.id).first(1);
    expect(await watch(client, ada.id, 'epoch', 0).ended).toMatchObject({ code: status.ABORTED, details: 'TL1004' });
    expect((await handshake(client, ada)).failure).toMatchObject({
      code: 'TL1004',
      cause: 'A newer app session connected from desk2.',
    });
  });

  it('tells a session why it ended, whatever events are on their way', async () => {
    const { Watch } = service.handlers;
    server.close();
    server = serve({
      ...service.handlers,
      Watch: (call) => {
        endpoint.put('c1');
        Watch(call);
        endpoint.put('c2');
      },
    });
    const [client, now] = [await open(), await open()];
    await handshake(client, ada);
    const watching = watch(client, ada.id);
    await watching.first(2);
    await handshake(now, adaElsewhere);
    await watch(now, adaElsewhere.id).first(2);
    expect(await watching.ended).toMatchObject({ code: status.ABORTED, details: 'TL1004' });
  });
});

describe('watch', () => {
  it('begins with a snapshot for who knows nothing, and goes on with numbered events', async () => {
    endpoint.put('c0');
    const client = await open();
    await handshake(client, ada);
    const watching = watch(client, ada.id);
    await watching.first(1);
    endpoint.put('c1');
    endpoint.emit('passing', { levels: { microphoneDbfs: -20, speakerDbfs: -20 } });
    const events = await watching.first(3);
    expect(events.map((it) => [it.sequence, it.body])).toEqual([
      [1, 'snapshot'],
      [2, 'call'],
      [0, 'levels'],
    ]);
    expect(events[0]?.snapshot?.calls.map((call) => call.id)).toEqual(['c0']);
  });

  it('replays what was missed, without a snapshot', async () => {
    const client = await open();
    await handshake(client, ada);
    await watch(client, ada.id).first(1);
    for (const id of ['c1', 'c2', 'c3']) endpoint.put(id);
    const events = await watch(client, ada.id, 'epoch', 1).first(2);
    expect(events.map((it) => [it.sequence, it.call?.id])).toEqual([
      [2, 'c2'],
      [3, 'c3'],
    ]);
    expect(endpoint.snapshots).toBe(1);
  });

  it('replays nothing to a session that has only just got the endpoint', async () => {
    for (const id of ['c1', 'c2']) endpoint.put(id);
    const client = await open();
    await handshake(client, ada);
    expect((await watch(client, ada.id, 'epoch', 1).first(1))[0]).toMatchObject({ sequence: 2, body: 'snapshot' });
  });

  it.each([
    ['of another epoch', 'other', 1],
    ['that is ahead of the endpoint', 'epoch', 9],
  ])('gives a snapshot to a replica %s', async (_, epoch, after) => {
    endpoint.put('c1');
    const client = await open();
    await handshake(client, ada);
    await watch(client, ada.id).first(1);
    expect((await watch(client, ada.id, epoch, after).first(1))[0]).toMatchObject({ sequence: 1, body: 'snapshot' });
  });

  it('says when the first watcher comes and the last one goes', async () => {
    const told: boolean[] = [];
    const gone = Promise.withResolvers<void>();
    service.onWatched = (watched) => {
      told.push(watched);
      if (!watched) gone.resolve();
    };
    const client = await open();
    await handshake(client, ada);
    await watch(client, ada.id).first(1);
    await watch(client, ada.id).first(1);
    const now = await open();
    await handshake(now, adaElsewhere);
    await watch(now, adaElsewhere.id).first(1);
    client.close();
    await client.closed;
    now.close();
    await gone.promise;
    expect(told).toEqual([true, false]);
  });

  it('cuts off a watcher that does not read, and lets the others be', async () => {
    const client = await open();
    await handshake(client, ada);
    const idle = watch(client, ada.id);
    const busy = watch(client, ada.id);
    await Promise.all([idle.first(1), busy.first(1)]);
    idle.stream.pause();
    // Far more than HTTP/2's window and the sockets between hold.
    const remote = { uri: 'x'.repeat(2000), number: '', displayName: '' };
    for (let index = 0; index < 4000; index += 1) {
      endpoint.put('c1', { remote, createdAtMs: index });
      if (index % 100 === 0) await busy.first(index + 2);
    }
    const last = await busy.first(4001);
    expect(last.at(-1)?.sequence).toBe(4000);
    idle.stream.resume();
    expect(await idle.ended).toMatchObject({ code: status.RESOURCE_EXHAUSTED });
    expect(idle.events.length).toBeLessThan(4001);
  });
});

describe('execute', () => {
  const linked = async () => {
    const client = await open();
    await handshake(client, ada);
    await watch(client, ada.id).first(1);
    return client;
  };

  it('answers with the call that a dial made', async () => {
    const result = await execute(await linked(), { id: 'a', sessionId: ada.id, dial: { target: '602' } });
    expect(result).toEqual({ id: 'a', callId: 'dialled', failure: null });
    expect(endpoint.executed[0]?.dial?.target).toBe('602');
  });

  it('runs a repeated command once, on whatever link it comes', async () => {
    const done = Promise.withResolvers<void>();
    endpoint.ready = done.promise;
    const command = { id: 'a', sessionId: ada.id, dial: { target: '602' } };
    const first = execute(await linked(), command);
    const second = execute(await linked(), command);
    done.resolve();
    const third = execute(await linked(), command);
    expect(await Promise.all([first, second, third])).toEqual(
      Array(3).fill({ id: 'a', callId: 'dialled', failure: null }),
    );
    expect(endpoint.executed).toHaveLength(1);
  });

  it('refuses an id that is too long to be kept', async () => {
    const command = { id: 'x'.repeat(65), sessionId: ada.id, dial: { target: '602' } };
    expect((await execute(await linked(), command)).failure?.code).toBe('TL1005');
    expect(endpoint.executed).toEqual([]);
  });

  it.each([
    ['the failure', new FailureError('noLine', { line: 'line0' }), 'TL3002'],
    ['a mistake of ours', new Error('oops'), 'TL9001'],
  ])('answers with %s', async (_, error, code) => {
    endpoint.refusal = error;
    const result = await execute(await linked(), { id: 'a', sessionId: ada.id, hangUp: {} });
    expect(result).toMatchObject({ id: 'a', failure: { code } });
  });
});
