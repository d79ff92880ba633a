import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChannelCalls, ChannelKind } from './channel-calls.ts';
import { TerminalServices } from './terminal-services.ts';

/** Opens what it is told to, when it is told to. */
class FakeLibrary implements ChannelCalls {
  readonly library = 'fake.dll';
  readonly longestWrite = 100;
  readonly hasHeaders = true;
  refuses: ChannelKind[] = [];
  opened: string[] = [];
  closed = 0;
  opening: PromiseWithResolvers<void> | null = null;
  writing: PromiseWithResolvers<void> | null = null;

  async open(kind: ChannelKind, name: string) {
    await this.opening?.promise;
    const isRefused = this.refuses.includes(kind);
    if (!isRefused) this.opened.push(name);
    return isRefused ? { handle: null, error: 5 } : { handle: {}, error: 0 };
  }

  async read() {
    return { done: true, bytes: 0, error: 0 };
  }

  async write(_handle: unknown, bytes: Buffer) {
    await this.writing?.promise;
    return { done: true, bytes: bytes.length, error: 0 };
  }

  async close() {
    this.closed += 1;
  }
}

let library: FakeLibrary;
let provider: TerminalServices;
let isMissing: boolean;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  library = new FakeLibrary();
  isMissing = false;
  const load = async () => {
    if (isMissing) throw new Error('fake.dll is not on this machine');
    return library;
  };
  provider = new TerminalServices({
    name: 'fake',
    placement: 'a test',
    ways: [
      { kind: 'dynamic', load },
      { kind: 'static', load },
    ],
    detect: () => null,
    allowList: (program) => [{ list: 'the list', line: `THNLINE,${program}` }],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

const failureOf = (opening: Promise<unknown>) =>
  opening.then(
    () => '',
    (error) => `${error.failure.message} ${error.failure.cause}`,
  );

describe('opening', () => {
  it('takes the dynamic channel where there is one', async () => {
    const stream = await provider.open();
    expect(library.opened).toEqual(['thinline.grpc']);
    stream.destroy();
  });

  it('takes the static one else', async () => {
    library.refuses = ['dynamic'];
    const stream = await provider.open();
    expect(library.opened).toEqual(['THNLINE']);
    stream.destroy();
  });

  it('says where both are refused which line an allow list needs', async () => {
    library.refuses = ['dynamic', 'static'];
    expect(await failureOf(provider.open())).toBe(
      `This virtual desktop does not open the channel to the phone. The dynamic channel thinline.grpc was refused (fake.dll, error 5); the static channel THNLINE was refused (fake.dll, error 5). Either the remoting client has no plugin of Thinline, or an allow list of the virtual desktop keeps the channel shut. Where there is such a list, it needs "THNLINE,${process.execPath}" in the list.`,
    );
  });

  it('says where the library is missing, and finds it once it is installed', async () => {
    isMissing = true;
    expect(await failureOf(provider.open())).toBe(
      'This virtual desktop has no channels of the kind "fake". Fake.dll is not on this machine.',
    );
    isMissing = false;
    (await provider.open()).destroy();
    expect(library.opened).toHaveLength(1);
  });
});

it('closes the channel before, where that is still open', async () => {
  const before = await provider.open();
  const now = await provider.open();
  expect([before.destroyed, now.destroyed, library.closed]).toEqual([true, false, 1]);
  now.destroy();
});

describe('a library that hangs', () => {
  it('while it opens is told of after 5 s; what it opens later is closed, and opening works again', async () => {
    library.opening = Promise.withResolvers();
    const failure = failureOf(provider.open());
    await vi.advanceTimersByTimeAsync(5000);
    expect(await failure).toBe(
      'The virtual channel to the phone hangs. The service of this virtual desktop for fake has not answered for 5 s.',
    );
    const second = failureOf(provider.open());
    await vi.advanceTimersByTimeAsync(1000);
    expect(await second).toBe(
      'The virtual channel to the phone hangs. The service of this virtual desktop for fake has not answered for 1 s.',
    );
    library.opening.resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect([library.opened.length, library.closed]).toEqual([1, 1]);
    (await provider.open()).destroy();
    expect(library.opened).toHaveLength(2);
  });

  it('while it writes keeps the next channel shut until it has returned', async () => {
    library.writing = Promise.withResolvers();
    const stream = await provider.open();
    stream.on('error', () => {}).write('bytes');
    await vi.advanceTimersByTimeAsync(10);
    stream.destroy();
    const failure = failureOf(provider.open());
    await vi.advanceTimersByTimeAsync(1000);
    expect(await failure).toMatch(/hangs/);
    expect(library.closed).toBe(0);
    const next = provider.open();
    library.writing.resolve();
    const opened = await next;
    expect(library.closed).toBe(1);
    opened.destroy();
  });

  it('is not asked twice at a time', async () => {
    const opening = Promise.allSettled([provider.open(), provider.open()]);
    await vi.advanceTimersByTimeAsync(1000);
    const both = await opening;
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(library.opened).toHaveLength(1);
    for (const it of both) if (it.status === 'fulfilled') it.value.destroy();
  });
});
