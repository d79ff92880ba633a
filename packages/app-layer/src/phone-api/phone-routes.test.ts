import { EventEmitter } from 'node:events';
import { text } from 'node:stream/consumers';
import { blankCall } from '@thinline/shared/contract/blank.ts';
import type { Failure } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import { silent } from '@thinline/shared/log/log.ts';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { blankState } from '../endpoint/blank-state.ts';
import type { CommandBody, PhoneState, Replica, ReplicaEvents } from '../endpoint/replica.ts';
import { makeWebApplication } from '../http/web-application.ts';
import { commandTable } from '../panel/command-table.ts';
import { controlTable } from './control-table.ts';
import { phoneRoutes } from './phone-routes.ts';

class WillingReplica extends EventEmitter<ReplicaEvents> implements Replica {
  executed: { body: CommandBody; id: string | undefined }[] = [];
  refusal: Failure | null = null;
  ended = blankCall({ id: 'gone', state: 'RELEASED', dtmfSent: '4711' });
  state(): PhoneState {
    return blankState({ released: [this.ended] });
  }
  async execute(body: CommandBody, id?: string) {
    this.executed.push({ body, id });
    return { id: id ?? 'made', failure: this.refusal, callId: body.dial ? 'call 1' : '' };
  }
}

let replica: WillingReplica;
let bound: string | null;
let app: FastifyInstance;
const settings = { callControl: true, origins: ['https://desk.example.com'], secret: '' };

beforeAll(() => {
  replica = new WillingReplica();
  app = makeWebApplication({ bodyBytes: 16_384, log: silent });
  phoneRoutes(app, {
    replica,
    settings,
    boundOrigin: () => bound,
    panelUrl: (host) => `https://${host}/?token=x`,
  });
});
afterAll(() => app.close());
beforeEach(() => {
  bound = 'https://bound.example.com';
  replica.executed = [];
  replica.refusal = null;
  Object.assign(settings, { callControl: true, secret: '' });
});

async function ask(request: string, payload?: object | string, headers: InjectOptions['headers'] = {}) {
  const method = (['POST', 'DELETE'] as const).find((it) => request.startsWith(it)) ?? 'GET';
  const [, url = ''] = request.split(' ');
  const said = payload === undefined ? {} : { payload, headers: { 'content-type': 'application/json', ...headers } };
  const answer = await app.inject({ method, url, headers, ...said });
  const body = answer.body === '' ? null : JSON.parse(answer.body);
  return { status: answer.statusCode, headers: answer.headers, body };
}
const codeOf = (name: Parameters<typeof failure>[0]) => failure(name).code;

test.each<[string, object | undefined, CommandBody]>([
  ['POST /phone/calls', { target: '601', anonymous: true }, { dial: { target: '601', anonymous: true } }],
  ['POST /phone/calls/c1/answer', undefined, { answer: { callId: 'c1' } }],
  ['POST /phone/calls/c1/answer', {}, { answer: { callId: 'c1' } }],
  ['POST /phone/calls/c1/reject', undefined, { reject: { callId: 'c1' } }],
  ['POST /phone/calls/c1/reject', { status: 603 }, { reject: { callId: 'c1', status: 603 } }],
  ['DELETE /phone/calls/c1', undefined, { hangUp: { callId: 'c1' } }],
  ['POST /phone/calls/c%2F1/hold', undefined, { hold: { callId: 'c/1' } }],
  ['POST /phone/calls/c1/resume', undefined, { resume: { callId: 'c1' } }],
  ['POST /phone/calls/c1/mute', undefined, { mute: { callId: 'c1', on: true } }],
  ['POST /phone/calls/c1/unmute', undefined, { mute: { callId: 'c1', on: false } }],
  ['POST /phone/calls/c1/dtmf', { digits: '12#' }, { sendDtmf: { callId: 'c1', digits: '12#' } }],
  ['POST /phone/calls/c1/transfer', { target: '602' }, { transfer: { callId: 'c1', target: '602' } }],
  ['POST /phone/calls/c1/transfer', { otherCallId: 'c2' }, { transfer: { callId: 'c1', otherCallId: 'c2' } }],
  ['POST /phone/conference', { on: true }, { conference: { on: true } }],
  ['POST /phone/lines/line1/register', undefined, { register: { lineId: 'line1', remove: false } }],
  ['POST /phone/lines/line1/unregister', undefined, { register: { lineId: 'line1', remove: true } }],
  [
    'POST /phone/lines/line0/agent',
    { state: 'NOT_READY', reason: '3' },
    { setAgentState: { lineId: 'line0', state: 'NOT_READY', reason: '3' } },
  ],
  ['POST /phone/lines/line0/do-not-disturb', { on: true }, { setDoNotDisturb: { lineId: 'line0', on: true } }],
  [
    'POST /phone/lines/line0/forwarding',
    { kind: 'BUSY', on: true, target: '602' },
    { setForwarding: { lineId: 'line0', forwarding: { kind: 'BUSY', on: true, target: '602' } } },
  ],
  ['POST /phone/devices', { captureId: 'usb' }, { selectDevices: { captureId: 'usb' } }],
  ['POST /phone/volume', { speaker: 40 }, { setVolume: { speaker: 40 } }],
  ['POST /phone/sound-test', { kind: 'TONE' }, { testSound: { kind: 'TONE' } }],
])('%s %j', async (request, payload, command) => {
  const { status } = await ask(request, payload);
  expect(status).toBe(command.dial ? 201 : 204);
  expect(replica.executed).toEqual([{ body: command, id: undefined }]);
});

test('every command has a request', () => {
  const asked = new Set(controlTable.map(({ command }) => command));
  expect(Object.keys(commandTable).filter((name) => ![...asked].some((it) => it === name))).toEqual([]);
});

test('a dial answers with the call and where it is', async () => {
  const { body, headers } = await ask('POST /phone/calls', { target: '601' });
  expect(body).toEqual({ id: 'call 1' });
  expect(headers.location).toBe('/phone/calls/call%201');
});

test.each([
  ['8e03978e-40d5-43e8-bc93-6894a57f9324', '8e03978e-40d5-43e8-bc93-6894a57f9324'],
  ['"8e03978e"', '8e03978e'],
])('the key %s makes a repeated request safe', async (key, id) => {
  await ask('POST /phone/calls', { target: '601' }, { 'idempotency-key': key });
  expect(replica.executed[0]?.id).toBe(id);
});

test.each<[string, object | string | undefined]>([
  ['POST /phone/calls', undefined],
  ['POST /phone/calls', {}],
  ['POST /phone/calls', '{'],
  ['POST /phone/calls', { target: 601 }],
  ['POST /phone/calls', { target: '6'.repeat(257) }],
  ['POST /phone/calls', { target: '601', more: 1 }],
  ['POST /phone/calls/c1/dtmf', { digits: '1', callId: 'other' }],
  ['POST /phone/calls/c1/reject', { status: 'busy' }],
  ['POST /phone/lines/line0/agent', { state: 'UNKNOWN' }],
  ['POST /phone/lines/line0/forwarding', { kind: 'NEVER', on: true }],
  ['POST /phone/volume', {}],
  ['POST /phone/volume', { speaker: 101 }],
  [`POST /phone/calls/${'c'.repeat(128)}/dtmf`, { digits: '1'.repeat(65) }],
])('%s %j is malformed, and nothing is done', async (request, payload) => {
  const { status, body } = await ask(request, payload);
  expect(status).toBe(400);
  expect(body.failure.code).toBe(codeOf('malformedRequest'));
  expect(replica.executed).toEqual([]);
});

test('too long a key is malformed', async () => {
  const { status } = await ask('POST /phone/calls', { target: '601' }, { 'idempotency-key': 'x'.repeat(67) });
  expect(status).toBe(400);
});

test.each([
  ['noSuchCall', 404],
  ['wrongCallState', 409],
  ['malformedTarget', 409],
  ['endpointUnreachable', 503],
  ['commandUnanswered', 503],
] as const)('%s is answered with %i and its failure', async (name, expected) => {
  replica.refusal = failure(name);
  const { status, body } = await ask('POST /phone/calls/c1/answer');
  expect(status).toBe(expected);
  expect(body).toEqual({ failure: replica.refusal });
});

test('one call, also after its end, without the digits', async () => {
  const { status, body } = await ask('GET /phone/calls/gone');
  expect([status, body.id]).toEqual([200, 'gone']);
  expect(JSON.stringify(body)).not.toMatch(/4711|dtmf/);
  const missing = await ask('GET /phone/calls/never');
  expect([missing.status, missing.body.failure.code]).toEqual([404, codeOf('noSuchCall')]);
});

describe('pages', () => {
  const from = (origin: string) => ask('GET /phone/state', undefined, { origin });

  test('that are not named see nothing and do nothing, whatever the connector lets in', async () => {
    const seen = await from('https://evil.example');
    expect([seen.status, seen.body.failure.code]).toEqual([403, codeOf('originRefused')]);
    const done = await ask('POST /phone/calls', { target: '601' }, { origin: 'https://evil.example' });
    expect(done.status).toBe(403);
    expect(replica.executed).toEqual([]);
  });

  test('whose session has the phone see it, and control no calls unless they are named', async () => {
    expect((await from('https://bound.example.com')).status).toBe(200);
    const done = await ask('POST /phone/calls', { target: '601' }, { origin: 'https://bound.example.com' });
    expect([done.status, done.body.failure.code]).toEqual([403, codeOf('originRefused')]);
    expect(replica.executed).toEqual([]);
  });

  test('whose session has the phone no more hear nothing of what follows; those that are named do', async () => {
    const listen = async (origin: string) => {
      const asked = { method: 'GET', url: '/phone/events', headers: { origin }, payloadAsStream: true } as const;
      return (await app.inject(asked)).stream();
    };
    const [left, named] = [await listen('https://bound.example.com'), await listen('https://desk.example.com')];
    const ended = text(left);
    bound = 'https://next.example.com';
    replica.emit('released', blankCall({ id: 'secret' }));
    const heard = await ended;
    expect(heard).toContain('event: state');
    expect(heard).not.toContain('secret');
    expect([named.readableEnded, String(named.read())]).toEqual([false, expect.stringContaining('secret')]);
    named.destroy();
  });

  test('that are named, or have passed by the secret, may', async () => {
    expect((await from('https://desk.example.com')).status).toBe(200);
    expect((await from('https://DESK.example.com')).status).toBe(200);
    settings.secret = 'sixteen-letters-';
    expect((await from('https://other.example')).status).toBe(200);
  });
});

describe('the address of the panel', () => {
  const from = async (origin: string | null) => {
    const { status, body } = await ask('GET /phone/panel', undefined, {
      host: 'localhost:8000',
      ...(origin !== null && { origin }),
    });
    return body.url ?? [status, body.failure.code];
  };
  const address = 'https://localhost:8000/?token=x';
  const refused = [403, codeOf('originRefused')];

  test('is for pages that are named, without call control too', async () => {
    settings.callControl = false;
    expect(await from('https://desk.example.com')).toBe(address);
    expect(await from('https://desk.example.com.evil.example')).toEqual(refused);
    expect(await from('http://desk.example.com')).toEqual(refused);
  });

  test('not for the desktop that has the phone, unless it is named, nor for who says no origin', async () => {
    expect(await from('https://bound.example.com')).toEqual(refused);
    expect(await from(null)).toEqual(refused);
  });

  test('is for who has passed by the secret', async () => {
    settings.secret = 'sixteen-letters-';
    expect([await from(null), await from('https://other.example')]).toEqual([address, address]);
  });
});

test('without call control states are told and nothing is done, not even looked at', async () => {
  settings.callControl = false;
  expect((await ask('GET /phone/state')).status).toBe(200);
  for (const { method, path } of controlTable) {
    const url = `${method} /phone/${path.replace(/\{\w+\}/, 'one')}`;
    const { status, body } = await ask(url, method === 'DELETE' ? undefined : '{');
    expect([url, status, body.failure.code]).toEqual([url, 403, codeOf('callControlOff')]);
  }
  expect(replica.executed).toEqual([]);
});

test('the script is for pages of all origins', async () => {
  const { statusCode, headers, body } = await app.inject('/thinline.js');
  expect(statusCode).toBe(200);
  expect(headers['content-type']).toMatch('text/javascript');
  expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
  expect(Buffer.byteLength(body)).toBeLessThan(5000);
});
