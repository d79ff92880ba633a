/** Turns the replica's changes into server-sent events for everyone who listens. */
import type { ServerResponse } from 'node:http';
import { coalesce } from '@thinline/shared/coalesce.ts';
import type { Call, Levels } from '@thinline/shared/contract/types.ts';
import type { DeskSource } from '../desk.ts';
import type { Replica } from '../endpoint/replica.ts';

const maxListeners = 16;
const stateIntervalMs = 50;
const levelsIntervalMs = 100;
/** A comment now and then: proxies and browsers notice a dead stream by it, and so do we. */
const commentIntervalMs = 10_000;

const frame = (event: string, data: unknown): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

interface Listener {
  response: ServerResponse;
  /** The client doesn't keep up: nothing is written until its buffer is empty. */
  blocked: boolean;
  /** State or desk changed meanwhile. */
  stale: boolean;
}

export interface EventFeed {
  /** As many listeners as we serve: one more must be turned away. */
  isFull(): boolean;
  /** Sends events until the response is closed. */
  listen(response: ServerResponse): void;
  close(): void;
}

export function makeEventFeed(replica: Replica, desk: DeskSource): EventFeed {
  const listeners = new Set<Listener>();
  let levels: Levels | undefined;

  const write = (listener: Listener, text: string) => {
    listener.blocked = !listener.response.write(text);
  };
  const writeState = (listener: Listener, text: string) => {
    if (listener.blocked) listener.stale = true;
    else write(listener, text);
  };
  const writePassing = (text: string) => {
    for (const listener of listeners) if (!listener.blocked) write(listener, text);
  };

  const deskText = () => frame('desk', desk.desk());
  const stateText = () => frame('state', replica.state());
  const writeAll = (listener: Listener) => {
    write(listener, deskText());
    writeState(listener, stateText());
  };
  const states = coalesce(stateIntervalMs, () => {
    if (listeners.size === 0) return;
    const text = stateText();
    for (const listener of listeners) writeState(listener, text);
  });
  const measurements = coalesce(levelsIntervalMs, () => {
    if (listeners.size > 0) writePassing(frame('levels', levels));
  });
  const onDesk = () => {
    const text = deskText();
    for (const listener of listeners) writeState(listener, text);
  };
  const onChanged = () => states.touch();
  const onLevels = (it: Levels) => {
    levels = it;
    measurements.touch();
  };
  const onReleased = (call: Call) => writePassing(frame('released', call));
  desk.on('changed', onDesk);
  replica.on('changed', onChanged);
  replica.on('released', onReleased);
  replica.on('levels', onLevels);
  const comments = setInterval(() => writePassing(': still here\n\n'), commentIntervalMs);

  return {
    isFull: () => listeners.size >= maxListeners,
    listen(response) {
      const listener: Listener = { response, blocked: false, stale: false };
      response.on('drain', () => {
        listener.blocked = false;
        if (!listener.stale) return;
        listener.stale = false;
        writeAll(listener);
      });
      response.on('close', () => listeners.delete(listener));
      response.on('error', () => listeners.delete(listener));
      listeners.add(listener);
      writeAll(listener);
    },
    close() {
      desk.off('changed', onDesk);
      replica.off('changed', onChanged);
      replica.off('released', onReleased);
      replica.off('levels', onLevels);
      clearInterval(comments);
      states.stop();
      measurements.stop();
      for (const { response } of listeners) response.end();
    },
  };
}
