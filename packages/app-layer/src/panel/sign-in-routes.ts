/** Who the agent is, said at the panel. */
import type { Failure } from '@thinline/shared/contract/types.ts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Account } from '../account/account.ts';
import type { DeskSource } from '../desk.ts';
import { paths, type SignInRequest } from './api.ts';

/** Who says what the phone is; a failure says why not, or why the endpoint doesn't know yet. */
export interface SignInDesk extends DeskSource {
  signIn(account: Account): Promise<Failure | null>;
  signOut(): Promise<Failure | null>;
}

const text = (maxLength: number) => ({ type: 'string', maxLength });

const body = {
  type: 'object',
  additionalProperties: false,
  required: ['user', 'password'],
  properties: {
    user: { ...text(256), minLength: 1 },
    password: text(256),
    displayName: text(128),
    authUser: text(256),
    server: text(260),
    transport: { enum: ['', 'udp', 'tcp', 'tls', 'wss'] },
    keep: { type: 'boolean' },
  },
};

const usual = { displayName: '', authUser: '', server: '', transport: '', keep: false };

const answer = (reply: FastifyReply, failure: Failure | null): FastifyReply =>
  failure ? reply.code(409).send({ failure }) : reply.code(204).send();

export function signInRoutes(app: FastifyInstance, desk: SignInDesk): void {
  app.get(paths.desk, async () => desk.desk());
  app.post<{ Body: SignInRequest }>(paths.signIn, { schema: { body } }, async ({ body: given }, reply) =>
    answer(reply, await desk.signIn({ ...usual, ...given })),
  );
  app.post(paths.signOut, async (_request, reply) => answer(reply, await desk.signOut()));
}
