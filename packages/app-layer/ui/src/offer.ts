/** What the panel offers: what the administrator chose, and what is left of it while an agent desktop leads. */
import type { Desk } from '../../src/desk.ts';

export const sections = ['calls', 'devices', 'history', 'status', 'settings'] as const;
export type Section = (typeof sections)[number];

export interface Offer {
  /** The pages, in the order of the tabs; never none. */
  sections: readonly Section[];
  /** Calls can be made, answered and ended here; else they are only shown. */
  calls: boolean;
  /** Signing in, and the state of agent and lines. */
  agent: boolean;
  /** So many calls are shown whole. */
  callLines: number;
}

/** desk: null where it isn't known yet. */
export function offerOf(desk: Desk | null): Offer {
  if (desk === null) return { sections, calls: true, agent: true, callLines: 3 };
  const beside = desk.desktop ? desk.besideDesktop : 'full';
  const shows = (section: Section): boolean => {
    if (section === 'settings') return true;
    const page = section === 'history' ? 'calls' : section;
    return desk.tabs.includes(page) && (beside !== 'status' || section === 'status');
  };
  return {
    sections: sections.filter(shows),
    calls: beside !== 'status',
    agent: beside === 'full',
    callLines: Math.max(1, desk.callLines),
  };
}

/** The section to show where `wanted` may not be among those that are offered. */
export const sectionAmong = (wanted: string, offered: readonly Section[]): Section =>
  offered.find((section) => section === wanted) ?? offered[0] ?? 'settings';
