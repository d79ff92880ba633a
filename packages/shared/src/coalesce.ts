/** Sends what changes often no more than now and then. */
export interface Coalescer {
  /** Something new is there to be sent. */
  touch(): void;
  stop(): void;
}

/** Calls `send` at once after a quiet time, and then at most once in `intervalMs`; the last touch is never lost. */
export function coalesce(intervalMs: number, send: () => void): Coalescer {
  let timer: NodeJS.Timeout | undefined;
  let touched = false;

  const fire = () => {
    touched = false;
    timer = setTimeout(() => {
      timer = undefined;
      if (touched) fire();
    }, intervalMs);
    send();
  };

  return {
    touch() {
      if (timer) touched = true;
      else fire();
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
