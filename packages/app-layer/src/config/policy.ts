/** The policy of this machine: where it stands, and what can be used of it. */
import { type PolicyReading, policyFrom } from '@thinline/shared/config/policy.ts';
import { type PolicySources, policyFolder } from './policy-folder.ts';
import { policyRegistry } from './policy-registry.ts';

/** null: it stands in the registry. */
const machineFolder = (platform: NodeJS.Platform): string | null => {
  if (platform === 'win32') return null;
  return platform === 'darwin' ? '/Library/Application Support/Thinline/policies' : '/etc/thinline/policies';
};

/**
 * Does not reject. THINLINE_POLICIES: a folder of the user's own besides. The machine's policy goes before it: who sets
 * the environment may bind the phone to more, and to nothing less.
 */
export async function machinePolicy(): Promise<PolicyReading> {
  const besides = process.env.THINLINE_POLICIES;
  const folder = machineFolder(process.platform);
  const all: PolicySources[] = [
    ...(besides ? [policyFolder(besides, 'user')] : []),
    folder === null ? await policyRegistry() : policyFolder(folder, 'root'),
  ];
  const { policy, faults } = policyFrom(all.flatMap(({ sources }) => sources));
  return { policy, faults: [...all.flatMap((it) => it.faults), ...faults] };
}
