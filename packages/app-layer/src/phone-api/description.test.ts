/** The description is OpenAPI 3.1 in what matters, and what a running app answers is as it says. */
import { EventEmitter, once } from 'node:events';
import { get } from 'node:http';
import { blankAudio, blankCall, blankLine } from '@thinline/shared/contract/blank.ts';
import type { Snapshot } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blankLink, blankState } from '../endpoint/blank-state.ts';
import type { CommandBody, PhoneState, Replica, ReplicaEvents } from '../endpoint/replica.ts';
import { makeWebApplication } from '../http/web-application.ts';
import { phoneRoutes } from './phone-routes.ts';

interface Operation {
  operationId?: string;
  summary?: string;
  tags?: string[];
  parameters?: { in: string; name: string; schema: object }[];
  requestBody?: { required: boolean; content: Record<string, { schema: object }> };
  responses?: Record<string, { description?: string; content?: Record<string, { schema: object }> }>;
}

interface Document {
  openapi: string;
  info: { title: string; version: string };
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { type: string; properties: object }> };
}

let app: FastifyInstance;
let address: string;
/** Method and path of all that the app serves. */
const served: string[] = [];
let document: Document;
let operations: [string, Operation][];

beforeAll(async () => {
  app = makeWebApplication({ bodyBytes: 16_384, log: silent });
  app.addHook('onRoute', ({ method, url }) => {
    if (method !== 'HEAD') served.push(`${method} ${url.replace(/:(\w+)/g, '{$1}')}`);
  });
  const settings = { callControl: true, origins: [], secret: '' };
  phoneRoutes(app, { replica: new FullReplica(), settings, panelUrl: () => '' });
  address = await app.listen({ host: '127.0.0.1', port: 0 });
  document = (await app.inject('/openapi.json')).json();
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, it]): [string, Operation] => [`${method.toUpperCase()} ${path}`, it]),
  );
  // Fastify, the description of all routes and proto/ are loaded for it: slow where many tests run.
}, 30_000);
afterAll(() => app.close());

const failure9 = { ...failure('noDevice'), facts: { device: 'x' } };
const party = { uri: 'sip:602@example.org', number: '602', displayName: 'Ada' };
const call = blankCall({
  id: 'one',
  state: 'TALKING',
  remote: party,
  referredBy: party,
  failure: failure9,
  diversions: [{ party, reason: 'busy' }],
  redirections: [{ target: '601', status: 302 }],
  transfer: { target: '602', status: 180, done: false, failure: null },
});
const phone: Snapshot = {
  endpoint: null,
  configurationRevision: '',
  lines: [
    blankLine({
      id: 'line0',
      agent: { state: 'READY', agentId: '1', reason: '', pending: false, failure: failure9 },
      forwardings: [{ kind: 'BUSY', on: true, target: '602', seconds: 0 }],
      mailboxes: [{ account: '', waiting: true, newMessages: 1, oldMessages: 0, newUrgent: 0, oldUrgent: 0 }],
      appearances: [{ index: 1, state: 'IDLE' }],
    }),
  ],
  calls: [call],
  audio: { ...blankAudio(), devices: [{ id: 'a', name: 'A', kind: 'CAPTURE', isDefault: true }] },
  qualities: [
    {
      callId: 'one',
      packetsSent: 1,
      packetsReceived: 1,
      packetsLost: 0,
      packetsDiscarded: 0,
      concealedMs: 0.5,
      longestGapMs: 0,
      jitterMs: 3.5,
      _jitterMs: 'jitterMs',
      networkLevel: 'GOOD',
      rating: { r: 90, mosListening: 4.4 },
      codec: { name: 'opus', payloadType: 111, clockRate: 48_000, packetMs: 20, redundancy: 0 },
    },
  ],
  notices: [{ subject: 'sound', failure: failure9 }],
};

class FullReplica extends EventEmitter<ReplicaEvents> implements Replica {
  state(): PhoneState {
    const released = [blankCall({ id: 'gone', state: 'RELEASED' })];
    return blankState({ phone, released, link: blankLink({ state: 'lost', failure: failure9, notices: [failure9] }) });
  }
  async execute(body: CommandBody) {
    return { id: '', failure: body.answer ? failure('noSuchCall') : null, callId: 'one' };
  }
}

describe('the document', () => {
  test('is OpenAPI 3.1 with a title and a version', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d$/);
    expect(document.info).toMatchObject({ title: 'Thinline', version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
  });

  test('says of every operation what it is called, what it does, and what it answers', () => {
    expect(operations.length).toBeGreaterThan(40);
    const tags = document.tags.map(({ name }) => name);
    for (const [name, { operationId, summary, tags: own, responses }] of operations) {
      expect(operationId, name).toMatch(/^\w+$/);
      expect(summary, name).toMatch(/\w/);
      expect(own, name).toHaveLength(1);
      expect(tags, name).toContain(own?.[0]);
      expect(Object.keys(responses ?? {}), name).not.toEqual([]);
      for (const [status, response] of Object.entries(responses ?? {})) {
        expect(status, name).toMatch(/^[1-5]\d\d$/);
        expect(response.description, `${name} ${status}`).toMatch(/^(?!Default Response)\w/);
      }
    }
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(ids.filter((it, n) => ids.indexOf(it) !== n)).toEqual([]);
  });

  test('every tag is used', () => {
    const used = new Set(operations.flatMap(([, { tags }]) => tags));
    expect(document.tags.map(({ name }) => name).filter((it) => !used.has(it))).toEqual([]);
  });

  test('every parameter of a path is described, and no other', () => {
    for (const [name, { parameters = [] }] of operations) {
      const inPath = [...name.matchAll(/\{(\w+)\}/g)].map(([, it]) => it);
      expect(
        parameters.filter((it) => it.in === 'path').map((it) => it.name),
        name,
      ).toEqual(inPath);
    }
  });

  test('says which bodies may be left out', () => {
    const isNeeded = (wanted: string) => operations.find(([name]) => name === wanted)?.[1].requestBody?.required;
    expect(isNeeded('POST /phone/calls')).toBe(true);
    expect(isNeeded('POST /phone/calls/{callId}/reject')).toBe(false);
    expect(isNeeded('POST /phone/calls/{callId}/answer')).toBeUndefined();
  });

  test('every reference leads to a schema, and every schema is referred to', () => {
    const text = JSON.stringify(document);
    const referred = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, it = '']) => it));
    const there = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect([...referred].sort()).toEqual(there.sort());
  });

  test('every schema is a JSON Schema of draft 2020-12', () => {
    const ajv = new Ajv2020();
    const schemas = operations.flatMap(([, { parameters = [], requestBody, responses = {} }]) => [
      ...parameters.map(({ schema }) => schema),
      ...[requestBody, ...Object.values(responses)].flatMap((it) =>
        Object.values(it?.content ?? {}).map(({ schema }) => schema),
      ),
    ]);
    for (const schema of [...schemas, ...Object.values(document.components.schemas)]) {
      expect(ajv.validateSchema(schema), JSON.stringify(schema)).toBe(true);
    }
  });

  test('has all that the app serves', () => {
    const described = operations.map(([name]) => name);
    expect(served.length).toBeGreaterThan(20);
    expect(served.filter((it) => !described.includes(it))).toEqual([]);
  });
});

describe('what a running app answers', () => {
  /** Keys that are not described are faults here. */
  let ajv: Ajv2020;

  beforeAll(() => {
    const closed = Object.entries(document.components.schemas).map(([name, it]) => [
      name,
      { ...it, additionalProperties: false },
    ]);
    ajv = new Ajv2020({ allErrors: true });
    ajv.addKeyword('components');
    ajv.addSchema({ $id: 'api', components: { schemas: Object.fromEntries(closed) } });
  });

  const faults = (schema: string, value: unknown): unknown => {
    const validate = ajv.compile({ $ref: `api#/components/schemas/${schema}` });
    return validate(value) ? [] : validate.errors;
  };

  test('a state with all that there is is a PhoneReport', async () => {
    const { body } = await app.inject('/phone/state');
    const report = JSON.parse(body);
    expect(faults('PhoneReport', report)).toEqual([]);
    expect(report.qualities[0]).toMatchObject({ jitterMs: 3.5, rating: { mosListening: 4.4 } });
    expect(faults('PhoneReport', { ...report, calls: [{ ...report.calls[0], dtmfSent: '1' }] })).not.toEqual([]);
  });

  test('a call is a Call', async () => {
    for (const id of ['one', 'gone']) {
      expect(faults('Call', JSON.parse((await app.inject(`/phone/calls/${id}`)).body))).toEqual([]);
    }
  });

  test.each([
    ['GET', '/phone/calls/never', 404],
    ['POST', '/phone/calls/one/answer', 404],
    ['POST', '/phone/calls', 400],
  ] as const)('%s %s is refused with a Refusal', async (method, url, status) => {
    const { statusCode, body } = await app.inject({ method, url });
    expect(statusCode).toBe(status);
    expect(faults('Refusal', JSON.parse(body))).toEqual([]);
  });

  test('events begin with a PhoneReport', async () => {
    const [response] = await once(get(`${address}/phone/events`), 'response');
    let text = '';
    for await (const part of response.setEncoding('utf8')) {
      text += part;
      if (text.includes('event: state') && text.endsWith('\n\n')) break;
    }
    const data = /\ndata: (.*)\n\n/.exec(text)?.[1] ?? 'null';
    expect(faults('PhoneReport', JSON.parse(data))).toEqual([]);
  });
});
