/** The program that plays the app layer: node client.ts JOB, a Job as JSON. */
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type ClientReadableStream, credentials } from '@grpc/grpc-js';
import { tls } from '@thinline/app-layer/channel/tls.ts';
import { XrdpChannel } from '@thinline/app-layer/channel/xrdp.ts';
import { clientOver, type EndpointClient } from '@thinline/shared/contract/client.ts';
import { joinStreams, openGate } from '@thinline/shared/contract/gate.ts';
import { contract } from '@thinline/shared/contract/service.ts';
import type { Event } from '@thinline/shared/contract/types.ts';
import { connectOwn } from '@thinline/shared/own-socket.ts';
import { percentile } from '../statistics.ts';
import { clock, type Job, type Latency, type Place, type Round, watched } from './job.ts';

const warmUps = 300;
const calls = 300;
const events = 60;
/** How long throughput is measured, ms. */
const measuring = 1000;
/** Two bytes of it say what follows; the whole request has 64. */
const small = 'x'.repeat(62);
const large = 'x'.repeat(256 * 1024);
const uploadsAtOnce = 4;
const mib = 1024 * 1024;

async function open(place: Place): Promise<Duplex> {
  if (place.kind === 'local') return connectOwn(place.path);
  if (place.kind === 'tls') return tls(place.settings).open();
  const channel = new XrdpChannel({ kind: place.channel });
  for (let attempt = 0; ; attempt++) {
    // In the first moments after a client has connected its channels are refused.
    try {
      return await channel.open();
    } catch (error) {
      if (attempt === 40) throw error;
      await pause(250);
    }
  }
}

const dial = (path: string): EndpointClient =>
  new contract.Endpoint(`unix:${path}`, credentials.createInsecure(), { 'grpc.use_local_subchannel_pool': 1 });

/** gRPC without the session layer: by itself where it can dial, through a gate where it can't. */
async function bareClient(place: Place): Promise<EndpointClient> {
  if (place.kind === 'local') return dial(place.path);
  const [pipe, gate] = [await open(place), await openGate()];
  void gate.entered.then((socket) => joinStreams(socket, pipe));
  return dial(gate.path);
}

const execute = (client: EndpointClient, id: string): Promise<void> =>
  new Promise((resolve, reject) => {
    client.execute({ id }, (error) => (error ? reject(error) : resolve()));
  });

const latency = (samples: readonly number[]): Latency => ({
  p50: percentile(samples, 50),
  p99: percentile(samples, 99),
});

async function times(client: EndpointClient, count: number): Promise<Latency> {
  const samples: number[] = [];
  for (let i = 0; i < count; i++) {
    const before = clock();
    await execute(client, small);
    samples.push(clock() - before);
  }
  return latency(samples);
}

async function delays(client: EndpointClient, count: number): Promise<Latency> {
  const samples: number[] = [];
  const stream = client.watch({ sessionId: watched.times });
  await new Promise<void>((resolve, reject) => {
    stream.on('error', reject).on('data', (event: Event) => {
      samples.push(clock() - Number(event.lineRemoved));
      if (samples.length === count) resolve();
    });
  });
  stop(stream);
  return latency(samples);
}

function stop(stream: ClientReadableStream<Event>): void {
  stream.removeAllListeners('error').on('error', () => {});
  stream.cancel();
}

/** All that comes; settles when it has begun to. */
async function flood(client: EndpointClient): Promise<{ bytes: () => number; stop: () => void }> {
  let bytes = 0;
  const stream = client.watch({ sessionId: watched.bulk });
  await new Promise<void>((resolve, reject) => {
    stream.on('error', reject).on('data', (event: Event) => {
      bytes += event.lineRemoved?.length ?? 0;
      resolve();
    });
  });
  return { bytes: () => bytes, stop: () => stop(stream) };
}

async function download(client: EndpointClient): Promise<number> {
  const flooding = await flood(client);
  const [from, began] = [flooding.bytes(), clock()];
  await pause(measuring);
  const rate = (flooding.bytes() - from) / mib / ((clock() - began) / 1000);
  flooding.stop();
  return rate;
}

async function upload(client: EndpointClient): Promise<number> {
  const began = clock();
  let bytes = 0;
  const sender = async () => {
    while (clock() - began < measuring) {
      await execute(client, large);
      bytes += large.length;
    }
  };
  await Promise.all(Array.from({ length: uploadsAtOnce }, sender));
  return bytes / mib / ((clock() - began) / 1000);
}

async function measure(client: EndpointClient): Promise<Round> {
  await times(client, warmUps);
  const [unary, event] = [await times(client, calls), await delays(client, events)];
  const [down, up] = [await download(client), await upload(client)];
  const flooding = await flood(client);
  const underBulk = { unary: await times(client, calls), event: await delays(client, events) };
  flooding.stop();
  return { unary, event, unaryUnderBulk: underBulk.unary, eventUnderBulk: underBulk.event, down, up };
}

const job = JSON.parse(process.argv[2] ?? '') as Job;
const client = job.isBare ? await bareClient(job.place) : (await clientOver(await open(job.place))).endpoint;
if (job.work === 'measure') {
  process.stdout.write(`${JSON.stringify(await measure(client))}\n`, () => process.exit(0));
} else {
  const { bytes } = await flood(client);
  while (bytes() < mib) await pause(10);
  process.stdout.write('reading\n');
}
