/** What the option of the self-test changes, from the file to what is wanted of the phone. */
import { readConfigurationFile } from '@thinline/shared/config/configuration-file.ts';
import { type Settings, softphoneConfig } from '@thinline/shared/config/testing/configured.ts';
import { blankAudio } from '@thinline/shared/contract/blank.ts';
import { expect, it } from 'vitest';
import { blankDesk } from '../../src/desk.ts';
import type { PanelCommand } from '../../src/panel/api.ts';
import { advance, notTested, type World } from './self-test.ts';

function worldWith(settings: Settings): World {
  const reading = readConfigurationFile(Buffer.from(softphoneConfig(settings)));
  if ('unreadable' in reading) throw new Error(reading.unreadable.problem);
  const { echoTarget } = blankDesk(reading.panel);
  const audio = blankAudio({ captureId: 'm', playbackId: 's', microphoneMuted: true, speakerMuted: true });
  return { down: false, link: null, audio, lines: [], calls: [], released: [], qualities: [], echoTarget };
}
/** Muted devices are judged at once, so that the echo call is what a test begins with. */
const begun = (settings: Settings) => advance(notTested, { kind: 'start' }, worldWith(settings), 0);

it('policy.panel.echo_target: says which number the self-test calls; without one the echo call is left out', () => {
  const dials: PanelCommand[] = [{ dial: { target: '600' } }];
  expect(begun({ 'policy.panel.echo_target': '600' }).wanted).toEqual(dials);
  const without = begun({});
  expect(without.wanted).toEqual([]);
  expect(without.test.findings.at(-1)).toMatchObject({ step: 'echo', verdict: 'skipped', name: 'echoNotSet' });
});
