/** That a change of each option takes effect when the table says: by a new stack, by a new line, or without either. */
import type { Option } from '@thinline/shared/config/option.ts';
import { options } from '@thinline/shared/config/options.ts';
import type { Settings } from '@thinline/shared/config/testing/configured.ts';
import { expect, it, vi } from 'vitest';
import { openConfiguredPhone } from './testing/configured-phone.ts';

vi.mock('./sip/stack.ts', () => import('./testing/fake-stack.ts'));

/** Something for every option to act on. */
const usual: Settings = {
  'proxies.proxyN.mailbox.user': '7000',
  'proxies.proxyN.nat.stun_server': 'stun.example',
  'proxies.proxyN.nat.turn_server': 'turn.example',
  'policy.endpoint.tcp_port_min': '20000',
  'policy.endpoint.tcp_port_max': '30000',
};

const texts: readonly (readonly [path: RegExp, text: string])[] = [
  [/^codecs\.enabled\.audio$/, 'PCMA'],
  [/\.payload_type$/, '99'],
  [/\.ptime$/, '40'],
  [/\.bitrate$/, '20000'],
  [/\.use_srtp$/, 'force'],
  [/\.vq_report_collector$/, 'collector@other.example'],
  [/\.vq_alarm_threshold$/, '3.5'],
  [/\.include_headset$/, 'a:b'],
  [/\.log_options_provider$/, 'sip=1'],
  [/\.log_segment$/, '1 MB'],
  [/\.log_expire$/, '2 day'],
  [/\.tcp_port_min$/, '21000'],
  [/\.tcp_port_max$/, '31000'],
];

/** A value that is neither the default nor what stands above. */
function otherText({ path, type, choices = [], max = 0, default: before }: Option): string {
  const own = texts.find(([pattern]) => pattern.test(path))?.[1];
  if (own !== undefined) return own;
  if (type === 'boolean') return before === true ? '0' : '1';
  // Where one choice says the same as another, the last says something else.
  if (type === 'choice') return choices.at(-1) ?? '';
  if (type === 'integer') return String(before === max ? max - 1 : max);
  return 'other.example';
}

const acting = options.filter(({ noEffect, where }) => noEffect === undefined && where !== 'app');

it.each(acting)('a change of $path takes effect: $effect', async (option) => {
  const phone = await openConfiguredPhone(usual);
  const before = phone.stack();
  await phone.configure({ ...usual, [option.path.replace('NAME', 'opus/48000')]: otherText(option) });
  const after = phone.stack();
  const news = after.stack !== before.stack ? 'restart' : after.line !== before.line ? 'register' : 'neither';
  expect(news).toBe(option.effect === 'restart' || option.effect === 'register' ? option.effect : 'neither');
});
