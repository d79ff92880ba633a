/** When a message is sent again over UDP (RFC 3261 §17.1.1.2 and 17.1.2.2, and §13.3.1.4 for a 2xx). */

/** ms */
const t1 = 500;
const t2 = 4_000;
const givenUpAfter = 64 * t1;

/** Sends again after 0.5, 1, 2, 4, 4, … s until stopped, or for 32 s. Returns what stops it. */
export function sendAgain(send: () => void): () => void {
  const end = performance.now() + givenUpAfter;
  let timer: NodeJS.Timeout;
  const wait = (ms: number): void => {
    timer = setTimeout(() => {
      if (performance.now() > end) return;
      send();
      wait(Math.min(2 * ms, t2));
    }, ms);
  };
  wait(t1);
  return () => clearTimeout(timer);
}
