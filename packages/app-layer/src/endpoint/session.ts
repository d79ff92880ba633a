/** One link from its opening to its end, as the contract has it: handshake, then events. */
import type { ClientReadableStream, ServiceError } from '@grpc/grpc-js';
import { clientOver, type LinkClient } from '@thinline/shared/contract/client.ts';
import { protocol } from '@thinline/shared/contract/service.ts';
import type {
  AgentSession,
  CommandInput,
  CommandResult,
  Event,
  Failure,
  HandshakeResponse,
  WatchRequest,
} from '@thinline/shared/contract/types.ts';
import { FailureError, failure } from '@thinline/shared/failures.ts';
import { version } from '@thinline/shared/version.ts';
import type { ChannelProvider } from '../channel/provider.ts';

const handshakeDeadline = 3000;
/** An open channel may lead nowhere; then it is opened anew, ms. */
const leastPatience = 1500;

export interface Session {
  client: LinkClient;
  greeting: HandshakeResponse;
}

/** Rejects when nobody answers now. Whoever gets it closes the client. */
export async function openSession(provider: ChannelProvider, agent: AgentSession): Promise<Session> {
  const pipe = await provider.open();
  const signal = AbortSignal.timeout(Math.max(leastPatience, provider.mostWaitMs));
  const client = await clientOver(pipe, { signal });
  try {
    return { client, greeting: await handshake(client, agent) };
  } catch (error) {
    client.close();
    throw error;
  }
}

function handshake({ endpoint }: LinkClient, session: AgentSession): Promise<HandshakeResponse> {
  const request = {
    protocolMin: protocol.min,
    protocolMax: protocol.max,
    productVersion: version,
    capabilities: [],
    session,
  };
  return new Promise((resolve, reject) => {
    endpoint.handshake(request, { deadline: Date.now() + handshakeDeadline }, (error, response) =>
      response ? resolve(response) : reject(error ?? new Error('no answer to the handshake')),
    );
  });
}

/** null: no answer came before the deadline (ms since 1970), or before the end of the link. */
export function send({ endpoint }: LinkClient, command: CommandInput, deadline: number): Promise<CommandResult | null> {
  const answer = new Promise<CommandResult | null>((resolve) => {
    endpoint.execute(command, { deadline }, (error, result) => resolve(error || !result ? null : result));
  });
  // A client that has just been closed throws.
  return answer.catch(() => null);
}

/** Settles with why it ended. */
export function follow(client: LinkClient, from: WatchRequest, onEvent: (event: Event) => void): Promise<Failure> {
  const events: ClientReadableStream<Event> = client.endpoint.watch(from);
  events.on('data', onEvent);
  return new Promise((resolve) => {
    events.once('error', ({ details }: ServiceError) => resolve(whyEnded(details)));
    events.once('end', () => resolve(whyEnded()));
    void client.closed.then(() => resolve(whyEnded()));
  });
}

const takenOver = failure('takenOver', { host: 'another place' });

const whyEnded = (details = 'it closed the link'): Failure =>
  details === takenOver.code ? takenOver : failure('endpointUnreachable', { detail: details });

/** Whoever came last has the phone; taking it back unasked would be a tug-of-war. */
export const isTakenOver = ({ code }: Failure): boolean => code === takenOver.code;

/** What to say where there is no link; a provider that knows why says it itself. */
export function whyNoSession(error: unknown): Failure {
  return error instanceof FailureError ? error.failure : failure('endpointUnreachable', { detail: detailOf(error) });
}

export function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : '';
  if (code === 'ENOENT' || code === 'ECONNREFUSED') return 'no adapter listens there';
  return error.name === 'TimeoutError' ? 'nobody answers there' : error.message;
}
