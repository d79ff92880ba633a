import type { CommandInput, CommandResult, Failure } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { carryOut, type Reach, type UpLink } from './commands.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const done = (id: string): CommandResult => ({ id, callId: 'c1', failure: null });

/** An endpoint at one epoch: does a command once, and answers when the test lets it. */
class FakePhone {
  readonly name: string;
  readonly done: string[] = [];
  readonly received: string[] = [];

  constructor(name: string) {
    this.name = name;
  }

  take(id: string): CommandResult {
    this.received.push(id);
    if (!this.done.includes(id)) this.done.push(id);
    return done(id);
  }
}

class FakeLink implements UpLink {
  readonly phone: string;
  readonly #endpoint: FakePhone;
  #answer: (result: CommandResult | null) => void = () => {};
  #command: CommandInput | null = null;

  constructor(endpoint: FakePhone) {
    this.#endpoint = endpoint;
    this.phone = endpoint.name;
  }

  send(command: CommandInput): Promise<CommandResult | null> {
    this.#command = command;
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  }

  /** The command has come to the endpoint, and its answer comes back. */
  answer(): void {
    if (this.#command?.id) this.#answer(this.#endpoint.take(this.#command.id));
  }

  /** It has come, and the link breaks before the answer. */
  breakAfter(): void {
    if (this.#command?.id) this.#endpoint.take(this.#command.id);
    this.#answer(null);
  }

  breakBefore(): void {
    this.#answer(null);
  }
}

class FakeReach implements Reach {
  link: FakeLink | null = null;
  sees = '';
  stopped = false;
  #wake = new Set<() => void>();

  up = () => this.link;
  seen = () => this.sees;
  hopeless = () => this.stopped;
  whyDown = (): Failure => failure('endpointUnreachable', { detail: 'a test' });

  changed(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#wake.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.#wake.add(wake);
    });
  }

  async set(link: FakeLink | null): Promise<void> {
    this.link = link;
    if (link) this.sees = link.phone;
    for (const wake of this.#wake) wake();
    await vi.advanceTimersByTimeAsync(0);
  }
}

/** A command under way over a link to `phone`, and how often it settled. */
async function underWay(phone: FakePhone) {
  const reach = new FakeReach();
  const link = new FakeLink(phone);
  await reach.set(link);
  const settled: CommandResult[] = [];
  void carryOut(reach, { id: 'x', hangUp: {} }).then((result) => settled.push(result));
  await vi.advanceTimersByTimeAsync(0);
  const end = async () => {
    await vi.advanceTimersByTimeAsync(60_000);
    return settled.map((it) => it.failure?.message ?? 'done');
  };
  return { reach, link, settled, end };
}

const unknown = 'It is not known whether that was done.';

describe('a command whose link breaks', () => {
  it('before it has arrived is done once the same epoch is there again', async () => {
    const phone = new FakePhone('A 1');
    const { reach, link, end } = await underWay(phone);
    link.breakBefore();
    await reach.set(null);
    const next = new FakeLink(phone);
    await reach.set(next);
    next.answer();
    expect(await end()).toEqual(['done']);
    expect([phone.received, phone.done]).toEqual([['x'], ['x']]);
  });

  it('after it was done is told so, and not done twice', async () => {
    const phone = new FakePhone('A 1');
    const { reach, link, end } = await underWay(phone);
    link.breakAfter();
    await reach.set(null);
    const next = new FakeLink(phone);
    await reach.set(next);
    next.answer();
    expect(await end()).toEqual(['done']);
    expect([phone.received, phone.done]).toEqual([['x', 'x'], ['x']]);
  });

  it('and breaks again is repeated again', async () => {
    const phone = new FakePhone('A 1');
    const { reach, link, end } = await underWay(phone);
    link.breakBefore();
    await reach.set(null);
    const second = new FakeLink(phone);
    await reach.set(second);
    second.breakAfter();
    await reach.set(null);
    const third = new FakeLink(phone);
    await reach.set(third);
    third.answer();
    expect(await end()).toEqual(['done']);
    expect(phone.done).toEqual(['x']);
  });

  it.each([
    ['the endpoint has started anew', 'A 2'],
    ['the agent is at another endpoint', 'B 1'],
  ])('where %s is not done there, and told that nobody knows', async (_, other) => {
    const [phone, now] = [new FakePhone('A 1'), new FakePhone(other)];
    const { reach, link, end } = await underWay(phone);
    link.breakBefore();
    await reach.set(null);
    await reach.set(new FakeLink(now));
    expect(await end()).toEqual([unknown]);
    expect(now.received).toEqual([]);
  });

  it('for good is told after three seconds that nobody knows', async () => {
    const { reach, link, settled, end } = await underWay(new FakePhone('A 1'));
    link.breakAfter();
    await reach.set(null);
    await vi.advanceTimersByTimeAsync(2999);
    expect(settled).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(settled).toHaveLength(1);
    expect(await end()).toEqual([unknown]);
  });

  it('is told at once where nothing is to be waited for', async () => {
    const { reach, link, settled } = await underWay(new FakePhone('A 1'));
    reach.stopped = true;
    link.breakAfter();
    await reach.set(null);
    expect(settled.map((it) => it.failure?.message)).toEqual([unknown]);
  });

  it('in a link that goes on breaking comes to an end', async () => {
    const phone = new FakePhone('A 1');
    const { reach, link, settled } = await underWay(phone);
    let last = link;
    for (let n = 0; n < 20; n += 1) {
      last.breakBefore();
      await reach.set(null);
      last = new FakeLink(phone);
      await vi.advanceTimersByTimeAsync(1000);
      await reach.set(last);
    }
    expect(settled.map((it) => it.failure?.message)).toEqual([unknown]);
  });
});

describe('a command that comes while the link is down', () => {
  const waiting = async (sees: string) => {
    const reach = new FakeReach();
    reach.sees = sees;
    const settled: CommandResult[] = [];
    void carryOut(reach, { id: 'x', dial: { target: '602' } }).then((result) => settled.push(result));
    await vi.advanceTimersByTimeAsync(0);
    return { reach, settled };
  };

  it.each([
    ['seen', 'A 1'],
    ['first', ''],
  ])('is done by the %s phone when that is there', async (_, sees) => {
    const { reach, settled } = await waiting(sees);
    const link = new FakeLink(new FakePhone('A 1'));
    await reach.set(link);
    link.answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(settled).toEqual([done('x')]);
  });

  it('is not done by another than its sender saw', async () => {
    const { reach, settled } = await waiting('A 1');
    const other = new FakePhone('B 1');
    await reach.set(new FakeLink(other));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(settled.map((it) => it.failure?.message)).toEqual(['That was not done, as the phone is another one now.']);
    expect(other.received).toEqual([]);
  });

  it('fails after three seconds with why the link is down', async () => {
    const { settled } = await waiting('A 1');
    await vi.advanceTimersByTimeAsync(3000);
    expect(settled.map((it) => it.failure?.code)).toEqual(['TL1001']);
  });
});

type Step = 'break before' | 'break after' | 'answer' | 'same' | 'anew' | 'elsewhere' | 'second' | 'stop';
const steps: readonly Step[] = ['break before', 'break after', 'answer', 'same', 'anew', 'elsewhere', 'second', 'stop'];

it('whatever happens to the link, a command settles once, is done at most once, and on the phone that was seen', async () => {
  const property = fc.asyncProperty(fc.array(fc.constantFrom(...steps), { maxLength: 30 }), async (happenings) => {
    const phone = new FakePhone('A 1');
    const others = [new FakePhone('A 2'), new FakePhone('B 1')];
    const { reach, link: first, settled } = await underWay(phone);
    let link: FakeLink | null = first;
    const lead = async (to: FakePhone) => {
      link?.breakBefore();
      await reach.set(null);
      link = new FakeLink(to);
      await reach.set(link);
    };
    for (const step of happenings) {
      if (step === 'break before') link?.breakBefore();
      if (step === 'break after') link?.breakAfter();
      if (step === 'break before' || step === 'break after') {
        link = null;
        await reach.set(null);
      }
      if (step === 'answer') link?.answer();
      if (step === 'same') await lead(phone);
      if (step === 'anew') await lead(others[0] ?? phone);
      if (step === 'elsewhere') await lead(others[1] ?? phone);
      if (step === 'stop') reach.stopped = true;
      await vi.advanceTimersByTimeAsync(step === 'second' ? 1000 : 0);
    }
    link?.breakBefore();
    await reach.set(null);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(settled).toHaveLength(1);
    expect(phone.done.length).toBeLessThanOrEqual(1);
    expect(others.flatMap((it) => it.received)).toEqual([]);
    if (settled[0]?.failure === null) expect(phone.done).toEqual(['x']);
  });
  await fc.assert(property, { numRuns: 300 });
});
