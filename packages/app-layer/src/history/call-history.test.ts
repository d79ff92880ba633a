import { EventEmitter } from 'node:events';
import { blankCall } from '@thinline/shared/contract/blank.ts';
import type { Call } from '@thinline/shared/contract/types.ts';
import { silent } from '@thinline/shared/log/log.ts';
import type { StateFile } from '@thinline/shared/state-file.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { blankState } from '../endpoint/blank-state.ts';
import type { CommandBody, Replica, ReplicaEvents } from '../endpoint/replica.ts';
import { CallHistory } from './call-history.ts';
import { entryOf, writeEntries } from './entry.ts';

class QuietReplica extends EventEmitter<ReplicaEvents> implements Replica {
  state = () => blankState();
  execute = async (_body: CommandBody, id = '') => ({ id, callId: '', failure: null });
}

/** A file whose next write waits until it is let go, as a slow disk's does. */
class MemoryFile implements StateFile {
  text = '';
  writes = 0;
  wrong: Error | null = null;
  /** null: writes are done at once. */
  gate: PromiseWithResolvers<void> | null = null;

  async read(): Promise<string> {
    await this.gate?.promise;
    if (this.wrong) throw this.wrong;
    return this.text;
  }
  async write(text: string): Promise<void> {
    await this.gate?.promise;
    this.writes++;
    if (this.wrong) throw this.wrong;
    this.text = text;
  }
  async remove(): Promise<void> {
    this.text = '';
  }
}

let replica: QuietReplica;
let file: MemoryFile;
let nowMs: number;

const ended = (id: string, said: Partial<Call> = {}): Call =>
  blankCall({ id, state: 'RELEASED', createdAtMs: nowMs, releasedAtMs: nowMs, ...said });
const make = () => new CallHistory({ replica, file, log: silent, now: () => nowMs });
const started = async () => {
  const history = make();
  await history.start();
  return history;
};
const ids = (history: CallHistory) => history.list().map(({ id }) => id.split('-')[1]);

beforeEach(() => {
  replica = new QuietReplica();
  file = new MemoryFile();
  nowMs = 1_000_000;
});

describe('the history', () => {
  test('has a call as soon as it ends, and after a restart', async () => {
    const history = await started();
    let changes = 0;
    history.on('changed', () => changes++);
    replica.emit('released', ended('one'));
    nowMs++;
    replica.emit('released', ended('two'));
    expect(ids(history)).toEqual(['two', 'one']);
    expect(changes).toBe(2);
    await history.close();
    expect(ids(await started())).toEqual(['two', 'one']);
  });

  test('hears no more once it is closed', async () => {
    const history = await started();
    await history.close();
    expect(replica.listenerCount('released')).toBe(0);
  });

  test('begins anew where the file makes no sense, or cannot be read', async () => {
    file.text = '{"calls":';
    expect(ids(await started())).toEqual([]);
    file.wrong = new Error('EACCES');
    const history = await started();
    replica.emit('released', ended('one'));
    expect(ids(history)).toEqual(['one']);
  });

  test('goes on where the disk is full, and writes when it is not', async () => {
    const history = await started();
    file.wrong = new Error('ENOSPC');
    replica.emit('released', ended('one'));
    await history.close();
    file.wrong = null;
    expect(ids(history)).toEqual(['one']);
    await history.start();
    replica.emit('released', ended('two'));
    await history.close();
    expect(JSON.parse(file.text).calls).toHaveLength(2);
  });

  test('calls that end while the file is still being read are not written over what it holds', async () => {
    file.text = writeEntries([entryOf(ended('before'), nowMs)]);
    file.gate = Promise.withResolvers();
    const history = make();
    const start = history.start();
    nowMs++;
    replica.emit('released', ended('meanwhile'));
    expect(ids(history)).toEqual(['meanwhile']);
    file.gate.resolve();
    await start;
    await history.close();
    expect(ids(history)).toEqual(['meanwhile', 'before']);
    expect(JSON.parse(file.text).calls).toHaveLength(2);
  });

  test('a slow disk gets the last state once, not each one', async () => {
    const history = await started();
    file.gate = Promise.withResolvers();
    for (let call = 0; call < 50; call++) replica.emit('released', ended(`call${call}`));
    file.gate.resolve();
    await history.close();
    expect(file.writes).toBe(2);
    expect(JSON.parse(file.text).calls).toHaveLength(50);
  });

  test('is erased one by one, and as a whole, for good', async () => {
    const history = await started();
    for (const id of ['one', 'two', 'three']) replica.emit('released', ended(id));
    const two = history.list().find(({ id }) => id.endsWith('two'));
    expect(history.erase(two?.id)).toBe(true);
    expect(history.erase(two?.id)).toBe(false);
    expect(ids(history).toSorted()).toEqual(['one', 'three']);
    history.erase();
    await history.close();
    expect(history.list()).toEqual([]);
    expect(JSON.parse(file.text).calls).toEqual([]);
  });

  test.each([-40, 40])("calls are kept by the clock of this machine, were the endpoint's %d days off", async (days) => {
    nowMs = 1_000 * 86_400_000;
    const history = await started();
    const there = nowMs + days * 86_400_000;
    replica.emit('released', ended('one', { createdAtMs: there - 60_000, releasedAtMs: there }));
    expect(history.list()).toMatchObject([{ startedAtMs: nowMs - 60_000 }]);
    nowMs += 31 * 86_400_000;
    expect(history.list()).toEqual([]);
  });

  test('what is too old leaves the list and the file', async () => {
    file.text = writeEntries([entryOf(ended('old'), nowMs)]);
    nowMs += 31 * 86_400_000;
    const history = await started();
    await history.close();
    expect(history.list()).toEqual([]);
    expect(JSON.parse(file.text).calls).toEqual([]);
  });
});
