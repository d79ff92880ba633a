/** What a Softphone.config says about what the agent sees. The app layer goes by it. */
import { Reader } from './reader.ts';

const besides = ['full', 'calls', 'status'] as const;
const pages = ['status', 'calls', 'devices'] as const;

/** What the panel offers while an agent desktop has a session. */
export type BesideDesktop = (typeof besides)[number];
/** A page of the vendor's window. */
export type PanelPage = (typeof pages)[number];

export interface PanelSettings {
  tabs: readonly PanelPage[];
  /** So many calls are shown whole, the others as one line each. */
  callLines: number;
  besideDesktop: BesideDesktop;
  /** A number that sends sound back; empty: none is known. */
  echoTarget: string;
}

export function panelSettingsFrom(reader: Reader): PanelSettings {
  const wanted = reader.text('policy.endpoint.gui_tabs').toLowerCase();
  return {
    tabs: pages.filter((page) => wanted.includes(page)),
    callLines: reader.integer('policy.endpoint.gui_call_lines'),
    besideDesktop: besides.find((it) => it === reader.choice('policy.panel.beside_desktop')) ?? 'calls',
    echoTarget: reader.text('policy.panel.echo_target'),
  };
}

/** Where no file says anything else. */
export const usualPanelSettings: PanelSettings = panelSettingsFrom(new Reader(new Map()));
