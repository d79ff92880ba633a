const atOnce = 32;

/**
 * Sends digits in the order they were pressed: those pressed while others are on their way wait, and go together.
 * `send` answers whether it is done; when it isn't, the waiting ones are dropped, as they would make another number.
 */
export function makeDigitQueue(send: (digits: string) => Promise<boolean>): (digit: string) => void {
  let waiting = '';
  let sending = false;

  const work = async () => {
    sending = true;
    while (waiting !== '') {
      const digits = waiting.slice(0, atOnce);
      waiting = waiting.slice(atOnce);
      if (!(await send(digits))) waiting = '';
    }
    sending = false;
  };

  return (digit) => {
    waiting += digit;
    if (!sending) void work();
  };
}
