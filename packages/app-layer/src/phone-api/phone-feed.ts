/** The phone's changes as server-sent events, one matter at a time; a listener that was away gets what it missed. */
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Call } from '@thinline/shared/contract/types.ts';
import type { Replica } from '../endpoint/replica.ts';
import { changesBetween, type Parts, type PhoneEvent, partsOf } from './changes.ts';
import { reportedCall, reportOf, toJson } from './report.ts';

export const maxListeners = 16;
/** Events that are kept for those who were away. */
const remembered = 256;
/** How long a browser waits before it comes back, ms. */
const retryMs = 1000;
const commentIntervalMs = 10_000;

interface Listener {
  response: ServerResponse;
  /** The number of the last event that it has. */
  position: number;
  /** It doesn't keep up: nothing is written until its buffer is empty. */
  blocked: boolean;
}

export interface PhoneFeed {
  isFull(): boolean;
  /** lastEventId: what a listener that was away heard last; else it begins with `state`. */
  listen(response: ServerResponse, lastEventId?: string): void;
  close(): void;
}

const frame = ({ name, data }: PhoneEvent, id: string): string => `${id}event: ${name}\ndata: ${data}\n\n`;

/** Does nothing before somebody listens. mayRead: whether pages of that origin may, now and from then on. */
export function makePhoneFeed(replica: Replica, mayRead: (origin: string | undefined) => boolean): PhoneFeed {
  /** Numbers are counted within it; another process has another. */
  const run = randomBytes(4).toString('hex');
  const listeners = new Set<Listener>();
  /** Frames, the last one with the number `newest`. */
  const frames: string[] = [];
  let newest = 0;
  let known: Parts | null = null;
  let comments: NodeJS.Timeout | undefined;

  const idOf = (number: number): string => `id: ${run}-${number}\n`;
  const stateFrame = (): string => frame({ name: 'state', data: toJson(reportOf(replica.state())) }, idOf(newest));

  /** Before anything is told. */
  const dismiss = () => {
    for (const listener of listeners) {
      const { response } = listener;
      if (mayRead(response.req.headers.origin)) continue;
      listeners.delete(listener);
      response.end();
    }
  };
  const write = (listener: Listener, text: string) => {
    listener.blocked = !listener.response.write(text);
  };
  /** Sends what the listener has not had yet; all of it anew where that is no longer known. */
  const catchUp = (listener: Listener) => {
    while (!listener.blocked && listener.position < newest) {
      const missed = newest - listener.position;
      if (missed > frames.length) {
        listener.position = newest;
        write(listener, stateFrame());
      } else {
        listener.position++;
        write(listener, frames[frames.length - missed] ?? '');
      }
    }
  };
  const add = (event: PhoneEvent) => {
    newest++;
    frames.push(frame(event, idOf(newest)));
    if (frames.length > remembered) frames.shift();
  };
  /** The next that is heard of it is `state`. */
  const startAnew = () => {
    newest++;
    frames.length = 0;
  };
  const writePassing = (text: string) => {
    dismiss();
    for (const listener of listeners) if (!listener.blocked) write(listener, text);
  };

  const onChanged = () => {
    dismiss();
    const parts = partsOf(reportOf(replica.state()));
    const changes = known ? changesBetween(known, parts) : null;
    known = parts;
    if (!changes) startAnew();
    for (const change of changes ?? []) if (change.name !== 'quality') add(change);
    for (const listener of listeners) catchUp(listener);
    // Measurements are soon followed by others: they are neither numbered nor kept.
    for (const change of changes ?? []) if (change.name === 'quality') writePassing(frame(change, ''));
  };
  const onReleased = (call: Call) => {
    dismiss();
    const about = `call ${call.id}`;
    known = new Map([...(known ?? [])].filter(([it]) => it !== about));
    add({ name: 'call', data: toJson(reportedCall(call)) });
    for (const listener of listeners) catchUp(listener);
  };
  const start = () => {
    known = partsOf(reportOf(replica.state()));
    replica.on('changed', onChanged);
    replica.on('released', onReleased);
    comments = setInterval(() => writePassing(': still here\n\n'), commentIntervalMs);
  };

  /** Where a listener with that id stands; null: nobody knows. */
  const positionOf = (lastEventId: string): number | null => {
    const [, itsRun, digits] = /^([0-9a-f]{8})-(\d{1,15})$/.exec(lastEventId) ?? [];
    const position = Number(digits);
    return itsRun === run && position <= newest && newest - position <= frames.length ? position : null;
  };

  return {
    isFull: () => listeners.size >= maxListeners,
    listen(response, lastEventId = '') {
      if (!known) start();
      const position = positionOf(lastEventId);
      const listener: Listener = { response, position: position ?? newest, blocked: false };
      response.on('drain', () => {
        listener.blocked = false;
        dismiss();
        if (listeners.has(listener)) catchUp(listener);
      });
      const leave = () => listeners.delete(listener);
      response.on('close', leave).on('error', leave);
      listeners.add(listener);
      write(listener, `retry: ${retryMs}\n\n`);
      if (position === null) write(listener, stateFrame());
      catchUp(listener);
    },
    close() {
      replica.off('changed', onChanged);
      replica.off('released', onReleased);
      clearInterval(comments);
      for (const { response } of listeners) response.end();
    },
  };
}
