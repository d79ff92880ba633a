/** Every timer of RFC 3261 table 4, in virtual time. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SipMessage } from '../message/message.ts';
import { InviteClient } from './invite-client.ts';
import { InviteServer } from './invite-server.ts';
import { NonInviteClient } from './non-invite-client.ts';
import { NonInviteServer } from './non-invite-server.ts';

const message = (status: number, method: string): SipMessage => ({
  method,
  uri: status ? '' : 'sip:x',
  status,
  reason: '',
  fields: [],
  body: '',
});

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** Effects, each with the ms at which it came. */
function record() {
  const log: string[] = [];
  const note = (what: string) => (it?: SipMessage | Error) =>
    log.push(`${Date.now()} ${what}${it && 'status' in it ? ` ${it.status || it.method}` : ''}`);
  return {
    log,
    effects: {
      send: note('send'),
      acknowledge: note('ack'),
      deliver: note('deliver'),
      timedOut: note('timeout'),
      failed: note('failed'),
      trying: note('trying'),
      terminated: note('end'),
    },
    times: (what: string) => log.filter((line) => line.includes(` ${what}`)).map((line) => Number.parseInt(line, 10)),
  };
}

const at = (ms: number): void => {
  vi.advanceTimersByTime(ms - Date.now());
};

describe('INVITE client', () => {
  it('repeats at timer A, doubling, until timer B', () => {
    const { effects, times, log } = record();
    new InviteClient(false, effects).start();
    vi.runAllTimers();
    expect(times('send')).toEqual([0, 500, 1_500, 3_500, 7_500, 15_500, 31_500]);
    expect(log.slice(-2)).toEqual(['32000 timeout', '32000 end']);
  });

  it('does not repeat on a reliable transport', () => {
    const { effects, times } = record();
    new InviteClient(true, effects).start();
    vi.runAllTimers();
    expect(times('send')).toEqual([0]);
    expect(times('timeout')).toEqual([32_000]);
  });

  it('stops repeating at a provisional response, and waits as long as it takes', () => {
    const { effects, log } = record();
    const client = new InviteClient(false, effects);
    client.start();
    client.receive(message(180, 'INVITE'));
    at(600_000);
    expect(log).toEqual(['0 send', '0 deliver 180']);
    client.cancelled();
    vi.runAllTimers();
    expect(log.slice(2)).toEqual(['632000 timeout', '632000 end']);
  });

  it.each([
    [false, 32_000],
    [true, 0],
  ])('acknowledges refusals until timer D (reliable: %s)', (reliable, end) => {
    const { effects, log } = record();
    const client = new InviteClient(reliable, effects);
    client.start();
    client.receive(message(486, 'INVITE'));
    client.receive(message(486, 'INVITE'));
    vi.runAllTimers();
    expect(log).toEqual(['0 send', '0 ack 486', '0 deliver 486', '0 ack 486', `${end} end`]);
  });

  it('hands every 2xx up until timer M', () => {
    const { effects, log } = record();
    const client = new InviteClient(false, effects);
    client.start();
    client.receive(message(200, 'INVITE'));
    at(1_000);
    client.receive(message(200, 'INVITE'));
    client.receive(message(486, 'INVITE'));
    vi.runAllTimers();
    expect(log).toEqual(['0 send', '0 deliver 200', '1000 deliver 200', '32000 end']);
  });

  it('tells of a transport error once', () => {
    const { effects, log } = record();
    const client = new InviteClient(true, effects);
    client.start();
    client.receive(message(180, 'INVITE'));
    client.fail(new Error('gone'));
    client.fail(new Error('gone'));
    expect(log.slice(2)).toEqual(['0 failed', '0 end']);
  });
});

describe('non-INVITE client', () => {
  it('repeats at timer E, doubling up to T2, until timer F', () => {
    const { effects, times, log } = record();
    new NonInviteClient(false, effects).start();
    vi.runAllTimers();
    expect(times('send')).toEqual([0, 500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500]);
    expect(log.slice(-2)).toEqual(['32000 timeout', '32000 end']);
  });

  it('repeats every T2 after a provisional response', () => {
    const { effects, times } = record();
    const client = new NonInviteClient(false, effects);
    client.start();
    client.receive(message(100, 'BYE'));
    vi.runAllTimers();
    expect(times('send').slice(0, 4)).toEqual([0, 500, 4_500, 8_500]);
    expect(times('timeout')).toEqual([32_000]);
  });

  it.each([
    [false, 5_000],
    [true, 0],
  ])('absorbs repeated responses until timer K (reliable: %s)', (reliable, end) => {
    const { effects, log } = record();
    const client = new NonInviteClient(reliable, effects);
    client.start();
    client.receive(message(200, 'BYE'));
    client.receive(message(200, 'BYE'));
    client.fail(new Error('gone'));
    vi.runAllTimers();
    expect(log).toEqual(['0 send', '0 deliver 200', `${end} end`]);
  });
});

describe('INVITE server', () => {
  it('sends 100 Trying after 200 ms, unless there was a response', () => {
    const slow = record();
    const server = new InviteServer(false, slow.effects);
    server.start();
    at(1_000);
    expect(slow.log).toEqual(['200 trying']);
    server.stop();
    const quick = record();
    const other = new InviteServer(false, quick.effects);
    other.start();
    other.respond(message(180, 'INVITE'));
    at(2_000);
    other.receive(message(0, 'INVITE'));
    expect(quick.log).toEqual(['1000 send 180', '2000 send 180']);
    other.stop();
  });

  it('rings as long as its user does, and ends when that is gone', () => {
    const { effects, log } = record();
    const server = new InviteServer(false, effects);
    server.start();
    for (let minute = 0; minute < 10; minute++) {
      at(minute * 60_000);
      server.respond(message(180, 'INVITE'));
    }
    vi.runAllTimers();
    expect(log.slice(-2)).toEqual(['540000 send 180', '780000 end']);
  });

  it('repeats a refusal at timer G until timer H', () => {
    const { effects, times, log } = record();
    const server = new InviteServer(false, effects);
    server.start();
    server.respond(message(486, 'INVITE'));
    vi.runAllTimers();
    expect(times('send')).toEqual([0, 500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500]);
    expect(log.at(-1)).toBe('32000 end');
  });

  it.each([
    [false, 5_000],
    [true, 0],
  ])('absorbs repeated ACKs until timer I (reliable: %s)', (reliable, end) => {
    const { effects, log } = record();
    const server = new InviteServer(reliable, effects);
    server.start();
    server.respond(message(486, 'INVITE'));
    server.receive(message(0, 'ACK'));
    server.receive(message(0, 'ACK'));
    vi.runAllTimers();
    expect(log).toEqual(['0 send 486', '0 deliver ACK', `${end} end`]);
  });

  it('absorbs repeated INVITEs after a 2xx until timer L, and lets the user repeat it', () => {
    const { effects, log } = record();
    const server = new InviteServer(false, effects);
    server.start();
    server.respond(message(200, 'INVITE'));
    server.receive(message(0, 'INVITE'));
    at(500);
    server.respond(message(200, 'INVITE'));
    vi.runAllTimers();
    expect(log).toEqual(['0 send 200', '500 send 200', '32000 end']);
  });
});

describe('non-INVITE server', () => {
  it.each([
    [false, 32_000],
    [true, 0],
  ])('answers repetitions from its store until timer J (reliable: %s)', (reliable, end) => {
    const { effects, log } = record();
    const server = new NonInviteServer(reliable, effects);
    server.start();
    server.receive(message(0, 'BYE'));
    server.respond(message(200, 'BYE'));
    server.receive(message(0, 'BYE'));
    server.respond(message(500, 'BYE'));
    vi.runAllTimers();
    expect(log).toEqual(['0 send 200', '0 send 200', `${end} end`]);
  });

  it('does not wait for ever for its user', () => {
    const { effects, log } = record();
    new NonInviteServer(false, effects).start();
    vi.runAllTimers();
    expect(log).toEqual(['32000 end']);
  });
});
