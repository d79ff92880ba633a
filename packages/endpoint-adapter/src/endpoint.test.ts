import { blankAudio } from '@thinline/shared/contract/blank.ts';
import type { Configuration, Device, LineConfiguration } from '@thinline/shared/contract/types.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeInvite, FakeLine, FakeMedia, FakeReferral, lineConfiguration } from './call/fakes.ts';
import { defaultPolicy } from './call/policy.ts';
import { Endpoint } from './endpoint.ts';
import type { Media } from './media/media.ts';
import { type SoundPreferences, shownPreferences, usualPreferences } from './media/preferences.ts';
import type { TestKind } from './media/sound-test.ts';
import { usualSettings } from './sip/settings.ts';
import type { SipStack, SipStackOptions } from './sip/stack.ts';
import type { SoundMemory } from './sound-memory.ts';

const opened = vi.hoisted(() => [] as FakeStack[]);
vi.mock('./sip/stack.ts', () => ({
  openSipStack: async (options: SipStackOptions) => {
    const stack = new FakeStack(options);
    opened.push(stack);
    return stack;
  },
}));

/** What happened at the edge to SIP, in order. */
let told: string[] = [];
/** A registration is removed once it has settled. */
let removed = Promise.resolve();

class ToldLine extends FakeLine {
  override register(): void {
    told.push(`register ${this.configuration.id}`);
  }

  override unregister(): Promise<void> {
    told.push(`unregister ${this.configuration.id}`);
    return removed;
  }
}

class FakeStack implements SipStack {
  readonly port = 5060;
  readonly lines: ToldLine[] = [];
  readonly transactions = 0;
  readonly options: SipStackOptions;
  closed = false;

  constructor(options: SipStackOptions) {
    this.options = options;
  }

  addLine(configuration: LineConfiguration): ToldLine {
    told.push(`add ${configuration.id}`);
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
  devices: Device[] = [];
  preferences = usualPreferences;
  /** What was tried out. */
  readonly tested: TestKind[] = [];

  get audio() {
    const [captureId = '', playbackId = ''] = this.devices.map(({ id }) => id);
    const shown = shownPreferences(this.preferences, this.devices);
    return blankAudio({ codecs: ['PCMU'], devices: this.devices, captureId, playbackId, ...shown });
  }

  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  setAlerts(): void {}

  setPreferences(preferences: SoundPreferences): void {
    this.preferences = preferences;
    this.emit('audio', this.audio);
  }

  test(kind: TestKind): void {
    this.tested.push(kind);
  }
}

/** What is on file, and what was kept since. */
const kept = { file: usualPreferences, told: [] as string[] };
const memory = {
  read: () => kept.file,
  keep: ({ volumes }: SoundPreferences) => void kept.told.push(`microphone ${volumes.microphone}`),
  flush: () => void kept.told.push('written'),
};

let media: StartedMedia;
let endpoint: Endpoint;
let commands = 0;

beforeEach(async () => {
  opened.length = 0;
  told = [];
  removed = Promise.resolve();
  kept.told = [];
  media = new StartedMedia();
  endpoint = new Endpoint({
    identity: { epoch: 'e', host: 'h', platform: 'p', productVersion: '0', pid: 1, endpointId: 'endpoint-1' },
    // The endpoint uses no more of it than the fake has.
    media: media as unknown as Media,
    log: silent,
    userAgent: 'test',
    memory: memory as unknown as SoundMemory,
  });
  await endpoint.start();
});

const execute = (body: object) =>
  endpoint.execute({ id: `${++commands}`, sessionId: 's', ...body } as Parameters<Endpoint['execute']>[0]);

const line = (id: string, more: Partial<LineConfiguration> = {}): LineConfiguration =>
  lineConfiguration({ id, user: id, server: 'example.org', ...more });

const configure = (lines: LineConfiguration[], sipPort = 0, more: Partial<Configuration> = {}) => {
  const configuration: Configuration = {
    revision: `${++commands}`,
    lines,
    sipPorts: { min: sipPort, max: sipPort },
    rtpPorts: { min: 9000, max: 9999 },
    sip: usualSettings,
    calls: defaultPolicy,
    media: null,
    devices: null,
    alerting: null,
    log: null,
    quality: null,
    ...more,
  };
  return execute({ configure: { configuration } });
};

const dial = (lineId: string) => execute({ dial: { target: '602', lineId } });

describe('a configuration while calls are up', () => {
  const lines = () => endpoint.snapshot().lines.map(({ id, server, address }) => `${id} ${address} at ${server}`);
  const hangUp = (callId: string) => execute({ hangUp: { callId } });
  const end = (it?: ToldLine) => it?.sessions[0]?.end({ by: 'remote', status: 0, reason: '' });
  const settled = async () => void (await execute({ register: { lineId: '', remove: false } }));

  it('ends none of them: their line is changed when the last one on it has ended, other lines at once', async () => {
    await configure([line('a'), line('b'), line('c')]);
    const [a] = opened[0]?.lines ?? [];
    const first = await dial('a');
    const second = await dial('a');
    told = [];
    await configure([line('a', { server: 'new.example' }), line('b', { server: 'new.example' }), line('d')]);
    expect(told).toEqual(['unregister b', 'unregister c', 'remove b', 'remove c', 'add b', 'add d']);
    expect(a?.sessions.flatMap((it) => it.told)).not.toContain('hangUp');
    expect(lines()).toEqual([
      'a sip:a@example.org at example.org',
      'b sip:b@example.org at new.example',
      'd sip:d@example.org at example.org',
    ]);
    told = [];
    await hangUp(first);
    await settled();
    expect(told).toEqual(['register a', 'register b', 'register d']);
    told = [];
    await hangUp(second);
    await vi.waitFor(() => expect(told).toEqual(['unregister a', 'remove a', 'add a']));
    expect(lines()).toContain('a sip:a@example.org at new.example');
    expect(opened).toHaveLength(1);
  });

  it('is replaced by a later one while it waits', async () => {
    await configure([line('a')]);
    const [a] = opened[0]?.lines ?? [];
    await dial('a');
    await configure([line('a', { server: 'second.example' })]);
    await configure([line('a', { server: 'third.example' })]);
    expect(lines()).toEqual(['a sip:a@example.org at example.org']);
    end(a);
    await vi.waitFor(() => expect(lines()).toEqual(['a sip:a@example.org at third.example']));
  });

  it('changes nothing where a later one says what was said before', async () => {
    await configure([line('a')]);
    const [a] = opened[0]?.lines ?? [];
    await dial('a');
    await configure([line('a', { server: 'second.example' })]);
    await configure([line('a')]);
    told = [];
    end(a);
    await settled();
    expect(told).toEqual(['register a']);
    expect(opened[0]?.lines).toEqual([a]);
  });

  it('takes a line away when its last call has ended', async () => {
    await configure([line('a')]);
    const [a] = opened[0]?.lines ?? [];
    await dial('a');
    await configure([]);
    expect(lines()).toHaveLength(1);
    const removedLine = new Promise((resolve) =>
      endpoint.on('event', ({ lineRemoved }) => lineRemoved && resolve(lineRemoved)),
    );
    end(a);
    expect(await removedLine).toBe('a');
    expect(lines()).toEqual([]);
  });

  it('counts a call whose ports are being opened, and looks again where it comes to nothing', async () => {
    await configure([line('a')]);
    const ports = Promise.withResolvers<void>();
    media.opened = ports.promise;
    const dialled = dial('a');
    await configure([line('a', { server: 'new.example' })]);
    expect(lines()).toEqual(['a sip:a@example.org at example.org']);
    ports.reject(new Error('no free port'));
    await expect(dialled).rejects.toThrow('no free port');
    await vi.waitFor(() => expect(lines()).toEqual(['a sip:a@example.org at new.example']));
  });

  it('registers a line again that a call reaches while it is on its way out', async () => {
    await configure([line('a')]);
    const [a] = opened[0]?.lines ?? [];
    const gone = Promise.withResolvers<void>();
    removed = gone.promise;
    told = [];
    const configured = configure([line('a', { server: 'new.example' })]);
    await vi.waitFor(() => expect(told).toEqual(['unregister a']));
    const invite = new FakeInvite();
    a?.emit('incoming', invite);
    gone.resolve();
    await configured;
    expect(told).toEqual(['unregister a', 'register a']);
    await vi.waitFor(() => expect(invite.session?.told).toEqual(['ring']));
    invite.session?.end({ by: 'remote', status: 487, reason: '' });
    await vi.waitFor(() => expect(lines()).toEqual(['a sip:a@example.org at new.example']));
  });

  it('gives a user no second line while the first is still there for a call', async () => {
    const ann = (id: string) => line(id, { user: 'ann' });
    await configure([ann('a')]);
    const [a] = opened[0]?.lines ?? [];
    await dial('a');
    await configure([line('a', { user: 'bob' }), ann('b')]);
    expect(lines()).toEqual(['a sip:ann@example.org at example.org']);
    end(a);
    await vi.waitFor(() => expect(lines()).toHaveLength(2));
    expect(told.slice(1)).toEqual(['unregister a', 'remove a', 'add a', 'add b']);
  });

  it('opens a new stack for other ports once no line has a call, and changes idle lines meanwhile', async () => {
    await configure([line('a'), line('b')]);
    const [a] = opened[0]?.lines ?? [];
    await dial('a');
    await configure([line('a'), line('b', { server: 'new.example' })], 5070);
    expect(opened.map((stack) => stack.closed)).toEqual([false]);
    expect(lines()).toEqual(['a sip:a@example.org at example.org', 'b sip:b@example.org at new.example']);
    end(a);
    await vi.waitFor(() => expect(opened.map((stack) => stack.closed)).toEqual([true, false]));
    await settled();
    expect(opened[1]?.options.ports).toEqual({ min: 5070, max: 5070 });
    expect(lines()).toEqual(['a sip:a@example.org at example.org', 'b sip:b@example.org at new.example']);
  });

  it('says goodbye to them when the endpoint stops, before the lines go', async () => {
    await configure([line('a'), line('b')]);
    const [a] = opened[0]?.lines ?? [];
    await dial('a');
    told = [];
    a?.sessions[0]?.once('ended', () => told.push('hung up'));
    await configure([line('a', { password: 'new' }), line('b')]);
    await endpoint.stop();
    expect(told).toEqual(['hung up', 'unregister a', 'unregister b']);
    expect(opened.map((stack) => stack.closed)).toEqual([true]);
  });

  it('opens one new stack for other ports, though somebody registers meanwhile', async () => {
    await configure([line('a')]);
    const gone = Promise.withResolvers<void>();
    removed = gone.promise;
    told = [];
    const configured = configure([line('a')], 5070);
    await vi.waitFor(() => expect(told).toEqual(['unregister a']));
    const registered = execute({ register: { lineId: '', remove: false } });
    gone.resolve();
    await Promise.all([configured, registered]);
    expect(opened.map((stack) => stack.closed)).toEqual([true, false]);
  });
});

describe('what all lines have in common', () => {
  it('is given to the stack', async () => {
    await configure([line('a')], 5070, { sip: { ...usualSettings, publicAddress: '192.0.2.9' } });
    expect(opened[0]?.options).toMatchObject({
      ports: { min: 5070, max: 5070 },
      settings: { publicAddress: '192.0.2.9' },
    });
  });

  it('needs a new stack where it changes, and none where it is the same', async () => {
    await configure([line('a')]);
    await configure([line('a')], 0, { sip: structuredClone(usualSettings) });
    expect(opened).toHaveLength(1);
    await configure([line('a')], 0, { sip: { ...usualSettings, transactionTimeoutMs: 2_000 } });
    expect(opened.map((stack) => stack.closed)).toEqual([true, false]);
  });

  it('the policy of calls is in force at once, without a new stack', async () => {
    await configure([line('a')]);
    await dial('a');
    await configure([line('a')], 0, { calls: { ...defaultPolicy, rejectWhenBusy: true, busyStatus: 600 } });
    const invite = new FakeInvite();
    opened[0]?.lines[0]?.emit('incoming', invite);
    expect(invite.refused).toBe(600);
    expect(opened).toHaveLength(1);
  });
});

describe('commands', () => {
  it('dials as it is told to', async () => {
    await configure([line('a'), line('b')]);
    await execute({ dial: { target: '602', lineId: 'b', anonymous: true, appearance: 2 } });
    expect(opened[0]?.lines[1]?.options).toEqual([{ anonymous: true, appearance: 2 }]);
  });

  it('transfers a call', async () => {
    await configure([line('a')]);
    const callId = await dial('a');
    const session = opened[0]?.lines[0]?.sessions[0];
    session?.confirm();
    const transferred = execute({ transfer: { callId, target: '603', otherCallId: '' } });
    await vi.waitFor(() => expect(session?.transfers).toHaveLength(1));
    session?.transfers[0]?.progress(180);
    await transferred;
    expect(endpoint.snapshot().calls[0]?.transfer).toMatchObject({ target: '603', status: 180, done: false });
  });

  it('gives what a line is asked for to its server', async () => {
    await configure([line('a'), line('b')]);
    const wanted = { lineId: 'b', state: 'READY', agentId: '1001', password: 'secret', reason: '' };
    await execute({ setAgentState: wanted });
    expect(opened[0]?.lines[1]?.asked).toEqual([wanted]);
    expect(JSON.stringify(endpoint.snapshot())).not.toContain('secret');
    await expect(execute({ setAgentState: { ...wanted, lineId: 'c' } })).rejects.toMatchObject({
      failure: { code: 'TL3002' },
    });
  });

  it('that are not known are a failure', async () => {
    await expect(execute({})).rejects.toMatchObject({ failure: { code: 'TL1005' } });
    await expect(execute({ setForwarding: { lineId: '', forwarding: null } })).rejects.toMatchObject({
      failure: { code: 'TL1005' },
    });
  });
});

describe('do not disturb and forwarding', () => {
  const forwarding = { kind: 'ALWAYS', on: true, target: '750', seconds: 0 };

  it('are the server’s affair where it keeps them', async () => {
    await configure([line('a')]);
    const it = opened[0]?.lines[0];
    if (!it) throw new Error('no line');
    it.keepsFeatures = true;
    Object.assign(it.snapshot, { featuresOnServer: true, doNotDisturb: true });
    await execute({ setDoNotDisturb: { lineId: '', on: false } });
    await execute({ setForwarding: { lineId: '', forwarding } });
    expect(it.asked).toEqual([false, forwarding]);
    expect(endpoint.snapshot().lines[0]).toMatchObject({ doNotDisturb: true, forwardings: [], featuresOnServer: true });
    const invite = new FakeInvite();
    it.emit('incoming', invite);
    expect([invite.refused, invite.redirected]).toEqual([null, null]);
  });

  it('are the phone’s own otherwise: shown, told of, and done', async () => {
    await configure([line('a')]);
    const events: unknown[] = [];
    endpoint.on('event', ({ line: shown }) => shown && events.push(shown));
    await execute({ setDoNotDisturb: { lineId: '', on: true } });
    const refused = new FakeInvite();
    opened[0]?.lines[0]?.emit('incoming', refused);
    expect(refused.refused).toBe(480);
    await execute({ setForwarding: { lineId: '', forwarding } });
    const redirected = new FakeInvite();
    opened[0]?.lines[0]?.emit('incoming', redirected);
    expect(redirected.redirected).toBe('sip:750@example.org');
    const shown = { doNotDisturb: true, forwardings: [forwarding], featuresOnServer: false };
    expect(events).toMatchObject([{ doNotDisturb: true, forwardings: [] }, shown]);
    expect(endpoint.snapshot().lines).toMatchObject([shown]);
    expect(opened[0]?.lines[0]?.asked).toEqual([]);
  });

  it('stay with the line when its snapshot changes, or its password', async () => {
    await configure([line('a')]);
    await execute({ setDoNotDisturb: { lineId: 'a', on: true } });
    const events: unknown[] = [];
    endpoint.on('event', ({ line: shown }) => shown && events.push(shown));
    const it = opened[0]?.lines[0];
    it?.emit('changed', it.snapshot);
    expect(events).toMatchObject([{ id: 'a', doNotDisturb: true }]);
    await configure([line('a', { password: 'new' })]);
    expect(endpoint.snapshot().lines).toMatchObject([{ doNotDisturb: true }]);
  });

  it('do not pass on to another user of the same line', async () => {
    await configure([line('a')]);
    await execute({ setDoNotDisturb: { lineId: 'a', on: true } });
    await configure([line('a', { user: 'somebody' })]);
    expect(endpoint.snapshot().lines).toMatchObject([{ doNotDisturb: false }]);
  });

  it('cannot be to a target that nobody can call', async () => {
    await configure([line('a')]);
    await expect(
      execute({ setForwarding: { lineId: '', forwarding: { ...forwarding, target: 'a b' } } }),
    ).rejects.toMatchObject({ failure: { code: 'TL2013' } });
    expect(endpoint.snapshot().lines).toMatchObject([{ forwardings: [] }]);
  });
});

it('calls whom the server of a line refers it to', async () => {
  await configure([line('a')]);
  const referral = new FakeReferral('sip:603@example.org', { referredBy: '<sip:700@example.org>' });
  opened[0]?.lines[0]?.emit('refer', referral);
  await vi.waitFor(() => expect(referral.made).not.toBeNull());
  expect(endpoint.snapshot().calls).toMatchObject([{ state: 'DIALING', referredBy: { number: '700' } }]);
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

describe('the quality of a call', () => {
  const figures = {
    packetsSent: 0,
    packetsReceived: 9,
    packetsLost: 0,
    packetsDiscarded: 0,
    concealedMs: 0,
    longestGapMs: 0,
  };
  const quality = { publish: true, collector: 'vq@example.org', alarmThreshold: 3.5 };

  it('is told of while it is bad, and reported when the call has ended', async () => {
    const notices: unknown[] = [];
    endpoint.on('event', ({ notice }) => notice && notices.push([notice.subject, notice.failure?.code]));
    await configure([line('a')], 0, { quality });
    const callId = await dial('a');
    const a = opened[0]?.lines[0];
    const session = a?.sessions[0];
    session?.confirm();
    const rating = { intervalRating: { mosListening: 2 } };
    for (const intervals of [1, 2]) media.emit('quality', { ...figures, callId, intervals, ...rating });
    expect(notices).toEqual([['quality', 'TL4010']]);
    expect(endpoint.snapshot().notices.map((it) => it.subject)).toEqual(['quality']);
    session?.end({ by: 'remote', status: 0, reason: '' });
    expect(notices.at(-1)).toEqual(['quality', undefined]);
    media.emit('quality', { ...figures, callId });
    expect(a?.reports.map(([collector, body]) => [collector, body.split('\r\n')[0]])).toEqual([
      ['vq@example.org', 'VQAlertReport: Type=MOSLQ Severity=Warning Dir=local'],
      ['vq@example.org', 'VQSessionReport: CallTerm'],
    ]);
  });

  it('counts what the microphone hears', async () => {
    vi.useFakeTimers();
    await configure([line('a')]);
    const callId = await dial('a');
    opened[0]?.lines[0]?.sessions[0]?.confirm();
    for (let second = 0; second <= 11; second++) {
      media.emit('levels', { microphoneDbfs: -90, speakerDbfs: -20 });
      media.emit('quality', { ...figures, callId });
      vi.advanceTimersByTime(1_000);
    }
    vi.useRealTimers();
    expect(endpoint.snapshot().notices.map((it) => it.failure?.code)).toEqual(['TL4011']);
  });
});

describe('what the agent sets of the sound', () => {
  const mic: Device = { id: 'm1', name: 'Microphone', kind: 'CAPTURE', isDefault: true };
  const ear: Device = { id: 'e1', name: 'Loudspeaker', kind: 'PLAYBACK', isDefault: true };

  it('is shown at once, and kept', async () => {
    media.devices = [mic, ear];
    const shown: unknown[] = [];
    endpoint.on('event', ({ audio }) => audio && shown.push([audio.microphoneVolume, audio.chosenPlaybackId]));
    await execute({ setVolume: { microphone: 40 } });
    await execute({ selectDevices: { playbackId: 'e1' } });
    expect(shown).toEqual([
      [40, ''],
      [40, 'e1'],
    ]);
    expect(endpoint.snapshot().audio).toMatchObject({
      microphoneVolume: 40,
      speakerVolume: 100,
      chosenPlaybackId: 'e1',
    });
    await expect(execute({ selectDevices: { captureId: 'gone' } })).rejects.toThrow(/gone is not there/);
    await endpoint.stop();
    expect(kept.told).toEqual(['microphone 40', 'microphone 40', 'written']);
  });

  it('is there again at the next start', async () => {
    kept.file = { ...usualPreferences, volumes: { ...usualPreferences.volumes, speaker: 30 } };
    await endpoint.start();
    expect(endpoint.snapshot().audio?.speakerVolume).toBe(30);
    kept.file = usualPreferences;
  });

  it('is tried out where there is a device for it', async () => {
    for (const kind of ['TONE', 'RINGER', 'MICROPHONE']) {
      await expect(execute({ testSound: { kind } })).rejects.toMatchObject({ failure: { code: 'TL4001' } });
    }
    await execute({ testSound: { kind: 'NONE' } });
    media.devices = [mic, ear];
    await execute({ testSound: { kind: 'TONE' } });
    await execute({ testSound: { kind: 'MICROPHONE' } });
    expect(media.tested).toEqual(['NONE', 'TONE', 'MICROPHONE']);
  });
});
