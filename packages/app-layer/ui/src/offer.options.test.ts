/** What each option of the panel changes, from the file to what the agent is offered. */
import { readConfigurationFile } from '@thinline/shared/config/configuration-file.ts';
import { type Settings, softphoneConfig } from '@thinline/shared/config/testing/configured.ts';
import { expect, it } from 'vitest';
import { blankDesk, type Desk } from '../../src/desk.ts';
import { type Offer, offerOf } from './offer.ts';

function deskWith(settings: Settings, desktop: Desk['desktop'] = null): Desk {
  const reading = readConfigurationFile(Buffer.from(softphoneConfig(settings)));
  if ('unreadable' in reading) throw new Error(reading.unreadable.problem);
  return blankDesk({ ...reading.panel, desktop });
}
const offered = (settings: Settings, desktop?: Desk['desktop']): Offer => offerOf(deskWith(settings, desktop));
const desktop = { client: 'https://desk.example', sinceMs: 1 };

it('policy.endpoint.gui_tabs: says which pages there are', () => {
  expect(offered({}).sections).toEqual(['calls', 'devices', 'history', 'status', 'settings']);
  expect(offered({ 'policy.endpoint.gui_tabs': 'Status, devices' }).sections).toEqual([
    'devices',
    'status',
    'settings',
  ]);
  expect(offered({ 'policy.endpoint.gui_tabs': 'calls' }).sections).toEqual(['calls', 'history', 'settings']);
});

it('policy.endpoint.gui_call_lines: says how many calls are shown whole', () => {
  expect(offered({}).callLines).toBe(3);
  expect(offered({ 'policy.endpoint.gui_call_lines': '1' }).callLines).toBe(1);
});

it('policy.panel.beside_desktop: says what is left of the panel beside an agent desktop', () => {
  const beside = (value: string) => offered({ 'policy.panel.beside_desktop': value }, desktop);
  expect(beside('full')).toEqual(offered({}));
  expect(beside('calls')).toMatchObject({ calls: true, agent: false });
  expect(beside('status')).toMatchObject({ calls: false, agent: false, sections: ['status', 'settings'] });
  expect(offered({ 'policy.panel.beside_desktop': 'status' })).toEqual(offered({}));
});
