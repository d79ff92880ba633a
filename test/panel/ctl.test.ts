/** `thinline ctl` as a program of its own, against a phone that does at once what it is told. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Panel, startPanel } from '@thinline/app-layer/panel/server.ts';
import { failure } from '@thinline/shared/failures.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FakeReplica, makeAgent, makeCall } from './fake-replica.ts';

const program = join(import.meta.dirname, '../../packages/app-layer/bin/thinline.mjs');

let folder: string;
let replica: FakeReplica;
let panel: Panel;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ctl-'));
  replica = new FakeReplica();
  const controlPath = join(folder, 'run', 'control.sock');
  panel = await startPanel({ replica, host: '127.0.0.1', port: 0, controlPath, log: silent });
});
afterEach(async () => {
  await panel.close();
  await rm(folder, { recursive: true });
});

interface Given {
  env?: Record<string, string>;
  input?: string;
}

async function ctl(words: string, { env = {}, input = '' }: Given = {}) {
  const child = spawn(process.execPath, [program, 'ctl', ...words.split(' ')], {
    env: { ...process.env, THINLINE_RUNTIME_DIR: join(folder, 'run'), ...env },
  });
  child.stdin.end(input);
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  return { stdout, stderr, code };
}
const done = { stdout: 'done\n', stderr: '', code: 0 };
const last = () => replica.executed.at(-1);

test('calls are transferred, blind and attended', async () => {
  replica.change(({ calls }) => calls.push(makeCall({ id: 'one', state: 'HELD' }), makeCall({ id: 'two' })));
  expect(await ctl('transfer 604 --call one')).toEqual(done);
  expect(last()).toEqual({ transfer: { callId: 'one', target: '604', otherCallId: '' } });
  expect((await ctl('state')).stdout).toContain('  Transferring to 604\n');
  expect(await ctl('transfer --attended two --call one')).toEqual(done);
  expect(last()).toEqual({ transfer: { callId: 'one', target: '', otherCallId: 'two' } });
});

test.each<[string, Given]>([
  ['the environment', { env: { THINLINE_AGENT_PASSWORD: 'hunter2' }, input: 'wrong\n' }],
  ['standard input', { input: 'hunter2\n' }],
])('an agent logs in with a password from %s, which nobody sees again', async (_, given) => {
  replica.change(({ lines }) => {
    for (const line of lines) line.agent = makeAgent();
  });
  const login = await ctl('agent login 7001 --line line0', given);
  expect(login).toEqual(done);
  const wanted = { lineId: 'line0', agentId: '7001', state: 'NOT_READY', password: 'hunter2' };
  expect(last()).toEqual({ setAgentState: wanted });
  expect((await ctl('state --json')).stdout).not.toContain('hunter2');
  expect((await ctl('agent')).stdout).toBe('line0  agent  7001  not ready\n');
  expect(JSON.parse((await ctl('agent --json')).stdout)).toEqual([
    { lineId: 'line0', agent: makeAgent({ state: 'NOT_READY', agentId: '7001' }) },
  ]);
});

test('do not disturb and forwarding are set and shown', async () => {
  expect(await ctl('dnd on --line line0')).toEqual(done);
  expect(await ctl('forward no-answer 602 --seconds 15 --line line0')).toEqual(done);
  const { stdout } = await ctl('state');
  expect(stdout).toContain('  do not disturb\n  forwarded without an answer to 602, after 15 s\n');
  expect(await ctl('dnd off --line line0')).toEqual(done);
  expect(await ctl('forward no-answer off --line line0')).toEqual(done);
  expect((await ctl('state')).stdout).toMatch(/registered\nno calls\n$/);
});

test('a call is dialled anonymously, and its id is the answer', async () => {
  const { stdout, code } = await ctl('dial 602 --anonymous --appearance 2 --json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ callId: replica.phone.calls[0]?.id });
  expect(last()).toEqual({ dial: { target: '602', lineId: '', anonymous: true, appearance: 2 } });
});

test('what the phone refuses is one line, with its code', async () => {
  replica.refusal = failure('featureUnavailable', { feature: 'agent state' });
  const refused = await ctl('agent ready');
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toMatch(/^TL2011: This line has no agent state\. .*\n$/);
});

test('what is not understood reaches no phone', async () => {
  const { code, stderr } = await ctl('agent login 7001 hunter2');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^TL6003: .*\n$/);
  expect(stderr).not.toContain('hunter2');
  expect(replica.executed).toEqual([]);
});
