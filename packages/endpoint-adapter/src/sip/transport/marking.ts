/** Marks what SIP's sockets send (DSCP, RFC 2474), where the platform allows it. */
import type { Socket as DatagramSocket } from 'node:dgram';
import type { Socket } from 'node:net';
import type { Log } from '@thinline/shared/log/log.ts';
import { setDscp } from '../../media/dscp.ts';

/** The socket is bound, or connected. */
export type Mark = (socket: DatagramSocket | Socket) => void;

/** 0: the system decides. Where it can't be done, the log says so once. */
export function makeMark(dscp: number, log: Log): Mark {
  let told = false;
  return (socket) => {
    if (dscp === 0) return;
    const reason = setDscp(socket, dscp);
    if (reason === null || told) return;
    told = true;
    log.warning(`SIP is not marked as urgent (DSCP ${dscp}): ${reason}`);
  };
}
