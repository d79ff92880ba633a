/**
 * The header that Windows puts before what each read of a dynamic channel brings (CHANNEL_PDU_HEADER of pchannel.h): u32
 * length of the whole message, u32 flags; little-endian. The pipe keeps no messages, so it is looked at and taken off.
 */

export const headerBytes = 8;
/** Bytes of a message in one read, at most (CHANNEL_CHUNK_LENGTH). */
export const chunkBytes = 1600;

const firstFlag = 1;
const lastFlag = 2;
/** Whatever the far end says: a plugin hands on what it read at once, which is much less. */
const longestMessage = 1 << 20;

export class PduHeaders {
  /** Of the message that has begun, what is still to come. */
  #left = 0;

  /** What the read brought, a part of the same memory. Throws where the header can't be true. */
  payloadOf(read: Buffer): Buffer {
    if (read.length < headerBytes)
      throw new Error(`a channel header has ${headerBytes} bytes, and came with ${read.length}`);
    const length = read.readUInt32LE(0);
    const flags = read.readUInt32LE(4);
    const payload = read.subarray(headerBytes);
    const isFirst = (flags & firstFlag) !== 0;
    if (isFirst !== (this.#left === 0))
      throw new Error('a channel header begins a message within another, or goes on with none');
    if (isFirst) {
      if (length > longestMessage) throw new Error(`a channel header announces ${length} bytes`);
      this.#left = length;
    }
    if (payload.length > this.#left) throw new Error('more bytes came than the channel header announces');
    this.#left -= payload.length;
    if ((flags & lastFlag) !== 0 && this.#left > 0)
      throw new Error('fewer bytes came than the channel header announces');
    return payload;
  }
}
