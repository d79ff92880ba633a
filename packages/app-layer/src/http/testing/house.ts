/** Doors with a phone that does nothing and a connector that only tells who got in, for tests. */
import { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectorSettings, usualConnectorSettings } from '@thinline/shared/config/connector.ts';
import { type Log, silent } from '@thinline/shared/log/log.ts';
import { blankState } from '../../endpoint/blank-state.ts';
import type { PhoneState, Replica, ReplicaEvents } from '../../endpoint/replica.ts';
import { type Doors, openDoors } from '../doors.ts';
import type { DoorLimits } from '../limits.ts';

export class IdleReplica extends EventEmitter<ReplicaEvents> implements Replica {
  state(): PhoneState {
    return blankState({ sequence: 7 });
  }
  async execute(_body: unknown, id = 'made') {
    return { id, failure: null, callId: '' };
  }
}

export interface House extends Doors {
  folder: string;
  /** Whose session has the phone. */
  bound: string | null;
  /** The address of the connector; throws where there is none. */
  desktops(path?: string): string;
}

export interface HouseOptions {
  settings?: Partial<ConnectorSettings>;
  /** Where the panel is; by default with the connector, where that has no port of its own. */
  panelPort?: number;
  host?: string;
  limits?: Partial<DoorLimits>;
  log?: Log;
}

/** Ports are free ones where none is said. End it with `close`. */
export async function openHouse({ settings, panelPort = 0, limits, log = silent, host }: HouseOptions): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'doors-'));
  const house = { bound: null as string | null };
  const doors = await openDoors({
    panel: {
      replica: new IdleReplica(),
      port: panelPort,
      controlPath: join(folder, 'run', 'control.sock'),
      pages: join(folder, 'pages'),
      ...(host === undefined ? {} : { host }),
    },
    connector: {
      settings: { ...usualConnectorSettings, port: 0, ...settings },
      boundOrigin: () => house.bound,
      routes(app, panelUrl) {
        app.setNotFoundHandler((_request, reply) => reply.code(400).send({ unknown: true }));
        app.get('/Ping', () => ({ PingResult: [] }));
        app.post('/SetOptions', ({ body }) => ({ body: body ?? 'none' }));
        app.delete('/session', ({ body }) => ({ body: body ?? 'none' }));
        app.get('/panel', ({ headers: { host } }) => ({ url: panelUrl(host) }));
        app.get('/everybody', { config: { public: true } }, () => 'for everybody');
      },
    },
    log,
    ...(limits && { limits }),
  });
  return Object.assign(house, doors, {
    folder,
    desktops(path = '/') {
      if (doors.connectorUrl === null) throw new Error(doors.connectorFailure?.cause ?? 'no connector');
      return `${doors.connectorUrl}${path}`;
    },
    async close() {
      await doors.close();
      await rm(folder, { recursive: true, force: true });
    },
  });
}
