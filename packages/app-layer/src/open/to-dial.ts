/** Numbers that a link wants to be called: they go into the field of the panel, and the agent presses Call, or doesn't. */
import type { ServerResponse } from 'node:http';

export interface ToDial {
  target: string;
  /** Digits to send after the answer; empty: none. */
  extension: string;
}

export const toDialPath = '/api/to-dial';

/** What a ToDial that is posted there is answered with. */
export interface ToDialAnswer {
  /** false: no panel is open; it waits for one. */
  shown: boolean;
}

/** How long a number waits for a panel to be opened, ms. */
const patience = 60_000;

const frame = (it: ToDial): string => `event: toDial\ndata: ${JSON.stringify(it)}\n\n`;

export interface ToDialDesk {
  /** Whether a panel is open that shows it; otherwise the next to be opened does, if that is soon. */
  ask(it: ToDial): boolean;
  /** A panel's event stream, until it is closed. */
  show(panel: ServerResponse): void;
}

export function makeToDialDesk(): ToDialDesk {
  const panels = new Set<ServerResponse>();
  let waiting: { it: ToDial; untilMs: number } | null = null;

  return {
    ask(it) {
      // One that doesn't keep up is not given more.
      const listening = [...panels].filter((panel) => !panel.writableNeedDrain);
      for (const panel of listening) panel.write(frame(it));
      waiting = listening.length > 0 ? null : { it, untilMs: Date.now() + patience };
      return listening.length > 0;
    },
    show(panel) {
      const leave = () => panels.delete(panel);
      panel.once('close', leave).once('error', leave);
      panels.add(panel);
      if (waiting && Date.now() < waiting.untilMs) panel.write(frame(waiting.it));
      waiting = null;
    },
  };
}
