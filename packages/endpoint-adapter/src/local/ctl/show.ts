/** The phone's state as lines of a terminal. */
import type { Call, Failure, Line } from '@thinline/shared/contract/types.ts';
import { sentence } from '@thinline/shared/failures.ts';
import type { LocalState } from '../local-phone.ts';
import { callText, desktopText, lineText, partyText, soundText } from '../words.ts';

const below = (it: Failure | null | undefined): string[] => (it ? [`  ${sentence(it)}`] : []);

const lineLines = (line: Line): string[] => [
  `${line.id}  ${line.address}  ${lineText(line).toLowerCase()}`,
  ...below(line.failure),
];

const callLine = (call: Call, nowMs: number): string =>
  `${call.id}  ${call.direction.toLowerCase()}  ${partyText(call.remote)}  ${callText(call, nowMs).toLowerCase()}`;

export function stateText({ desktop, refusing, phone }: LocalState, nowMs: number): string[] {
  const { lines, calls, notices, audio } = phone;
  return [
    desktopText(desktop, refusing, nowMs).toLowerCase(),
    ...notices.flatMap(({ failure }) => (failure ? [sentence(failure)] : [])),
    ...lines.flatMap(lineLines),
    ...(calls.length > 0 ? calls.map((call) => callLine(call, nowMs)) : ['no calls']),
    soundText(phone),
    ...below(audio?.failure),
  ];
}
