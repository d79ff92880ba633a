import type { Configuration, LineConfiguration } from '@thinline/shared/contract/types.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeLine, FakeMedia } from './call/fakes.ts';
import { Endpoint } from './endpoint.ts';
import type { Media } from './media/media.ts';
import type { SipStack } from './sip/stack.ts';

const opened = vi.hoisted(() => [] as FakeStack[]);
vi.mock('./sip/stack.ts', () => ({
  openSipStack: async () => {
    const stack = new FakeStack();
    opened.push(stack);
    return stack;
  },
}));

/** What happened at the edge to SIP, in order. */
let told: string[] = [];
/** A registration is removed once it has settled. */
let removed = Promise.resolve();

class ToldLine extends FakeLine {
  override readonly configuration: LineConfiguration & FakeLine['configuration'];

  constructor(configuration: LineConfiguration) {
    super();
    this.configuration = configuration;
  }

  override unregister(): Promise<void> {
    told.push(`unregister ${this.configuration.id}`);
    return removed;
  }
}

class FakeStack implements SipStack {
  readonly port = 5060;
  readonly lines: ToldLine[] = [];
  closed = false;

  addLine(configuration: LineConfiguration): ToldLine {
    const line = new ToldLine(configuration);
    this.lines.push(line);
    return line;
  }

  async removeLine(line: ToldLine): Promise<void> {
    told.push(`remove ${line.configuration.id}`);
    this.lines.splice(this.lines.indexOf(line), 1);
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

class StartedMedia extends FakeMedia {
  readonly audio = { codecs: ['PCMU'] };
  async start(): Promise<void> {}
  async stop(): Promise<void> {}
}

let media: StartedMedia;
let endpoint: Endpoint;
let commands = 0;

beforeEach(async () => {
  opened.length = 0;
  told = [];
  removed = Promise.resolve();
  media = new StartedMedia();
  endpoint = new Endpoint({
    identity: { epoch: 'e', host: 'h', platform: 'p', productVersion: '0', pid: 1 },
    // The endpoint uses no more of it than the fake has.
    media: media as unknown as Media,
    log: silent,
    userAgent: 'test',
  });
  await endpoint.start();
});

const execute = (body: object) =>
  endpoint.execute({ id: `${++commands}`, sessionId: 's', ...body } as Parameters<Endpoint['execute']>[0]);

const line = (id: string, more: Partial<LineConfiguration> = {}): LineConfiguration => ({
  id,
  user: id,
  server: 'example.org',
  transport: 'udp',
  displayName: '',
  password: '',
  registerTimeoutS: 0,
  registerIntervalS: 0,
  ...more,
});

const configure = (lines: LineConfiguration[], sipPort = 0) => {
  const configuration: Configuration = {
    revision: `${++commands}`,
    lines,
    sipPorts: { min: sipPort, max: sipPort },
    rtpPorts: { min: 9000, max: 9999 },
  };
  return execute({ configure: { configuration } });
};

const dial = (lineId: string) => execute({ dial: { target: '602', lineId } });

describe('a configuration while calls are up', () => {
  it('says goodbye to the calls of a line before it removes the line, and leaves those of others alone', async () => {
    await configure([line('a'), line('b')]);
    const [a, b] = opened[0]?.lines ?? [];
    await dial('a');
    await dial('b');
    a?.sessions[0]?.once('ended', () => told.push('hung up'));
    await configure([line('a', { password: 'new' }), line('b')]);
    expect(told).toEqual(['hung up', 'unregister a', 'remove a']);
    expect(a?.sessions[0]?.told).toEqual(['hangUp']);
    expect(b?.sessions[0]?.told).toEqual([]);
    expect(endpoint.snapshot().calls.map((call) => call.lineId)).toEqual(['b']);
  });

  it('opens one new stack for other ports, though somebody registers meanwhile', async () => {
    await configure([line('a')]);
    const gone = Promise.withResolvers<void>();
    removed = gone.promise;
    const configured = configure([line('a')], 5070);
    await vi.waitFor(() => expect(told).toEqual(['unregister a']));
    const registered = execute({ register: { lineId: '', remove: false } });
    gone.resolve();
    await Promise.all([configured, registered]);
    expect(opened.map((stack) => stack.closed)).toEqual([true, false]);
  });
});

it('keeps no measurement of a call that has ended', async () => {
  await configure([line('a')]);
  const callId = await dial('a');
  const quality = { callId, packetsSent: 1, packetsReceived: 1, packetsLost: 0, packetsDiscarded: 0 };
  media.emit('quality', { ...quality, concealedMs: 0, longestGapMs: 0 });
  expect(endpoint.snapshot().qualities.map((it) => it.callId)).toEqual([callId]);
  await execute({ hangUp: { callId } });
  media.emit('quality', { ...quality, concealedMs: 0, longestGapMs: 0 });
  expect(endpoint.snapshot().qualities).toEqual([]);
});
