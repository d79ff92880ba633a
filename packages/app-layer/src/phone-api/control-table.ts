/** Call control over HTTP: which request is which command. */
import type { CommandName } from '../panel/api.ts';

export interface ControlRequest {
  method: 'POST' | 'DELETE';
  /** Below /phone/; {callId} and {lineId} are fields of the command. */
  path: string;
  id: 'callId' | 'lineId' | null;
  command: CommandName;
  /** Fields of the command that path and meaning of the request say already. */
  known: readonly string[];
  fixed: Readonly<Record<string, unknown>>;
  /** The field of the command whose fields the body has. */
  inside?: string;
  operationId: string;
  summary: string;
}

interface Row {
  method?: 'DELETE';
  path: string;
  command: CommandName;
  fixed?: Readonly<Record<string, unknown>>;
  inside?: string;
  /** By default the command's name. */
  operationId?: string;
  summary: string;
}

const rows: readonly Row[] = [
  { path: 'calls', command: 'dial', summary: 'Call a number or address' },
  { path: 'calls/{callId}/answer', command: 'answer', summary: 'Answer a call' },
  { path: 'calls/{callId}/reject', command: 'reject', summary: 'Reject a call that rings' },
  { method: 'DELETE', path: 'calls/{callId}', command: 'hangUp', summary: 'End a call' },
  { path: 'calls/{callId}/hold', command: 'hold', summary: 'Hold a call' },
  { path: 'calls/{callId}/resume', command: 'resume', summary: 'Take a call off hold' },
  { path: 'calls/{callId}/mute', command: 'mute', fixed: { on: true }, summary: 'Mute the microphone in a call' },
  {
    path: 'calls/{callId}/unmute',
    command: 'mute',
    fixed: { on: false },
    operationId: 'unmute',
    summary: 'Unmute the microphone in a call',
  },
  { path: 'calls/{callId}/dtmf', command: 'sendDtmf', summary: 'Send digits' },
  {
    path: 'calls/{callId}/transfer',
    command: 'transfer',
    summary: 'Send the far end to a target, or join it with that of another call of ours',
  },
  { path: 'conference', command: 'conference', summary: 'Join all answered calls, or hold all but one again' },
  {
    path: 'lines/{lineId}/register',
    command: 'register',
    fixed: { remove: false },
    operationId: 'registerLine',
    summary: 'Register a line',
  },
  {
    path: 'lines/{lineId}/unregister',
    command: 'register',
    fixed: { remove: true },
    operationId: 'unregisterLine',
    summary: "Take a line's registration away",
  },
  { path: 'lines/{lineId}/agent', command: 'setAgentState', summary: 'Log the agent in or out, or change its state' },
  { path: 'lines/{lineId}/do-not-disturb', command: 'setDoNotDisturb', summary: 'Refuse calls, or no longer' },
  {
    path: 'lines/{lineId}/forwarding',
    command: 'setForwarding',
    inside: 'forwarding',
    summary: 'Forward calls, or no longer',
  },
  { path: 'devices', command: 'selectDevices', summary: 'Choose devices' },
  { path: 'volume', command: 'setVolume', summary: 'Change volumes, and mute for all calls' },
  { path: 'sound-test', command: 'testSound', summary: 'Let the agent hear or see that a device works' },
];

const idIn = (path: string): 'callId' | 'lineId' | null => {
  if (path.includes('{callId}')) return 'callId';
  return path.includes('{lineId}') ? 'lineId' : null;
};

export const controlTable: readonly ControlRequest[] = rows.map((row) => {
  const { method = 'POST', fixed = {}, operationId = row.command } = row;
  const id = idIn(row.path);
  const known = id === null ? Object.keys(fixed) : [id, ...Object.keys(fixed)];
  return { ...row, method, fixed, operationId, id, known };
});

/** As Fastify writes it. */
export const pathOf = ({ path }: ControlRequest): string => `/phone/${path.replace(/\{(\w+)\}/, ':$1')}`;
