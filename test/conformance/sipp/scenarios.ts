/** All scenarios by topic: the one list that the tests and the page of docs/ are made from. */
import type { Scenario, Topic } from './scenario.ts';
import { calls, silence } from './topics/calls.ts';
import { transfer } from './topics/transfer.ts';
import { thirdPartyControl } from './topics/third-party-control.ts';

export const topics: ReadonlyMap<string, Topic> = new Map<string, Topic>([
  ['Calls', calls],
  ['Third-party call control', thirdPartyControl],
  ['Transfer', transfer],
  ['Silence', silence],
]);

export const scenarios: ReadonlyMap<string, Scenario> = new Map([...topics.values()].flatMap(Object.entries<Scenario>));
