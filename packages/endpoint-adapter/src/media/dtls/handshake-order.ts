/**
 * Handshake messages out of datagrams, whole, in order, each once (RFC 6347 §4.2.2, §4.2.3), before werift sees them: it
 * keeps every fragment that anyone sends, takes any length on trust, and is confused by what comes late.
 */

const recordHeader = 13;
const messageHeader = 12;
const contentType = { alert: 21, handshake: 22 } as const;
const finished = 20;
/** DTLS 1.0 and 1.2 on the wire; a ClientHello may still come as 1.0. */
const majorVersion = 254;
/** More than a chain of certificates has. */
const maxMessage = 16_384;
/** A flight has at most five messages (RFC 6347 §4.2.4). */
const maxAhead = 6;
/** To each repetition werift answers with a whole flight; nobody needs more of them within a handshake's 10 s. */
const maxRepetitions = 30;

interface Assembly {
  type: number;
  bytes: Buffer;
  /** 1 for each byte that is there. */
  present: Uint8Array;
  missing: number;
}

export class HandshakeOrder {
  /** What the far end said in an alert before there were keys; anyone could have, so it is only a hint. */
  alert: number | null = null;
  readonly #assemblies = new Map<number, Assembly>();
  #next = 0;
  #last: Buffer | null = null;
  #repetitions = 0;

  /** Records, each with one whole message, in the order to be handled. Encrypted ones are handed on as they are. */
  take(datagram: Uint8Array): Buffer[] {
    const records: Buffer[] = [];
    const bytes = Buffer.from(datagram);
    for (let at = 0; at + recordHeader <= bytes.length; ) {
      const end = at + recordHeader + bytes.readUInt16BE(at + 11);
      if (end > bytes.length || bytes[at + 1] !== majorVersion) break;
      this.#takeRecord(bytes.subarray(at, end), records);
      at = end;
    }
    return records;
  }

  #takeRecord(record: Buffer, out: Buffer[]): void {
    const type = record[0];
    const encrypted = record.readUInt16BE(3) > 0;
    if (encrypted) {
      if (type === contentType.handshake) out.push(record);
    } else if (type === contentType.alert) {
      this.alert = record[recordHeader + 1] ?? null;
    } else if (type === contentType.handshake) {
      for (let at = recordHeader; at + messageHeader <= record.length; ) {
        const end = at + messageHeader + record.readUIntBE(at + 9, 3);
        if (end > record.length) return;
        this.#takeFragment(record.subarray(at, end), out);
        at = end;
      }
    }
  }

  #takeFragment(fragment: Buffer, out: Buffer[]): void {
    const type = fragment.readUInt8(0);
    const length = fragment.readUIntBE(1, 3);
    const sequence = fragment.readUInt16BE(4);
    const offset = fragment.readUIntBE(6, 3);
    const body = fragment.subarray(messageHeader);
    // Finished is never in the clear (RFC 5246 §7.4.9).
    if (type === finished || length > maxMessage || offset + body.length > length) return;
    if (sequence === this.#next - 1) {
      // The far end asks again by repeating its last flight. What it said at first stands.
      if (this.#last === null || offset > 0 || this.#repetitions === maxRepetitions) return;
      this.#repetitions++;
      out.push(Buffer.from(this.#last));
      return;
    }
    if (sequence < this.#next || sequence >= this.#next + maxAhead) return;
    const assembly = this.#assemblies.get(sequence) ?? this.#begin(type, length, sequence);
    if (assembly.type !== type || assembly.bytes.length !== length) return;
    body.copy(assembly.bytes, offset);
    for (let i = offset; i < offset + body.length; i++) {
      if (assembly.present[i] === 0) assembly.missing--;
      assembly.present[i] = 1;
    }
    this.#release(out);
  }

  #begin(type: number, length: number, sequence: number): Assembly {
    const assembly = { type, bytes: Buffer.alloc(length), present: new Uint8Array(length), missing: length };
    this.#assemblies.set(sequence, assembly);
    return assembly;
  }

  #release(out: Buffer[]): void {
    for (;;) {
      const assembly = this.#assemblies.get(this.#next);
      if (assembly === undefined || assembly.missing > 0) return;
      this.#assemblies.delete(this.#next);
      this.#last = wholeRecord(assembly, this.#next);
      out.push(Buffer.from(this.#last));
      this.#next++;
    }
  }
}

function wholeRecord({ type, bytes }: Assembly, sequence: number): Buffer {
  const record = Buffer.alloc(recordHeader + messageHeader + bytes.length);
  record.set([contentType.handshake, majorVersion, 253], 0);
  record.writeUInt16BE(messageHeader + bytes.length, 11);
  record[recordHeader] = type;
  record.writeUIntBE(bytes.length, recordHeader + 1, 3);
  record.writeUInt16BE(sequence, recordHeader + 4);
  record.writeUIntBE(bytes.length, recordHeader + 9, 3);
  bytes.copy(record, recordHeader + messageHeader);
  return record;
}
