import type { FastifyInstance } from 'fastify';
import type { Replica } from '../endpoint/replica.ts';
import { type CommandAnswer, type CommandName, type CommandRequest, type FailureAnswer, paths } from './api.ts';

const callId = { type: 'string', maxLength: 128 };
const lineId = { type: 'string', maxLength: 128 };
const target = { type: 'string', maxLength: 256 };

const closed = (shape: object) => ({ type: 'object', additionalProperties: false, ...shape });

const forwarding = closed({
  required: ['kind', 'on'],
  properties: {
    kind: { enum: ['ALWAYS', 'BUSY', 'NO_ANSWER'] },
    on: { type: 'boolean' },
    target,
    seconds: { type: 'integer', minimum: 0, maximum: 3600 },
  },
});

const fields: Record<CommandName, { required?: string[]; properties: Record<string, object> }> = {
  dial: {
    required: ['target'],
    properties: {
      target,
      lineId,
      anonymous: { type: 'boolean' },
      appearance: { type: 'integer', minimum: 0, maximum: 999 },
    },
  },
  answer: { properties: { callId } },
  reject: { properties: { callId, status: { type: 'integer', minimum: 0, maximum: 699 } } },
  hangUp: { properties: { callId } },
  hold: { properties: { callId } },
  resume: { properties: { callId } },
  mute: { required: ['on'], properties: { callId, on: { type: 'boolean' } } },
  sendDtmf: { required: ['digits'], properties: { callId, digits: { type: 'string', maxLength: 64 } } },
  register: { properties: { lineId, remove: { type: 'boolean' } } },
  conference: { required: ['on'], properties: { on: { type: 'boolean' } } },
  transfer: { properties: { callId, target, otherCallId: callId } },
  setAgentState: {
    required: ['state'],
    properties: {
      lineId,
      state: { enum: ['LOGGED_OUT', 'READY', 'NOT_READY', 'AFTER_CALL_WORK'] },
      agentId: { type: 'string', maxLength: 128 },
      password: { type: 'string', maxLength: 128 },
      reason: { type: 'string', maxLength: 64 },
    },
  },
  setDoNotDisturb: { required: ['on'], properties: { lineId, on: { type: 'boolean' } } },
  setForwarding: { required: ['forwarding'], properties: { lineId, forwarding } },
};

const body = closed({
  required: ['command'],
  properties: {
    id: { type: 'string', minLength: 1, maxLength: 64 },
    command: closed({
      minProperties: 1,
      maxProperties: 1,
      properties: Object.fromEntries(Object.entries(fields).map(([name, shape]) => [name, closed(shape)])),
    }),
  },
});

export function commandRoutes(app: FastifyInstance, replica: Replica): void {
  app.post<{ Body: CommandRequest; Reply: { 200: CommandAnswer; 409: FailureAnswer } }>(
    paths.commands,
    { schema: { body } },
    async (request, reply) => {
      const { id, command } = request.body;
      const result = await replica.execute(command, id);
      if (result.failure) return reply.code(409).send({ failure: result.failure });
      return reply.code(200).send({ id: result.id, callId: result.callId });
    },
  );
}
