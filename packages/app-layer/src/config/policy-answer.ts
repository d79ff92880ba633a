/** thinline config policy: what the policy of this machine sets, and where it stands. */
import { faultText, type PolicyReading } from '@thinline/shared/config/policy.ts';
import type { Answer } from './check.ts';

export function policyAnswer({ policy, faults }: PolicyReading, json: boolean): Answer {
  const status = faults.length > 0 ? 1 : 0;
  const options = [...policy].map(([path, { value, source }]) => ({ path, value, source }));
  if (json) {
    const mistakes = faults.map(({ source, finding: { path, problem, instead } }) => ({
      source,
      path,
      problem,
      instead,
    }));
    return { lines: [JSON.stringify({ options, mistakes })], status };
  }
  const lines = [
    ...options.map(({ path, value, source }) => `${path} = ${value || 'empty'} (${source})`),
    ...faults.map(faultText),
  ];
  return { lines: lines.length > 0 ? lines : ['there is no policy'], status };
}
