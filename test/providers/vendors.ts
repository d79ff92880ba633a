/** Libraries that stand in for those of remoting vendors, and the far ends of their channels. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { citrixFrom } from '@thinline/app-layer/channel/citrix.ts';
import { horizonFrom } from '@thinline/app-layer/channel/horizon.ts';
import type { VirtualChannel } from '@thinline/app-layer/channel/provider.ts';
import { wtsFrom } from '@thinline/app-layer/channel/wts.ts';

/** As vendor.c has them. */
export const wish = {
  refuseDynamic: 1,
  refuseStatic: 2,
  nothingIsDone: 4,
  writeParts: 8,
  wrongHeader: 16,
} as const;

const counters = ['opened', 'closed', 'overlaps', 'misuses', 'discarded'] as const;
export type Counts = Record<(typeof counters)[number], number>;

export interface Vendor {
  name: string;
  kind: 'dynamic' | 'static';
  provider: VirtualChannel;
  /** Which library carries it. */
  library: Library;
  /** What makes that kind the one that opens. */
  wishes: number;
}

export interface Library {
  /** Of all channels since the beginning. */
  counts(): Counts;
}

export interface FarChannel {
  kind: string;
  name: string;
  socket: Socket;
}

/** Where channels come out. */
export class FarEnd {
  readonly path: string;
  readonly sockets = new Set<Socket>();
  readonly #server: Server;
  readonly #arrived: FarChannel[] = [];
  #awaited: ((channel: FarChannel) => void)[] = [];

  constructor(path: string) {
    this.path = path;
    this.#server = createServer((socket) => this.#take(socket));
  }

  async start(): Promise<void> {
    await once(this.#server.listen(this.path), 'listening');
  }

  next(): Promise<FarChannel> {
    const arrived = this.#arrived.shift();
    return arrived ? Promise.resolve(arrived) : new Promise((resolve) => this.#awaited.push(resolve));
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #take(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => {}).once('close', () => this.sockets.delete(socket));
    let greeting = '';
    const look = (): void => {
      for (;;) {
        const byte: unknown = socket.read(1);
        if (!Buffer.isBuffer(byte)) return;
        if (String(byte) === '\n') break;
        greeting += String(byte);
      }
      socket.off('readable', look);
      const [kind = '', name = ''] = greeting.split(' ');
      const channel = { kind, name, socket };
      const awaited = this.#awaited.shift();
      if (awaited) awaited(channel);
      else this.#arrived.push(channel);
    };
    socket.on('readable', look);
  }
}

interface Built {
  path: string;
  configure(path: string, wishes: number): void;
  library: Library;
}

export interface Vendors {
  folder: string;
  /** The path of one with Microsoft's names. */
  microsoft: string;
  all: readonly Vendor[];
  /** Where the channels of all of them lead from now on, and what they do. */
  configure(path: string, wishes: number): void;
  remove(): void;
}

const configuring = 'void vendor_configure(const char *, int)';

/** Of a library that was built elsewhere. */
export async function configure(library: string, path: string): Promise<void> {
  const koffi = await import('koffi');
  const call: (path: string, wishes: number) => void = koffi.load(library).func(configuring);
  call(path, 0);
}

/** Compiles the libraries; the providers load them as they load the vendors' on Windows. */
export async function buildVendors(): Promise<Vendors> {
  const koffi = await import('koffi');
  const folder = mkdtempSync(join(tmpdir(), 'thinline-vendors-'));
  const build = (define: string): Built => {
    const path = join(folder, `${define.toLowerCase()}.so`);
    const source = join(import.meta.dirname, 'vendor.c');
    execFileSync('gcc', [
      '-std=gnu11',
      '-O1',
      '-Wall',
      '-Werror',
      '-shared',
      '-fPIC',
      `-D${define}`,
      '-o',
      path,
      source,
    ]);
    const handle = koffi.load(path);
    const configure: (path: string, wishes: number) => void = handle.func(configuring);
    const count: (which: number) => number = handle.func('int vendor_count(int)');
    const counts = (): Counts => {
      const [opened = 0, closed = 0, overlaps = 0, misuses = 0, discarded = 0] = counters.map((_, at) => count(at));
      return { opened, closed, overlaps, misuses, discarded };
    };
    return { path, configure, library: { counts } };
  };
  const [wts, vdp, wf] = [build('WTS'), build('VDP'), build('WF')];
  const microsoft = wtsFrom(wts.path);
  const omnissa = horizonFrom(vdp.path);
  const citrix = citrixFrom({ dynamic: [wts.path], static: [join(folder, 'wfapi64.so'), wf.path] });
  const { refuseDynamic } = wish;
  return {
    folder,
    microsoft: wts.path,
    all: [
      { name: 'wts', kind: 'dynamic', provider: microsoft, library: wts.library, wishes: 0 },
      { name: 'wts', kind: 'static', provider: microsoft, library: wts.library, wishes: refuseDynamic },
      { name: 'horizon', kind: 'dynamic', provider: omnissa, library: vdp.library, wishes: 0 },
      { name: 'horizon', kind: 'static', provider: omnissa, library: vdp.library, wishes: refuseDynamic },
      { name: 'citrix', kind: 'dynamic', provider: citrix, library: wts.library, wishes: 0 },
      { name: 'citrix', kind: 'static', provider: citrix, library: wf.library, wishes: refuseDynamic },
    ],
    configure: (path, wishes) => {
      for (const { configure } of [wts, vdp, wf]) configure(path, wishes);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
