/** What policy.link.channel changes, from the file to the way that is taken. */
import { readConfigurationFile } from '@thinline/shared/config/configuration-file.ts';
import { softphoneConfig } from '@thinline/shared/config/testing/configured.ts';
import { expect, it } from 'vitest';
import { chooseProvider } from './choose.ts';

function chosen(channel: string): string {
  const reading = readConfigurationFile(Buffer.from(softphoneConfig({ 'policy.link.channel': channel })));
  if ('unreadable' in reading) throw new Error(reading.unreadable.problem);
  const settings = { ...reading.link, socket: '/run/adapter.sock' };
  return chooseProvider(settings, { platform: 'linux', env: { XRDP_SOCKET_PATH: '/run/xrdp' } }).provider.name;
}

it('policy.link.channel: auto takes what the session is made of, a name takes that way', () => {
  expect(chosen('auto')).toBe('xrdp');
  expect(chosen('local')).toBe('local');
  expect(chosen('TLS')).toBe('tls');
  expect(chosen('citrix')).toBe('citrix');
});
