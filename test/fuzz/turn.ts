/** A TURN server that gives an address at once and then says what it likes, to the socket that sound has. */
import { openRelay, type RelayReceiver } from '@thinline/endpoint-adapter/media/ice/relay.ts';
import { readStun, stunAttribute, uint32, writeStun, xorAddress } from '@thinline/endpoint-adapter/media/ice/stun.ts';
import { mutateBytes } from './mutate-bytes.ts';
import type { Random } from './random.ts';
import type { Step } from './watch.ts';

/** RFC 8656 §17 and §18. */
const attribute = { lifetime: 0x000d, peerAddress: 0x0012, data: 0x0013, relayedAddress: 0x0016 } as const;
const dataIndication = 0x0017;
const successBit = 0x0100;
/** The first one that werift binds, and room for its header (RFC 8656 §12.4). */
const channel = 0x4000;
const channelHeader = 4;

const server = { address: '192.0.2.3', port: 3_478 };
const far = { address: '192.0.2.9', port: 4_000 };
const messagesInStep = 25;

function success(type: number, transaction: string): Buffer {
  return writeStun({
    type: type | successBit,
    transaction,
    attributes: [
      [attribute.relayedAddress, xorAddress({ address: '192.0.2.4', port: 50_000 }, transaction)],
      [stunAttribute.xorMappedAddress, xorAddress({ address: '198.51.100.7', port: 4_000 }, transaction)],
      [attribute.lifetime, uint32(600)],
    ],
    password: null,
  });
}

const transactionOf = (random: Random): string =>
  Buffer.from(Array.from({ length: 12 }, () => random.below(256))).toString('hex');

function indication(payload: Buffer, transaction: string): Buffer {
  return writeStun({
    type: dataIndication,
    transaction,
    attributes: [
      [attribute.peerAddress, xorAddress(far, transaction)],
      [attribute.data, payload],
    ],
    password: null,
  });
}

function inChannel(payload: Buffer): Buffer {
  const header = Buffer.alloc(channelHeader);
  header.writeUInt16BE(channel, 0);
  header.writeUInt16BE(payload.length, 2);
  return Buffer.concat([header, payload]);
}

/** sound: packets that come through it. */
export async function playTurn(random: Random, take: Step['take'], sound: readonly Buffer[]): Promise<void> {
  let receive: RelayReceiver = () => false;
  let heard = 0;
  const relay = await openRelay({
    server,
    host: server.address,
    transport: 'udp',
    user: 'user',
    password: 'password',
    authorities: undefined,
    send: (packet) => {
      const request = readStun(packet);
      if (request === null || (request.type & 0x0110) !== 0) return;
      queueMicrotask(() => receive(success(request.type, request.transaction), server.address, server.port));
    },
    onReceiver: (it) => {
      receive = it;
    },
    onPacket: () => {
      heard++;
    },
  });
  try {
    relay.send(Buffer.from('binds a channel'), 15, far.address, far.port);
    const payload = sound[random.below(sound.length)] ?? Buffer.alloc(0);
    const corpus: [Buffer, ...Buffer[]] = [
      indication(payload, transactionOf(random)),
      inChannel(payload),
      success(0x0003, transactionOf(random)),
      success(0x0009, transactionOf(random)),
    ];
    for (let i = 0; i < messagesInStep; i++) {
      // What answers a request was begun above, and needs its turn.
      await Promise.resolve();
      const bytes = mutateBytes(corpus, random);
      await take(bytes, () => {
        const before = heard;
        receive(bytes, server.address, server.port);
        if (heard > before + 2) throw new Error('one datagram was heard more than twice');
        return heard > before ? 'TURN: sound' : 'TURN';
      });
    }
  } finally {
    await relay.close();
  }
}
