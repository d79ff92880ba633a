/** The way out of an Omnissa (VMware) Horizon session, with Blast or PCoIP; over RDP it is Microsoft's. */

import { microsoftCalls } from './channel-calls.ts';
import { dynamicName, type Surroundings, staticName, type VirtualChannel } from './provider.ts';
import { terminalServices } from './terminal-services.ts';

const list = String.raw`HKLM\SOFTWARE\Omnissa\Horizon\VirtualChannels\SDK`;

/** library: the DLL, or what stands in for it in a test. */
export const horizonFrom = (library: string): VirtualChannel => {
  const load = microsoftCalls({ libraries: [library], prefix: 'VDP_' });
  return terminalServices({
    name: 'horizon',
    placement: 'the machine that this Horizon session is shown on',
    ways: [
      { kind: 'dynamic', load },
      { kind: 'static', load },
    ],
    detect,
    allowList: (program) => [dynamicName, staticName].map((name) => ({ list, line: `${name}=${program}` })),
  });
};

export const horizon = horizonFrom('vdp_rdpvcbridge.dll');

/** Horizon Agent tells programs of the client in variables that begin with ViewClient_. */
function detect({ platform, env }: Surroundings): string | null {
  if (platform !== 'win32') return null;
  const told = Object.entries(env).filter(([name]) => /^ViewClient_/i.test(name));
  const [first] = told;
  if (!first || told.some(([name, value]) => /^ViewClient_Protocol$/i.test(name) && /^RDP$/i.test(value ?? '')))
    return null;
  return `this is a Horizon session (${first[0]} is set)`;
}
