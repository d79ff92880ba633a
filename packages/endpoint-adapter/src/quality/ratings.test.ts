import { expect, it } from 'vitest';
import { BurstGap } from './burst-gap.ts';
import { codecQuality } from './e-model.ts';
import { type RatingFacts, Ratings } from './ratings.ts';

/** A call of 50 packets a second that is asked about once a second. */
class Call {
  readonly ratings = new Ratings();
  readonly #fates = new BurstGap();
  #facts: RatingFacts = {
    nowMs: 1_000,
    codec: codecQuality('PCMU', 8_000, null),
    tally: this.#fates.tally,
    packetsReceived: 0,
    packetsLost: 0,
    jitterMs: 2,
    roundTripMs: 40,
    delayMs: 100,
  };

  constructor(change: Partial<RatingFacts> = {}) {
    this.#facts = { ...this.#facts, ...change };
    this.ratings.update(this.#facts);
  }

  /** Loses every `nth` packet; 0 for none. */
  second(nth = 0, packets = 50): void {
    for (let i = 1; i <= packets; i++) {
      const lost = nth > 0 && i % nth === 0;
      this.#fates.put(lost ? 'lost' : 'received');
      this.#facts[lost ? 'packetsLost' : 'packetsReceived']++;
    }
    this.#facts.nowMs += 1_000;
    this.ratings.update(this.#facts);
  }
}

it('rates the call from its first packet on, and intervals when they are over', () => {
  const call = new Call();
  expect(call.ratings).toMatchObject({ call: null, interval: null, intervals: 0, level: 'UNKNOWN' });
  for (let i = 0; i < 4; i++) call.second();
  expect(call.ratings.call?.mosListening).toBeCloseTo(4.41, 2);
  expect(call.ratings).toMatchObject({ interval: null, intervals: 0 });
  call.second();
  expect(call.ratings).toMatchObject({ intervals: 1, level: 'GOOD' });
  expect(call.ratings.interval?.r).toBeCloseTo(90.8, 5);
});

it('forgets in an interval what was before it, and not in the call', () => {
  const call = new Call();
  for (let i = 0; i < 5; i++) call.second(10);
  expect(call.ratings.level).toBe('BAD');
  expect(call.ratings.interval?.mosListening).toBeLessThan(3.5);
  for (let i = 0; i < 5; i++) call.second();
  expect(call.ratings).toMatchObject({ intervals: 2, level: 'GOOD' });
  expect(call.ratings.interval?.mosListening).toBeCloseTo(4.41, 2);
  expect(call.ratings.call?.mosListening).toBeLessThan(4);
});

it('says nothing of an interval without sound, nor of a codec without figures', () => {
  const call = new Call();
  for (let i = 0; i < 5; i++) call.second();
  for (let i = 0; i < 5; i++) call.second(0, 0);
  expect(call.ratings).toMatchObject({ intervals: 2, interval: null, level: 'UNKNOWN' });
  const unknown = new Call({ codec: null });
  for (let i = 0; i < 5; i++) unknown.second();
  expect(unknown.ratings).toMatchObject({ call: null, interval: null, level: 'GOOD' });
});

it('needs the delay for conversation', () => {
  const call = new Call({ delayMs: null });
  call.second();
  expect(call.ratings.call).toMatchObject({ r: null, mosConversational: null });
});
