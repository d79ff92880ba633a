/** Whether somebody can be reached, as PIDF says it (RFC 3863, RFC 3856). */
import { element, writeXml } from './xml.ts';

export const presenceType = 'application/pidf+xml';

/** entity: a URI. One tuple (RFC 3863 §4.1.2): one way to be reached. */
export const writePresence = (entity: string, open: boolean): string =>
  writeXml(
    element(
      'presence',
      [element('tuple', [element('status', [element('basic', open ? 'open' : 'closed')])], { id: 'agent' })],
      { xmlns: 'urn:ietf:params:xml:ns:pidf', entity },
    ),
  );
