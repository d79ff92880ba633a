/** Which way leads to the endpoint: the one that was asked for, else what this desktop is made of. */
import { FailureError } from '@thinline/shared/failures.ts';
import { citrix } from './citrix.ts';
import { horizon } from './horizon.ts';
import { local } from './local.ts';
import type { ChannelProvider, Surroundings, VirtualChannel } from './provider.ts';
import { type TlsSettings, tls } from './tls.ts';
import { wts } from './wts.ts';
import { xrdp } from './xrdp.ts';

/** The first that is found is taken: a session of Citrix or Horizon may look like one of Microsoft's, too. */
export const virtualChannels: readonly VirtualChannel[] = [citrix, horizon, wts, xrdp];

const names: readonly string[] = ['auto', 'local', 'tls', ...virtualChannels.map(({ name }) => name)];

export interface ChannelSettings extends TlsSettings {
  /** Of the command line; it wins over the configuration. */
  commandLine?: string | undefined;
  /** policy.link.channel. */
  channel: string;
  /** Where an adapter on this machine waits. */
  socket: string;
}

export interface ChosenChannel {
  provider: ChannelProvider;
  /** For people: "xrdp: this is an xrdp session". */
  reason: string;
}

/** Throws FailureError usage for a name that the command line should not have. */
export function chooseProvider(settings: ChannelSettings, surroundings: Surroundings): ChosenChannel {
  const { commandLine, channel } = settings;
  if (commandLine !== undefined && !names.includes(commandLine)) {
    throw new FailureError('usage', {
      detail: `--channel takes one of ${names.join(', ')}, and not "${commandLine}".`,
    });
  }
  const wanted = commandLine ?? channel;
  if (wanted === 'auto') return detected(settings, surroundings);
  const asked =
    commandLine === undefined ? 'the configuration asks for it (policy.link.channel)' : '--channel asks for it';
  const chosen = (provider: ChannelProvider): ChosenChannel => ({ provider, reason: `${provider.name}: ${asked}` });
  if (wanted === 'tls') return chosen(tls(settings));
  return chosen(virtualChannels.find(({ name }) => name === wanted) ?? local(settings.socket));
}

function detected({ socket }: ChannelSettings, surroundings: Surroundings): ChosenChannel {
  for (const provider of virtualChannels) {
    const reason = provider.detect(surroundings);
    if (reason !== null) return { provider, reason: `${provider.name}: ${reason}` };
  }
  return { provider: local(socket), reason: 'local: nothing here tells of a remote session' };
}
