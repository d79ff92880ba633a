/**
 * The way out of a Citrix session. Dynamic channels go through Microsoft's calls, which Citrix's agent answers there; static
 * ones through Citrix's own, which give no more than a handle to read and write by.
 */

import { citrixCalls, microsoftCalls } from './channel-calls.ts';
import { dynamicName, staticName, type VirtualChannel } from './provider.ts';
import { sessionName, terminalServices } from './terminal-services.ts';

/** What Citrix's list of dynamic channels calls the plugin: its file on the client, thinline-channel.dll. */
const pluginName = 'thinline-channel';

export interface CitrixLibraries {
  dynamic: readonly string[];
  static: readonly string[];
}

export const citrixFrom = (libraries: CitrixLibraries): VirtualChannel =>
  terminalServices({
    name: 'citrix',
    placement: 'the machine that this Citrix session is shown on',
    ways: [
      { kind: 'dynamic', load: microsoftCalls({ libraries: libraries.dynamic, prefix: 'WTS' }) },
      { kind: 'static', load: citrixCalls({ libraries: libraries.static }) },
    ],
    detect: (surroundings) => {
      const session = sessionName(surroundings);
      return /^ICA-/i.test(session) ? `this is a Citrix session (SESSIONNAME is ${session})` : null;
    },
    allowList: (program) => [
      {
        list: 'the Citrix policy "Virtual channel allow list for DVC"',
        line: `${program},${pluginName},${dynamicName}`,
      },
      { list: 'the Citrix policy "Virtual channel allow list"', line: `${staticName},${program}` },
    ],
  });

export const citrix = citrixFrom({ dynamic: ['wtsapi32.dll'], static: ['wfapi64.dll', 'wfapi.dll'] });
