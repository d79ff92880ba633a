/** The OpenAPI description of all that the connector's port serves, from the schemas of its routes. As a program it prints it. */
import { EventEmitter } from 'node:events';
import swagger from '@fastify/swagger';
import { configurationFrom } from '@thinline/shared/config/configuration.ts';
import { usualConnectorSettings } from '@thinline/shared/config/connector.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { version } from '@thinline/shared/version.ts';
import Fastify, { type FastifyInstance } from 'fastify';
import { Connector } from '../connector/connector.ts';
import { connectorRoutes } from '../connector/routes.ts';
import { blankState } from '../endpoint/blank-state.ts';
import type { Replica, ReplicaEvents } from '../endpoint/replica.ts';
import { phoneRoutes } from './phone-routes.ts';
import { schemas } from './schemas.ts';

class NoPhone extends EventEmitter<ReplicaEvents> implements Replica {
  state() {
    return blankState();
  }
  async execute() {
    return { id: '', failure: null, callId: '' };
  }
}

const tags = [
  { name: 'Phone', description: 'States and events, for pages and programs that the connector lets in.' },
  {
    name: 'Call control',
    description: 'For desktops without a server that controls calls. Needs policy.connector.call_control.',
  },
  { name: 'Connector V1', description: "What agent desktops speak that were made for the vendor's softphone." },
  { name: 'Connector V2', description: 'Sessions, registration, devices and state for newer agent desktops.' },
  { name: 'Description', description: 'What is the same for everybody.' },
];

const info = {
  title: 'Thinline',
  version,
  description:
    'The local HTTP API of a Thinline softphone. docs/api.md says how to begin, docs/connector.md what agent desktops do.',
  license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
};

const securitySchemes = {
  secret: {
    type: 'http',
    scheme: 'bearer',
    description: 'policy.connector.secret, where one is set.',
  },
} as const;

/** All that the connector's port serves, with no phone behind it. */
function addRoutes(app: FastifyInstance): void {
  const replica = new NoPhone();
  const { configuration } = configurationFrom({ connectivities: [], settings: new Map(), repeated: [] });
  const nobody = { configuration, atFirst: configuration, setDesktop: async () => null };
  const settings = usualConnectorSettings;
  phoneRoutes(app, { replica, settings, panelUrl: () => '' });
  connectorRoutes(app, new Connector({ replica, configuration: nobody, settings, log: silent }));
}

interface RequestBody {
  content: Record<string, { schema: { type?: unknown } }>;
}

const isRequestBody = (key: string, value: unknown): value is RequestBody =>
  key === 'requestBody' && typeof value === 'object' && value !== null && 'content' in value;

/** Fastify has null for a body that may be left out, OpenAPI says that it is not required. */
const withOptionalBodies = (document: object): object =>
  JSON.parse(JSON.stringify(document), (key, value: unknown) => {
    if (!isRequestBody(key, value)) return value;
    const json = value.content['application/json']?.schema;
    if (!Array.isArray(json?.type) || !json.type.includes('null')) return value;
    return { ...value, required: false, content: { 'application/json': { schema: { ...json, type: 'object' } } } };
  });

/** Routes are registered at an app of its own, which serves nothing. */
export async function describeApi(): Promise<object> {
  const app = Fastify();
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info,
      servers: [{ url: 'http://127.0.0.1:8000', description: 'As policy.connector.port and protocol say.' }],
      tags,
      security: [{}, { secret: [] }],
      components: { securitySchemes },
    },
  });
  addRoutes(app);
  await app.ready();
  const document = app.swagger();
  await app.close();
  const components = 'components' in document ? document.components : {};
  return withOptionalBodies({ ...document, components: { ...components, schemas: schemas() } });
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await describeApi(), null, 2)}\n`);
