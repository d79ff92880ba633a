/** The clock that device threads and JavaScript share: libuv's (native/miniaudio.c calls it by its name). */

const originUs = Number(process.hrtime.bigint() / 1000n) - performance.now() * 1000;

/** µs, of which the lower 32 bits: differences count, as `(after - before) | 0`. */
export const nowUs = (): number => (originUs + performance.now() * 1000) | 0;
