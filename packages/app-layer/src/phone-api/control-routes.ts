/** Call control: each request becomes a command. */
import type {} from '@fastify/swagger';
import type { Failure } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import type { FastifyInstance, FastifySchema } from 'fastify';
import type { CommandBody, Replica } from '../endpoint/replica.ts';
import type { CommandName } from '../panel/api.ts';
import { closed, commandTable, type Schema } from '../panel/command-table.ts';
import { type ControlRequest, controlTable, pathOf } from './control-table.ts';
import { refusals } from './refusals.ts';

const tags = ['Call control'];

/** A repeated request with the same key does nothing twice. */
const keyHeader = {
  type: 'object',
  properties: {
    'idempotency-key': {
      type: 'string',
      minLength: 1,
      maxLength: 66,
      description: 'Chosen by the sender, new for each request but its repetitions: a repeated one does nothing twice.',
    },
  },
};

interface PathFacts {
  callId?: string;
  lineId?: string;
}

interface KeyHeader {
  'idempotency-key'?: string;
}

/** As a string of structured fields (RFC 8941 §3.3.3) or as it is. */
const commandIdOf = (key: string | undefined): string | undefined => key?.replace(/^"(.*)"$/, '$1') || undefined;

const statusOf = ({ code }: Failure): 404 | 409 | 503 => {
  if (code === failure('noSuchCall').code) return 404;
  const unreachable = [failure('endpointUnreachable').code, failure('commandUnanswered').code];
  return unreachable.includes(code) ? 503 : 409;
};

/** What a program knows by the path is no part of the body. */
function bodyOf({ command, known, inside }: ControlRequest): { schema: Schema; isNeeded: boolean } | null {
  const shape = commandTable[command];
  const outer = inside ? shape.properties[inside] : undefined;
  if (outer) return { schema: outer, isNeeded: true };
  const names = Object.keys(shape.properties).filter((name) => !known.includes(name));
  if (names.length === 0) return null;
  const required = (shape.required ?? []).filter((name) => names.includes(name));
  const properties = Object.fromEntries(Object.entries(shape.properties).filter(([name]) => names.includes(name)));
  return { schema: closed({ ...shape, required, properties }), isNeeded: required.length > 0 };
}

const paramsOf = ({ id }: ControlRequest): Schema => {
  if (id === null) return {};
  const shape = { type: 'string', minLength: 1, maxLength: 128 };
  return { params: { type: 'object', properties: { [id]: shape } } };
};

function schemaOf(route: ControlRequest): FastifySchema {
  const body = bodyOf(route);
  const done =
    route.command === 'dial'
      ? {
          201: {
            description: 'The call is being made.',
            type: 'object',
            required: ['id'],
            properties: { id: { type: 'string', description: 'Of the call.' } },
          },
        }
      : { 204: { description: 'Done.', type: 'null' } };
  return {
    tags,
    operationId: route.operationId,
    summary: route.summary,
    headers: keyHeader,
    ...paramsOf(route),
    // A body that may be left out is null then.
    ...(body && { body: body.isNeeded ? body.schema : { ...body.schema, type: ['object', 'null'] } }),
    response: { ...done, ...refusals(400, 404, 409, 503) },
  };
}

const commandOf = (command: CommandName, fields: object): CommandBody => ({ [command]: fields });

export function controlRoutes(app: FastifyInstance, replica: Replica): void {
  for (const route of controlTable) {
    app.route<{ Params: PathFacts; Headers: KeyHeader; Body: object | null | undefined }>({
      method: route.method,
      url: pathOf(route),
      schema: schemaOf(route),
      handler: async ({ params, headers, body }, reply) => {
        const said = route.inside ? { [route.inside]: body } : (body ?? {});
        const command = commandOf(route.command, { ...said, ...params, ...route.fixed });
        const { failure: why, callId } = await replica.execute(command, commandIdOf(headers['idempotency-key']));
        if (why) return reply.code(statusOf(why)).send({ failure: why });
        if (route.command !== 'dial') return reply.code(204).send();
        return reply
          .code(201)
          .header('Location', `/phone/calls/${encodeURIComponent(callId)}`)
          .send({ id: callId });
      },
    });
  }
}
