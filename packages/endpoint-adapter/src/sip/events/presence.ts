/** Whether somebody can be reached, as PIDF says it (RFC 3863, RFC 3856). */
import { bodyOf, type EventPackage, isEmpty } from './event-package.ts';
import { childOf, childrenOf, element, readXml, textAt, writeXml } from './xml.ts';

export interface Presence {
  event: 'presence';
  /** A URI; '' where it isn't said. */
  entity: string;
  /** null: not said. */
  open: boolean | null;
  note: string;
}

export const presenceType = 'application/pidf+xml';
const MAX_TEXT = 256;

export function writePresence(entity: string, open: boolean, note: string): string {
  // RFC 3863 §4.1.2: one tuple is one way to be reached, and its note comes last.
  const tuple = [
    element('status', [element('basic', open ? 'open' : 'closed')]),
    ...(note === '' ? [] : [element('note', note)]),
  ];
  return writeXml(
    element('presence', [element('tuple', tuple, { id: 'agent' })], { xmlns: 'urn:ietf:params:xml:ns:pidf', entity }),
  );
}

/** Somebody with several tuples is reachable if one of them is open. */
export function readPresence(body: string): Presence | null {
  const root = readXml(body);
  if (root?.name !== 'presence') return null;
  const tuples = childrenOf(root, 'tuple');
  const basics = tuples.map((tuple) => textAt(tuple, 'status', 'basic').toLowerCase());
  const open = basics.includes('open') || (basics.includes('closed') ? false : null);
  const note = [...tuples, root].map((it) => childOf(it, 'note')?.text ?? '').find((text) => text !== '') ?? '';
  const entity = root.attributes.get('entity') ?? '';
  return { event: 'presence', entity: entity.slice(0, MAX_TEXT), open, note: note.slice(0, MAX_TEXT) };
}

export const presence: EventPackage<Presence> = {
  event: 'presence',
  accept: [presenceType],
  expires: 3_600,
  read(type, body) {
    if (isEmpty(body)) return { event: 'presence', entity: '', open: null, note: '' };
    return readPresence(bodyOf(presenceType, type, body) ?? '');
  },
};
