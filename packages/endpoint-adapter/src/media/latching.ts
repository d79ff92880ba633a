/**
 * Symmetric RTP (RFC 4961): where to send, decided by where packets come from. Behind NAT the address in SDP is often
 * not the one that reaches the far end; but whoever guesses our port must not be able to take the sound away.
 */

/** Another address is believed only when the signalled one has been silent for this many packets or this long. */
const foreignPackets = 3;
const foreignMs = 500;
/** A latched source can be followed elsewhere once it has been silent so long. */
const silenceMs = 2_000;

export interface Target {
  address: string;
  port: number;
}

export class Latch {
  /** Where to send. */
  target: Target = { address: '', port: 0 };
  #signalled: Target = { address: '', port: 0 };
  /** Where sound came from before SDP named another place; packets of its may still be on their way. */
  #former: Target = { address: '', port: 0 };
  #latched = false;
  #ssrc = 0;
  #lastHeardMs = 0;
  /** SDP has come since the latch closed. */
  #renegotiated = false;
  #foreign: Target = { address: '', port: 0 };
  #foreignCount = 0;
  #foreignSinceMs = 0;

  /** Whether the target can be sent to: 0.0.0.0 is how RFC 2543 put calls on hold (RFC 3264 §8.4). */
  get reachable(): boolean {
    const { address, port } = this.target;
    return port !== 0 && address !== '0.0.0.0' && address !== '::';
  }

  /** New SDP. The same address and port as before says nothing new about a source that was found to be elsewhere. */
  signal(address: string, port: number): void {
    this.#renegotiated = this.#latched;
    if (address === this.#signalled.address && port === this.#signalled.port) return;
    this.#signalled = { address, port };
    this.#former = this.target;
    this.target = { address, port };
    this.#latched = false;
    this.#foreignCount = 0;
  }

  /** Whether a packet from there is to be taken; may move the target there. */
  accept(address: string, port: number, ssrc: number, nowMs: number): boolean {
    if (this.#latched) {
      if (address === this.target.address && port === this.target.port) {
        this.#ssrc = ssrc;
        this.#lastHeardMs = nowMs;
        return true;
      }
      // Signalling is believed more than packets.
      if (this.#isSignalled(address) && !this.#isSignalled(this.target.address)) {
        return this.#close(address, port, ssrc, nowMs);
      }
      if (nowMs - this.#lastHeardMs < silenceMs) return false;
      if (ssrc !== this.#ssrc && !this.#renegotiated) return false;
      return this.#close(address, port, ssrc, nowMs);
    }
    if (this.#isSignalled(address)) return this.#close(address, port, ssrc, nowMs);
    return this.#believe(address, port, nowMs) && this.#close(address, port, ssrc, nowMs);
  }

  #believe(address: string, port: number, nowMs: number): boolean {
    if (this.#foreignCount === 0 || address !== this.#foreign.address || port !== this.#foreign.port) {
      this.#foreign = { address, port };
      this.#foreignCount = 0;
      this.#foreignSinceMs = nowMs;
    }
    this.#foreignCount++;
    const heardForMs = nowMs - this.#foreignSinceMs;
    if (address === this.#former.address && port === this.#former.port) return heardForMs >= silenceMs;
    return this.#foreignCount > foreignPackets || heardForMs >= foreignMs;
  }

  #isSignalled(address: string): boolean {
    return address === this.#signalled.address;
  }

  #close(address: string, port: number, ssrc: number, nowMs: number): boolean {
    this.target = { address, port };
    this.#latched = true;
    this.#ssrc = ssrc;
    this.#lastHeardMs = nowMs;
    this.#renegotiated = false;
    return true;
  }
}
