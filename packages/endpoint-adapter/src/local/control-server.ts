/** Where `thinline-adapter ctl` comes in: a socket for this user alone. */
import { FailureError } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import { listenAt } from '../channel/local.ts';
import { command } from './commands.ts';
import { makeDoor, sendJson } from './http-door.ts';
import type { LocalPhone } from './local-phone.ts';

export interface ControlServer {
  close(): void;
}

export interface ControlServerOptions {
  phone: LocalPhone;
  /** A unix socket in a folder of its own (made when missing), or a named pipe. */
  path: string;
  /** An address that opens the page; null: none is served. */
  invite: () => string | null;
  log: Log;
}

/** Rejects with FailureError socketTaken or folderOpen. */
export async function serveControl({ phone, path, invite, log }: ControlServerOptions): Promise<ControlServer> {
  const door = makeDoor({
    log,
    routes: {
      'GET /state': (visit) => sendJson(visit, 200, phone.state),
      'POST /commands': (visit) => command(phone, visit),
      'POST /page': (visit) => {
        const url = invite();
        if (url === null) {
          throw new FailureError('noLocalPage');
        }
        sendJson(visit, 200, { url });
      },
    },
  });
  await listenAt(path, door);
  return {
    close: () => {
      door.close();
      door.closeAllConnections();
    },
  };
}
