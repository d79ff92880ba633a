/** The JSON Schemas that the description of the API refers to by name. */
import type { Schema } from '../panel/command-table.ts';
import { contractSchemas, orNull, reference } from './contract-schemas.ts';

const listOf = (name: string): Schema => ({ type: 'array', items: reference(name) });

const text = (description: string): Schema => ({ type: 'string', description });

/** Every key is there. */
const whole = (description: string, properties: Record<string, Schema>): Schema => ({
  type: 'object',
  description,
  required: Object.keys(properties),
  properties,
});

const linkStatus = whole(
  'How the link to the endpoint stands; unless it is up, what is said of the phone is the last that is known.',
  {
    state: { type: 'string', enum: ['connecting', 'up', 'lost', 'refused'] },
    placement: text('Where the sound is: "this machine", "inside the desktop" or the endpoint\'s host name.'),
    failure: orNull(reference('Failure')),
    channel: text('The name of the way to the endpoint.'),
    reason: text('Why that one, for people.'),
    inDesktop: { type: 'boolean', description: 'Sound is in the desktop for want of an endpoint.' },
    notices: { ...listOf('Failure'), description: 'What should be known of a link that is up.' },
  },
);

const phoneReport = whole('The whole phone.', {
  link: reference('LinkStatus'),
  lines: listOf('Line'),
  calls: listOf('Call'),
  released: { ...listOf('Call'), description: 'The calls that ended last, newest first.' },
  qualities: listOf('CallQuality'),
  audio: { ...orNull(reference('Audio')), description: 'null: the endpoint has not been reached yet.' },
  notices: listOf('Notice'),
});

/** Keys of programs' calls that are not for other programs; see report.ts. */
const unreported = ['dtmfSent', 'dtmfReceived'];

function withoutDigits(call: Schema): Schema {
  const { properties, required } = call;
  if (typeof properties !== 'object' || !Array.isArray(required)) return call;
  return {
    ...call,
    required: required.filter((name) => !unreported.includes(name)),
    properties: Object.fromEntries(Object.entries(properties ?? {}).filter(([name]) => !unreported.includes(name))),
  };
}

/** By name, in alphabetical order. Reads proto/: not for every start of the app layer. */
export function schemas(): Record<string, Schema> {
  const { Call = {}, ...contract } = contractSchemas(['Call', 'Line', 'CallQuality', 'Audio', 'Notice', 'Failure']);
  const all = {
    ...contract,
    Call: withoutDigits(Call),
    LinkStatus: linkStatus,
    PhoneReport: phoneReport,
    Refusal: whole('Any answer that is not what was asked for.', { failure: reference('Failure') }),
  };
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}
