/** What the option of call control changes, from the file to what a request is answered. */
import { EventEmitter } from 'node:events';
import { readConfigurationFile } from '@thinline/shared/config/configuration-file.ts';
import { softphoneConfig } from '@thinline/shared/config/testing/configured.ts';
import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { blankState } from '../endpoint/blank-state.ts';
import type { CommandBody, Replica, ReplicaEvents } from '../endpoint/replica.ts';
import { phoneRoutes } from './phone-routes.ts';

class WillingReplica extends EventEmitter<ReplicaEvents> implements Replica {
  executed: CommandBody[] = [];
  state() {
    return blankState();
  }
  async execute(body: CommandBody) {
    this.executed.push(body);
    return { id: '', failure: null, callId: 'one' };
  }
}

it.each([
  ['0', 403, 0],
  ['1', 201, 1],
])('policy.connector.call_control: with "%s" a call by HTTP is refused or made', async (value, status, calls) => {
  const reading = readConfigurationFile(Buffer.from(softphoneConfig({ 'policy.connector.call_control': value })));
  if ('unreadable' in reading) throw new Error(reading.unreadable.problem);
  const replica = new WillingReplica();
  const app = Fastify();
  phoneRoutes(app, { replica, settings: reading.connector });
  const { statusCode, body } = await app.inject({ method: 'POST', url: '/phone/calls', payload: { target: '601' } });
  expect(statusCode).toBe(status);
  expect(replica.executed).toHaveLength(calls);
  if (calls === 0) expect(JSON.parse(body).failure.remedy).toContain('Set policy.connector.call_control to 1');
  expect((await app.inject('/phone/state')).statusCode).toBe(200);
  await app.close();
});
