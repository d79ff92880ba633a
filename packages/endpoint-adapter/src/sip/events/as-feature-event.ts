/** What an agent does, do not disturb and forwarding, shared between phone and server (BroadWorks' as-feature-event). */
import type { AgentState } from '@thinline/shared/contract/types.ts';
import { readNumber } from '../headers/values.ts';
import { readBodies } from '../message/multipart.ts';
import { type EventPackage, isEmpty } from './event-package.ts';
import { childOf, element, readXml, textAt, writeXml, type XmlElement } from './xml.ts';

export type RequestedAgentState = Exclude<AgentState, 'UNKNOWN'>;

const forwardingTypes = ['forwardImmediate', 'forwardBusy', 'forwardNoAns'] as const;
export type ForwardingType = (typeof forwardingTypes)[number];

export interface Forwarding {
  type: ForwardingType;
  active: boolean;
  /** A number or URI; '' where none is said. */
  to: string;
  /** Before forwardNoAns forwards; null: not said. */
  ringCount: number | null;
}

export type FeatureEvent =
  /** LOGGED_ON: at work, and nothing said of the state. */
  | { kind: 'agent'; state: RequestedAgentState | 'LOGGED_ON'; reason: string }
  | { kind: 'doNotDisturb'; on: boolean }
  | ({ kind: 'forwarding' } & Forwarding);

export interface FeatureEvents {
  /** Those that we know; there are others, of no use to us. */
  features: readonly FeatureEvent[];
}

export const featureType = 'application/x-as-feature-event+xml';
const csta = 'http://www.ecma-international.org/standards/ecma-323/csta/ed3';
const privateData = 'http://schema.broadsoft.com/CSTAPrivateData';
const MAX_TEXT = 256;

const requestedStates: Readonly<Record<RequestedAgentState, string>> = {
  LOGGED_OUT: 'loggedOff',
  READY: 'ready',
  NOT_READY: 'notReady',
  AFTER_CALL_WORK: 'workingAfterCall',
};

const request = (name: string, content: readonly XmlElement[]): string =>
  writeXml(element(name, [element('device'), ...content], { xmlns: csta }));

/** reason: the code of the server's list of reasons; '' for none. Only NOT_READY has one. */
export function writeAgentState(state: RequestedAgentState, reason: string): string {
  const code = element('pri:AgentNotReadyReasonValue', reason);
  const extensions = element('extensions', [
    element('privateData', [element('private', [code], { 'xmlns:pri': privateData })]),
  ]);
  return request('SetAgentState', [
    element('requestedAgentState', requestedStates[state]),
    ...(state === 'NOT_READY' && reason !== '' ? [extensions] : []),
    element('agentID'),
    element('password'),
  ]);
}

export const writeDoNotDisturb = (on: boolean): string =>
  request('SetDoNotDisturb', [element('doNotDisturbOn', String(on))]);

export const writeForwarding = ({ type, active, to, ringCount }: Forwarding): string =>
  request('SetForwarding', [
    element('activateForward', String(active)),
    element('forwardingType', type),
    element('forwardDN', to),
    ...(ringCount === null ? [] : [element('ringCount', String(ringCount))]),
  ]);

/** As XML Schema writes a boolean. */
const readBoolean = (text: string): boolean => text === '1' || text.toLowerCase() === 'true';

const agentEvents: ReadonlyMap<string, RequestedAgentState | 'LOGGED_ON'> = new Map([
  ['AgentLoggedOnEvent', 'LOGGED_ON'],
  ['AgentLoggedOffEvent', 'LOGGED_OUT'],
  ['AgentReadyEvent', 'READY'],
  ['AgentNotReadyEvent', 'NOT_READY'],
  ['AgentWorkingAfterCallEvent', 'AFTER_CALL_WORK'],
]);

function readFeature(root: XmlElement): FeatureEvent | null {
  const state = agentEvents.get(root.name);
  if (state) {
    const reason = textAt(root, 'extensions', 'privateData', 'private', 'AgentNotReadyReasonValue');
    return { kind: 'agent', state, reason: state === 'NOT_READY' ? reason.slice(0, MAX_TEXT) : '' };
  }
  if (root.name === 'DoNotDisturbEvent' && childOf(root, 'doNotDisturbOn'))
    return { kind: 'doNotDisturb', on: readBoolean(textAt(root, 'doNotDisturbOn')) };
  const type = forwardingTypes.find((it) => it.toLowerCase() === textAt(root, 'forwardingType').toLowerCase());
  if (root.name !== 'ForwardingEvent' || !type) return null;
  return {
    kind: 'forwarding',
    type,
    active: readBoolean(textAt(root, 'forwardStatus')),
    to: textAt(root, 'forwardTo').slice(0, MAX_TEXT),
    ringCount: readNumber(textAt(root, 'ringCount')),
  };
}

/** One document; null where it isn't XML. */
function readDocument(body: string): FeatureEvent[] | null {
  const root = readXml(body);
  if (!root) return null;
  const feature = readFeature(root);
  return feature ? [feature] : [];
}

export const featureEvents: EventPackage<FeatureEvents> = {
  event: 'as-feature-event',
  accept: [featureType],
  expires: 3_600,
  /** The first NOTIFY may have a body for each feature. One that can't be read doesn't take the others with it. */
  read(contentType, body) {
    if (isEmpty(body)) return { features: [] };
    const documents = readBodies(contentType, body)
      .filter(({ type }) => type === featureType)
      .map(({ content }) => readDocument(content))
      .filter((features) => features !== null);
    return documents.length === 0 ? null : { features: documents.flat() };
  },
};
