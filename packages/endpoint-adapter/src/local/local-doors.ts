/** The ways in for somebody at the endpoint: the control socket, and the page where one is wanted. */
import type { Log } from '@thinline/shared/log/log.ts';
import { adapterControlSocket } from '@thinline/shared/paths.ts';
import { goOnWithout } from '../go-on-without.ts';
import { serveControl } from './control-server.ts';
import type { LocalPhone } from './local-phone.ts';
import { type PageServer, servePage } from './page-server.ts';

export interface LocalDoors {
  page: Pick<PageServer, 'invite'> | null;
  close(): void;
}

/** pagePort: null for no page, 0 for any free port. What can't be opened is told, and the phone goes on without it. */
export async function openLocalDoors(phone: LocalPhone, pagePort: number | null, log: Log): Promise<LocalDoors> {
  const without = goOnWithout(log);
  phone.start();
  const page = pagePort === null ? null : await servePage({ phone, port: pagePort, log }).catch(without);
  const control = await serveControl({
    phone,
    path: adapterControlSocket(),
    invite: () => page?.invite() ?? null,
    log,
  }).catch(without);
  return {
    page,
    close: () => {
      control?.close();
      page?.close();
      phone.stop();
    },
  };
}
