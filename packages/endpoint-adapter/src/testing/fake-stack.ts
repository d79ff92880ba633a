/** A stack without a wire, to stand in for sip/stack.ts where a test needs the whole endpoint. */
import type { LineConfiguration } from '@thinline/shared/contract/types.ts';
import { FakeLine } from '../call/fakes.ts';
import type { SipStack, SipStackOptions } from '../sip/stack.ts';

export class FakeStack implements SipStack {
  readonly port = 5060;
  readonly lines: FakeLine[] = [];
  readonly transactions = 0;
  readonly options: SipStackOptions;

  constructor(options: SipStackOptions) {
    this.options = options;
  }

  addLine(configuration: LineConfiguration): FakeLine {
    const line = new FakeLine(configuration);
    this.lines.push(line);
    return line;
  }

  async removeLine(line: FakeLine): Promise<void> {
    this.lines.splice(this.lines.indexOf(line), 1);
  }

  async close(): Promise<void> {}
}

/** Those that were opened, the newest last. */
export const openedStacks: FakeStack[] = [];

export async function openSipStack(options: SipStackOptions): Promise<FakeStack> {
  const stack = new FakeStack(options);
  openedStacks.push(stack);
  return stack;
}
