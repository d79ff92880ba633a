/** ACK and BYE for a 2xx whose dialog can't be had: nobody can tell where its requests would go. */
import { branchOf } from '../ids.ts';
import { fieldOf, type SipMessage, sequenceOf, tagOf } from '../message/message.ts';
import { topVia, withBranch } from '../message/via.ts';

const copied = ['via', 'route', 'from', 'call-id', 'max-forwards'];
/** RFC 3261 §13.2.2.4: an ACK has the credentials of its INVITE. */
const copiedToAck = [...copied, 'authorization', 'proxy-authorization'];

/** Both take the way of the INVITE. invite: as it was sent. The same response gives the same messages. */
export function leaveDialog(invite: SipMessage, response: SipMessage): { ack: SipMessage; bye: SipMessage } {
  const to = fieldOf(response, 'to');
  const within = (method: string, sequence: number, names: readonly string[]): SipMessage =>
    withBranch(
      {
        ...invite,
        method,
        fields: [
          ...invite.fields.filter((field) => names.includes(field.name)),
          { name: 'to', value: to },
          { name: 'cseq', value: `${sequence} ${method}` },
          { name: 'content-length', value: '0' },
        ],
        body: '',
      },
      branchOf(`${method} ${topVia(invite)?.branch} ${tagOf(to)}`),
    );
  const sequence = sequenceOf(invite);
  return { ack: within('ACK', sequence, copiedToAck), bye: within('BYE', sequence + 1, copied) };
}
