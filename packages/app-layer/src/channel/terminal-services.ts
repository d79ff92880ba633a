/** Channels by the library of a remoting vendor on Windows: dynamic where there is such a one, else static. */
import { FailureError } from '@thinline/shared/failures.ts';
import type { ChannelKind, LoadCalls } from './channel-calls.ts';
import { ChannelStream } from './channel-stream.ts';
import {
  type AllowListLine,
  dynamicName,
  type Surroundings,
  staticName,
  type VirtualChannel,
  virtualChannelWait,
} from './provider.ts';

/** How long a call into a library may take until it counts as hanging, ms. */
const longestOpening = 5000;
const longestClosing = 1000;

export interface Way {
  kind: ChannelKind;
  load: LoadCalls;
}

export interface TerminalServicesOptions {
  name: string;
  placement: string;
  /** In the order in which they are tried. */
  ways: readonly Way[];
  detect: VirtualChannel['detect'];
  allowList: VirtualChannel['allowList'];
}

/** What the session is called on Windows; '' elsewhere. */
export const sessionName = ({ platform, env }: Surroundings): string =>
  platform === 'win32' ? (env.SESSIONNAME ?? '') : '';

const nameOf = { dynamic: dynamicName, static: staticName } as const;

const shown = ({ list, line }: AllowListLine): string => `"${line}" in ${list}`;

/** Whether it settles in time. */
function settlesWithin(ms: number, promise: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    const settled = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    promise.then(settled, settled);
  });
}

export class TerminalServices implements VirtualChannel {
  readonly name: string;
  readonly placement: string;
  readonly mostWaitMs = virtualChannelWait;
  readonly detect: VirtualChannel['detect'];
  readonly allowList: VirtualChannel['allowList'];
  readonly #ways: readonly Way[];
  /** The library is in a call of ours, or has a channel that it hasn't taken back. */
  #held: Promise<unknown> | null = null;
  #stream: ChannelStream | null = null;

  constructor({ name, placement, ways, detect, allowList }: TerminalServicesOptions) {
    this.name = name;
    this.placement = placement;
    this.detect = detect;
    this.allowList = allowList;
    this.#ways = ways;
  }

  async open(): Promise<ChannelStream> {
    // Who asks for a new one is through with the one before.
    this.#stream?.destroy();
    // A hanging call holds a thread of the few that Node has, so there is never more than one. And of two that have opened
    // the same static channel, only the first gets its bytes.
    const held = this.#held;
    if (held && !(await settlesWithin(longestClosing, held))) throw stuck(this.name, longestClosing);
    if (this.#held !== held) throw new Error('the virtual channel is being opened already');
    const attempt = this.#tryAll();
    this.#held = attempt.then((stream) => stream.released).catch(() => {});
    if (await settlesWithin(longestOpening, attempt)) return attempt;
    attempt.then((stream) => stream.destroy()).catch(() => {});
    throw stuck(this.name, longestOpening);
  }

  async #tryAll(): Promise<ChannelStream> {
    const refusals: string[] = [];
    const missing: string[] = [];
    for (const { kind, load } of this.#ways) {
      const name = nameOf[kind];
      let calls: Awaited<ReturnType<LoadCalls>>;
      try {
        calls = await load();
      } catch (error) {
        missing.push(error instanceof Error ? error.message : String(error));
        continue;
      }
      const { handle, error } = await calls.open(kind, name);
      if (handle !== null) {
        this.#stream = new ChannelStream(calls, handle, kind === 'dynamic' && calls.hasHeaders);
        return this.#stream;
      }
      refusals.push(
        `the ${kind} channel ${name} was refused (${calls.library}${error === 0 ? '' : `, error ${error}`})`,
      );
    }
    const lines = this.allowList(process.execPath).map(shown);
    if (refusals.length === 0) throw new FailureError('channelLibrary', { name: this.name, detail: distinct(missing) });
    throw new FailureError('channelRefused', {
      detail: distinct([...refusals, ...missing]),
      allowList:
        lines.length === 0
          ? 'Windows itself has no such list.'
          : `Where there is such a list, it needs ${lines.join(', and ')}.`,
    });
  }
}

const distinct = (texts: readonly string[]): string => [...new Set(texts)].join('; ');

const stuck = (name: string, ms: number): Error => new FailureError('channelStuck', { name, seconds: ms / 1000 });

export const terminalServices = (options: TerminalServicesOptions): VirtualChannel => new TerminalServices(options);
