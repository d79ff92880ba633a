import { beforeEach, describe, expect, it } from 'vitest';
import { Latch } from './latching.ts';

const far = '192.0.2.1';
const nat = '198.51.100.7';
const hijacker = '203.0.113.66';
const ssrc = 1;

let latch: Latch;
beforeEach(() => {
  latch = new Latch();
  latch.signal(far, 4_000);
});

it('sends where SDP says until something comes', () => {
  expect(latch.target).toEqual({ address: far, port: 4_000 });
});

it('takes any port of the signalled address at once', () => {
  expect(latch.accept(far, 5_555, ssrc, 0)).toBe(true);
  expect(latch.target).toEqual({ address: far, port: 5_555 });
});

it('takes another address only when the signalled one has been silent for three packets', () => {
  for (const nowMs of [0, 20, 40]) expect(latch.accept(nat, 6_000, ssrc, nowMs)).toBe(false);
  expect(latch.target.address).toBe(far);
  expect(latch.accept(nat, 6_000, ssrc, 60)).toBe(true);
  expect(latch.target).toEqual({ address: nat, port: 6_000 });
});

it('takes another address after half a second', () => {
  expect(latch.accept(nat, 6_000, ssrc, 0)).toBe(false);
  expect(latch.accept(nat, 6_000, ssrc, 500)).toBe(true);
});

it('does not add up packets of many strangers', () => {
  for (let i = 0; i < 20; i++) expect(latch.accept(hijacker, 7_000 + i, ssrc, i * 10)).toBe(false);
});

describe('once latched', () => {
  beforeEach(() => {
    latch.accept(far, 4_000, ssrc, 0);
  });

  it('keeps a hijacker out while the far end talks, whatever SSRC he uses', () => {
    for (let nowMs = 20; nowMs < 5_000; nowMs += 20) {
      expect(latch.accept(far, 4_000, ssrc, nowMs)).toBe(true);
      expect(latch.accept(hijacker, 7_000, ssrc, nowMs)).toBe(false);
      expect(latch.accept(hijacker, 7_000, 99, nowMs)).toBe(false);
    }
    expect(latch.target).toEqual({ address: far, port: 4_000 });
  });

  it('keeps him out with an SSRC of his own even when the far end is silent', () => {
    expect(latch.accept(hijacker, 7_000, 99, 60_000)).toBe(false);
  });

  it('follows the same SSRC to a new address after two seconds of silence', () => {
    expect(latch.accept(nat, 6_000, ssrc, 1_999)).toBe(false);
    expect(latch.accept(nat, 6_000, ssrc, 2_000)).toBe(true);
    expect(latch.target).toEqual({ address: nat, port: 6_000 });
  });

  it('follows another SSRC after silence and new SDP', () => {
    latch.signal(far, 4_000);
    expect(latch.accept(nat, 6_000, 99, 1_000)).toBe(false);
    expect(latch.accept(nat, 6_000, 99, 2_000)).toBe(true);
  });

  it('begins anew where SDP names another address', () => {
    latch.signal('192.0.2.2', 4_400);
    expect(latch.target).toEqual({ address: '192.0.2.2', port: 4_400 });
    expect(latch.accept('192.0.2.2', 4_400, 5, 10)).toBe(true);
  });

  it('is not drawn back by the last packets from the former address', () => {
    latch.signal('192.0.2.2', 4_400);
    for (let nowMs = 20; nowMs < 1_000; nowMs += 20) expect(latch.accept(far, 4_000, ssrc, nowMs)).toBe(false);
    expect(latch.target).toEqual({ address: '192.0.2.2', port: 4_400 });
  });

  it('goes on with the former address where sound keeps coming from there alone', () => {
    latch.signal('192.0.2.2', 4_400);
    for (let nowMs = 20; nowMs < 2_040; nowMs += 20) latch.accept(far, 4_000, ssrc, nowMs);
    expect(latch.target).toEqual({ address: far, port: 4_000 });
  });

  it('leaves a stranger as soon as the signalled address speaks', () => {
    const other = new Latch();
    other.signal(far, 4_000);
    for (const nowMs of [0, 20, 40, 60]) other.accept(nat, 6_000, 9, nowMs);
    expect(other.accept(far, 4_000, ssrc, 80)).toBe(true);
    expect(other.target).toEqual({ address: far, port: 4_000 });
    expect(other.accept(nat, 6_000, 9, 100)).toBe(false);
  });

  it('does not send to nowhere', () => {
    expect(latch.reachable).toBe(true);
    latch.signal('0.0.0.0', 4_000);
    expect(latch.reachable).toBe(false);
    expect(new Latch().reachable).toBe(false);
  });

  it('keeps a source behind NAT when SDP says the same again', () => {
    const other = new Latch();
    other.signal(far, 4_000);
    for (const nowMs of [0, 20, 40, 60]) other.accept(nat, 6_000, ssrc, nowMs);
    other.signal(far, 4_000);
    expect(other.target).toEqual({ address: nat, port: 6_000 });
    expect(other.accept(nat, 6_000, ssrc, 80)).toBe(true);
  });
});
