/** The way out of a session of Microsoft's Remote Desktop Services. */

import { microsoftCalls } from './channel-calls.ts';
import type { VirtualChannel } from './provider.ts';
import { sessionName, terminalServices } from './terminal-services.ts';

/** library: the DLL, or what stands in for it in a test. */
export const wtsFrom = (library: string): VirtualChannel => {
  const load = microsoftCalls({ libraries: [library], prefix: 'WTS' });
  return terminalServices({
    name: 'wts',
    placement: 'the machine that this Remote Desktop session is shown on',
    ways: [
      { kind: 'dynamic', load },
      { kind: 'static', load },
    ],
    detect: (surroundings) => {
      const session = sessionName(surroundings);
      return /^RDP-/i.test(session) ? `this is a Remote Desktop session (SESSIONNAME is ${session})` : null;
    },
    allowList: () => [],
  });
};

export const wts = wtsFrom('wtsapi32.dll');
