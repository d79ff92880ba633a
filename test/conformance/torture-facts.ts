/** What our reading makes of a message, in a form that tables can hold. */
import { fieldsOf, type SipMessage, sequenceOf, splitList } from '@thinline/endpoint-adapter/sip/message/message.ts';
import { readBodies } from '@thinline/endpoint-adapter/sip/message/multipart.ts';
import { readNameAddr } from '@thinline/endpoint-adapter/sip/message/name-addr.ts';
import { readUri, type Uri, unescapeUser, writeUri } from '@thinline/endpoint-adapter/sip/message/uri.ts';
import { readVia } from '@thinline/endpoint-adapter/sip/message/via.ts';

export interface UriFacts {
  scheme: string;
  /** Without escapes. */
  user: string;
  password: string;
  host: string;
  port: number;
  parameters: Record<string, string>;
  headers: string;
  text: string;
}

export interface AddressFacts {
  name: string;
  uri: UriFacts;
  parameters: Record<string, string>;
}

export interface MessageFacts {
  method: string;
  status: number;
  reason: string;
  uri: UriFacts | null;
  to: AddressFacts | null;
  from: AddressFacts | null;
  sequence: number;
  vias: { transport: string; host: string; port: number; branch: string; received: string }[];
  contacts: (AddressFacts | null)[];
  routes: string[];
  bodies: { type: string; content: string }[];
  fields: Record<string, string[]>;
}

const uriFacts = (uri: Uri): UriFacts => ({
  scheme: uri.scheme,
  user: unescapeUser(uri.user),
  password: uri.password,
  host: uri.host,
  port: uri.port,
  parameters: Object.fromEntries(uri.parameters),
  headers: uri.headers,
  text: writeUri(uri),
});

function addressFacts(value: string | undefined): AddressFacts | null {
  const address = readNameAddr(value ?? '');
  return (
    address && {
      name: address.displayName,
      uri: uriFacts(address.uri),
      parameters: Object.fromEntries(address.parameters),
    }
  );
}

const viaFacts = (value: string): MessageFacts['vias'] => {
  const via = readVia(value);
  if (!via) return [];
  const { transport, host, port, branch, received } = via;
  return [{ transport, host, port, branch, received }];
};

export function factsOf(message: SipMessage): MessageFacts {
  const uri = readUri(message.uri);
  const values = (name: string): string[] => fieldsOf(message, name);
  return {
    method: message.method,
    status: message.status,
    reason: message.reason,
    uri: uri && uriFacts(uri),
    to: addressFacts(values('to')[0]),
    from: addressFacts(values('from')[0]),
    sequence: sequenceOf(message),
    vias: values('via').flatMap(viaFacts),
    contacts: values('contact').flatMap(splitList).map(addressFacts),
    routes: values('route').flatMap(splitList),
    bodies: readBodies(values('content-type')[0] ?? '', message.body).map(({ type, content }) => ({ type, content })),
    fields: Object.fromEntries(message.fields.map(({ name }) => [name, values(name)])),
  };
}
