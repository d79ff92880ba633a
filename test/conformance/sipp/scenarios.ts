/** All scenarios by topic: the one list that the tests and the page of docs/ are made from. */
import type { Scenario, Topic } from './scenario.ts';
import { calls, silence } from './topics/calls.ts';
import { events } from './topics/events.ts';
import { features } from './topics/features.ts';
import { identity } from './topics/identity.ts';
import { negotiation } from './topics/negotiation.ts';
import { registration } from './topics/registration.ts';
import { requests } from './topics/requests.ts';
import { thirdPartyControl } from './topics/third-party-control.ts';
import { transfer } from './topics/transfer.ts';

export const topics: ReadonlyMap<string, Topic> = new Map<string, Topic>([
  ['Calls', calls],
  ['Third-party call control', thirdPartyControl],
  ['Transfer', transfer],
  ['Offers, answers, timers', negotiation],
  ['Requests', requests],
  ['Identity and reasons', identity],
  ['Features of the phone', features],
  ['Registration', registration],
  ['Event packages', events],
  ['Silence', silence],
]);

export const scenarios: ReadonlyMap<string, Scenario> = new Map([...topics.values()].flatMap(Object.entries<Scenario>));
