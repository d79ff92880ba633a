/** The panel alone: its pages and API on loopback, the API alone on the control path. */
import type { Log } from '@thinline/shared/log/log.ts';
import { openDoors, type PanelOptions } from '../http/doors.ts';

export interface Panel {
  /** Opens the panel, once or often; contains the token. */
  url: string;
  close(): Promise<void>;
}

/** Serves until closed. Rejects as openDoors does. */
export async function startPanel({ log, ...panel }: PanelOptions & { log: Log }): Promise<Panel> {
  const { panelUrl, close } = await openDoors({ panel, connector: null, log });
  return { url: panelUrl, close };
}
