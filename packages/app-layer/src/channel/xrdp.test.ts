import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { XrdpChannel, type XrdpOptions, xrdp } from './xrdp.ts';

interface Request {
  name: string;
  isDynamic: boolean;
}

/** What chansrv does with a request; `socket` is the program's. */
type Behaviour = (asked: Request, socket: Socket) => void;

let folder: string;
let server: Server;
let asked: Request[];
let sockets: Socket[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'thinline-xrdp-'));
  asked = [];
  sockets = [];
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  for (const socket of sockets) socket.destroy();
  if (server?.listening) await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

/** An imitation of xrdp-chansrv, as far as programs see it: one request for each connection. */
async function startChansrv(behaviour: Behaviour, path = join(folder, 'xrdpapi_12')): Promise<void> {
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    let bytes = Buffer.alloc(0);
    const take = (data: Buffer): void => {
      bytes = Buffer.concat([bytes, data]);
      if (bytes.length < 4 || bytes.length < bytes.readUInt32LE(0)) return;
      socket.off('data', take);
      const length = bytes.readUInt32LE(8);
      expect([bytes.length, bytes.readUInt32LE(4)]).toEqual([16 + length, 0]);
      const request = {
        name: bytes.toString('latin1', 12, 12 + length),
        isDynamic: bytes.readUInt32LE(12 + length) === 1,
      };
      asked.push(request);
      behaviour(request, socket);
    };
    socket.on('data', take);
  }).listen(path);
  await once(server, 'listening');
}

const status = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** A client that has these; a dynamic channel that it lacks is refused as FreeRDP does. */
const client =
  (...channels: string[]): Behaviour =>
  ({ name }, socket) =>
    void socket.write(status(channels.includes(name) ? 0 : 1));

/** No dynamic channel is answered, and the time to wait for one is over at once (timers are virtual). */
const unanswered: Behaviour = ({ isDynamic }, socket) =>
  isDynamic ? void vi.advanceTimersByTime(1000) : void socket.write(status(0));

const options = (more: XrdpOptions = {}): XrdpOptions => ({
  env: { DISPLAY: ':12.0', XRDP_SOCKET_PATH: folder },
  ...more,
});
const open = (more?: XrdpOptions): Promise<Duplex> => new XrdpChannel(options(more)).open();
const noClient = (): void => writeFileSync(join(folder, 'xrdp_chansrv_socket_12'), '');

/** Both ways: what is said is heard at the other end. */
async function expectPipe(pipe: Duplex, end: Socket | undefined): Promise<void> {
  end?.write('from there');
  expect(String((await once(pipe, 'data'))[0])).toBe('from there');
  const there = once(end ?? pipe, 'data');
  pipe.write('from here');
  expect(String((await there)[0])).toBe('from here');
  pipe.destroy();
}

const dynamic = { name: 'thinline.grpc', isDynamic: true };
const carrier = { name: 'drdynvc', isDynamic: false };
const fixed = { name: 'THNLINE', isDynamic: false };

describe.skipIf(process.platform === 'win32')('a channel of xrdp', () => {
  it('is dynamic where the client can have it', async () => {
    await startChansrv(client('drdynvc', 'thinline.grpc', 'THNLINE'));
    await expectPipe(await open(), sockets[1]);
    expect(asked).toEqual([carrier, dynamic]);
  });

  it('is static with a client that has no dynamic ones, which would be asked in vain', async () => {
    await startChansrv(client('THNLINE'));
    await expectPipe(await open(), sockets[1]);
    expect(asked).toEqual([carrier, fixed]);
  });

  it('is static where the dynamic one is refused', async () => {
    await startChansrv(client('drdynvc', 'THNLINE'));
    await expectPipe(await open(), sockets[2]);
    expect(asked).toEqual([carrier, dynamic, fixed]);
  });

  it('is static where xrdp blocks dynamic ones, and never answers', async () => {
    await startChansrv(({ isDynamic }, socket) => void (isDynamic || socket.write(status(0))));
    await expectPipe(await open({ answerMs: 20 }), sockets[2]);
    expect(asked).toEqual([carrier, dynamic, fixed]);
  });

  it('is static where chansrv has run out of dynamic ones', async () => {
    await startChansrv(({ isDynamic }, socket) => void (isDynamic ? socket.destroy() : socket.write(status(0))));
    await expectPipe(await open(), sockets[2]);
    expect(asked).toEqual([carrier, dynamic, fixed]);
  });

  it.each([
    ['dynamic', dynamic],
    ['static', fixed],
  ] as const)('is %s when that is forced', async (kind, request) => {
    await startChansrv(client('drdynvc', 'thinline.grpc', 'THNLINE'));
    await expectPipe(await open({ kind }), sockets.at(-1));
    expect(asked.at(-1)).toEqual(request);
    expect(asked).not.toContainEqual(kind === 'dynamic' ? fixed : dynamic);
  });

  it('gives up the one before', async () => {
    await startChansrv(client('drdynvc', 'THNLINE'));
    const channel = new XrdpChannel(options());
    const first = await channel.open();
    const second = await channel.open();
    expect([first.destroyed, second.destroyed]).toEqual([true, false]);
    second.destroy();
  });

  it('keeps what comes in the same breath as the answer', async () => {
    await startChansrv((_, socket) => void socket.write(Buffer.concat([status(0), Buffer.from('at once')])));
    const pipe = await open({ kind: 'static' });
    expect(String((await once(pipe, 'data'))[0])).toBe('at once');
    pipe.destroy();
  });

  it('takes an answer in pieces', async () => {
    await startChansrv((_, socket) => {
      socket.write(status(0).subarray(0, 1));
      setImmediate(() => socket.write(Buffer.concat([status(0).subarray(1), Buffer.from('bytes')])));
    });
    const pipe = await open({ kind: 'static' });
    expect(String((await once(pipe, 'data'))[0])).toBe('bytes');
    pipe.destroy();
  });

  it("is found in the user's own folder, where xrdp 0.10 has it", async () => {
    const own = join(folder, String(userInfo().uid));
    mkdirSync(own);
    await startChansrv(client('THNLINE'), join(own, 'xrdpapi_12'));
    await expectPipe(await open(), sockets[1]);
  });
});

describe.skipIf(process.platform === 'win32')('no channel of xrdp', () => {
  const remedy = '"drdynvc=true" and "THNLINE=true" in /etc/xrdp/xrdp.ini, section [Channels]';

  it('with a client that knows neither: plugin and allow list are named', async () => {
    await startChansrv(client('drdynvc'));
    await expect(open()).rejects.toThrow(
      /dynamic channel thinline\.grpc is not known .*; the static channel THNLINE is not/,
    );
    await expect(open()).rejects.toThrow(/plugin/);
    await expect(open()).rejects.toThrow(remedy);
  });

  it('without a client, whose static channel would lead nowhere', async () => {
    noClient();
    await startChansrv(({ isDynamic }, socket) => void (isDynamic ? socket.destroy() : socket.write(status(0))));
    await expect(open()).rejects.toThrow('no client is connected');
    expect(asked).toEqual([carrier, dynamic]);
  });

  it.each(['dynamic', 'static'] as const)(
    'where nobody answers for the %s one: the lines that allow it',
    async (kind) => {
      await startChansrv(({ name }, socket) => void (name === 'drdynvc' && socket.write(status(0))));
      await expect(open({ kind, answerMs: 20 })).rejects.toThrow(/stands still, or xrdp blocks it/);
      await expect(open({ kind, answerMs: 20 })).rejects.toThrow(remedy);
    },
  );

  it('a static one that is open, and blocked: it ends with the lines that allow it', async () => {
    await startChansrv(client('THNLINE'));
    const pipe = await open({ answerMs: 20 });
    const [error] = await once(pipe, 'error');
    expect(String(error)).toContain('THNLINE brings nothing');
    expect(String(error)).toContain(remedy);
  });

  it('a static one without a client: that is said instead', async () => {
    noClient();
    await startChansrv(client('THNLINE'));
    const [error] = await once(await open({ answerMs: 20 }), 'error');
    expect(String(error)).toContain('no client is connected');
  });

  it('but one that has brought something before is trusted', async () => {
    await startChansrv(({ name }, socket) => {
      const brings = sockets.length <= 2 ? 'something' : '';
      socket.write(name === 'drdynvc' ? status(1) : Buffer.concat([status(0), Buffer.from(brings)]));
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const channel = new XrdpChannel(options());
    const first = await channel.open();
    expect(String((await once(first, 'data'))[0])).toBe('something');
    vi.advanceTimersByTime(1000);
    const second = await channel.open();
    vi.advanceTimersByTime(10_000);
    expect([first.destroyed, second.destroyed]).toEqual([true, false]);
    second.destroy();
  });

  it('where chansrv hangs', async () => {
    await startChansrv(() => {});
    await expect(open({ answerMs: 20 })).rejects.toThrow(/chansrv does not answer \(.*xrdpapi_12\)/);
    expect(asked).toEqual([carrier]);
  });

  it.each([
    ['refuses', client('drdynvc'), /thinline\.grpc is not known/],
    ['leaves unanswered', unanswered, /is not answered/],
  ] satisfies [string, Behaviour, RegExp][])(
    'asks a client that %s dynamic ones less and less, and the next client at once',
    async (_, behaviour, explanation) => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      await startChansrv(behaviour);
      const channel = new XrdpChannel(options({ kind: 'dynamic' }));
      const now = vi.spyOn(performance, 'now');
      const askedAt: number[] = [];
      const refusedUntil = async (from: number, to: number): Promise<void> => {
        for (let ms = from; ms < to; ms += 500) {
          now.mockReturnValue(ms);
          asked = [];
          await expect(channel.open()).rejects.toThrow(explanation);
          if (asked.some(({ isDynamic }) => isDynamic)) askedAt.push(ms);
        }
      };
      await refusedUntil(0, 20_000);
      expect(askedAt).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000, 4000, 6000, 10_000, 18_000]);
      noClient();
      await refusedUntil(20_000, 20_500);
      rmSync(join(folder, 'xrdp_chansrv_socket_12'));
      await refusedUntil(20_500, 21_500);
      expect(askedAt.slice(11)).toEqual([20_000, 20_500, 21_000]);
    },
  );

  it('asks a client again as often as ever once it has given one', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let gives = false;
    await startChansrv((request, socket) => (gives ? void socket.write(status(0)) : unanswered(request, socket)));
    const channel = new XrdpChannel(options({ kind: 'dynamic' }));
    const now = vi.spyOn(performance, 'now');
    const openAt = (ms: number): Promise<Duplex> => {
      now.mockReturnValue(ms);
      return channel.open();
    };
    for (let n = 0; n < 8; n++) await expect(openAt(n * 10_000)).rejects.toThrow(/is not answered/);
    gives = true;
    (await openAt(80_000)).destroy();
    gives = false;
    asked = [];
    for (const ms of [80_100, 80_600]) await expect(openAt(ms)).rejects.toThrow(/is not answered/);
    expect(asked.filter(({ isDynamic }) => isDynamic)).toHaveLength(2);
  });

  it.each([0, 1, 2, 3])('after %i bytes of an answer', async (length) => {
    await startChansrv((_, socket) => void socket.end(status(0).subarray(0, length)));
    await expect(open({ kind: 'static' })).rejects.toThrow(length === 0 ? /finds no place/ : /half an answer/);
  });

  it('leaves nothing open behind a refusal', async () => {
    await startChansrv(client('drdynvc'));
    await expect(open()).rejects.toThrow(/not known/);
    expect(sockets).toHaveLength(3);
    for (const socket of sockets) if (!socket.closed) await once(socket.resume(), 'close');
  });

  it('where chansrv is not there, or the session has no display', async () => {
    await expect(open()).rejects.toThrow(/no xrdp-chansrv at .*xrdpapi_12 \(ENOENT\)/);
    await expect(open({ env: { XRDP_SOCKET_PATH: folder } })).rejects.toThrow(/no display/);
    await expect(open({ env: { DISPLAY: 'wayland-0', XRDP_SOCKET_PATH: folder } })).rejects.toThrow(/no display/);
  });
});

it('is detected by what xrdp puts into the environment of its sessions', () => {
  const detect = (env: Record<string, string>, platform: NodeJS.Platform = 'linux') => xrdp.detect({ platform, env });
  expect(detect({ XRDP_SOCKET_PATH: '/run/xrdp/sockdir' })).toBe('this is an xrdp session');
  expect(detect({ XRDP_SESSION: '1' })).toBe('this is an xrdp session');
  expect(detect({ DISPLAY: ':0' })).toBeNull();
  expect(detect({ XRDP_SESSION: '1' }, 'win32')).toBeNull();
});

it('names the lines that let both kinds through', () => {
  const list = '/etc/xrdp/xrdp.ini, section [Channels]';
  expect(xrdp.allowList()).toEqual([
    { list, line: 'drdynvc=true' },
    { list, line: 'THNLINE=true' },
  ]);
});
