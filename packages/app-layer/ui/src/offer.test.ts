import { expect, test } from 'vitest';
import { blankDesk, type Desk } from '../../src/desk.ts';
import { offerOf, sectionAmong, sections } from './offer.ts';

const desktop = { client: 'WWE', sinceMs: 0 };
const makeDesk = (more: Partial<Desk> = {}): Desk => blankDesk({ callLines: 2, ...more });

test('everything is offered until it is known better', () => {
  expect(offerOf(null)).toEqual({ sections, calls: true, agent: true, callLines: 3 });
  expect(offerOf(makeDesk())).toEqual({ sections, calls: true, agent: true, callLines: 2 });
});

test('the administrator chooses the pages; the settings of the agent stay', () => {
  expect(offerOf(makeDesk({ tabs: ['calls'] })).sections).toEqual(['calls', 'history', 'settings']);
  expect(offerOf(makeDesk({ tabs: ['status', 'devices'] })).sections).toEqual(['devices', 'status', 'settings']);
  expect(offerOf(makeDesk({ tabs: [] })).sections).toEqual(['settings']);
});

test('beside an agent desktop the panel steps back as far as it is told, and only while there is one', () => {
  expect(offerOf(makeDesk({ desktop, besideDesktop: 'full' }))).toMatchObject({ calls: true, agent: true });
  expect(offerOf(makeDesk({ desktop, besideDesktop: 'calls' }))).toMatchObject({ sections, calls: true, agent: false });
  expect(offerOf(makeDesk({ desktop, besideDesktop: 'status' }))).toMatchObject({
    sections: ['status', 'settings'],
    calls: false,
    agent: false,
  });
  expect(offerOf(makeDesk({ besideDesktop: 'status' }))).toMatchObject({ calls: true, agent: true });
});

test('a section that is not offered is the first one instead', () => {
  expect(sectionAmong('history', sections)).toBe('history');
  expect(sectionAmong('calls', ['devices', 'settings'])).toBe('devices');
  expect(sectionAmong('', [])).toBe('settings');
});
