/** What incoming and outgoing sessions make of requests that come at the wrong time, over a network in memory. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Dialogs } from '../dialog/dialogs.ts';
import { fieldOf, type SipMessage, tagOf } from '../message/message.ts';
import { field } from '../message/response.ts';
import { makeUri } from '../message/uri.ts';
import { type Arrived, arrived } from '../testing/arrived.ts';
import { fakeMedia, sdp } from '../testing/fake-media.ts';
import { clientOver, openWire, read } from '../testing/wire.ts';
import { IncomingSession } from './incoming-session.ts';
import type { SessionPorts } from './invite-session.ts';
import { OutgoingSession } from './outgoing-session.ts';

const bob = makeUri({ user: 'bob', host: 'example.org' });

const request = (method: string, sequence: number, ourTag: string, callId: string, body = ''): SipMessage => ({
  ...read(
    [
      `${method} sip:alice@192.0.2.9 SIP/2.0`,
      'From: <sip:bob@example.org>;tag=b',
      `To: <sip:alice@example.org>${ourTag === '' ? '' : `;tag=${ourTag}`}`,
      `Call-ID: ${callId}`,
      `CSeq: ${sequence} ${method}`,
      'Contact: <sip:bob@192.0.2.1>',
      ...(body === '' ? [] : ['Content-Type: application/sdp']),
      '',
      '',
    ].join('\r\n'),
  ),
  body,
});

function portsOver() {
  const wire = openWire();
  const dialogs = new Dialogs();
  const ports: SessionPorts = {
    client: clientOver(wire),
    dialogs,
    contact: () => '<sip:alice@192.0.2.9>',
    from: '<sip:alice@example.org>',
    isServer: () => true,
    readTarget: () => bob,
    random: () => 0.5,
  };
  return { ...wire, dialogs, ports };
}

/** Calls of the far end, and what it says inside of them. */
function incoming() {
  const { dialogs, ports, ...wire } = portsOver();
  const invite = arrived(request('INVITE', 1, '', 'c', sdp('them')));
  const media = fakeMedia('us');
  const session = new IncomingSession({ ports, request: invite.request, media });
  session.start(null);
  const events: string[] = [];
  session.on('confirmed', () => events.push('confirmed'));
  session.on('changed', () => events.push('changed'));
  const inside = (method: string, sequence: number, body = ''): SipMessage =>
    request(method, sequence, invite.request.toTag, 'c', body);
  return {
    ...wire,
    invite,
    session,
    media,
    events,
    ask: (method: string, sequence: number, body = ''): Arrived => {
      const asked = arrived(inside(method, sequence, body));
      dialogs.receive(asked.request);
      return asked;
    },
    acknowledge: (sequence: number, body = '') => dialogs.acknowledged(inside('ACK', sequence, body)),
  };
}

function outgoing() {
  const { dialogs, ports, ...wire } = portsOver();
  const from = '<sip:alice@example.org>';
  const media = fakeMedia('us');
  const session = new OutgoingSession({ ports, target: bob, media, from, fields: [], routeTo: () => [] });
  session.start();
  const invite = wire.last('INVITE');
  wire.answer(invite, 180, { tag: 'b', fields: [field('contact', '<sip:bob@192.0.2.1>')] });
  return {
    ...wire,
    session,
    media,
    ask: (method: string, sequence: number, body = ''): Arrived => {
      const ourTag = tagOf(fieldOf(invite, 'from'));
      const asked = arrived(request(method, sequence, ourTag, session.callId, body));
      dialogs.receive(asked.request);
      return asked;
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a re-INVITE before the call is answered (RFC 3261 §14.2)', () => {
  it('does not answer it: somebody has to', () => {
    const { session, ask, acknowledge, media, invite, events } = incoming();
    session.ring();
    const again = ask('INVITE', 2, sdp('them-again'));
    acknowledge(2);
    expect(again.statuses()).toEqual([500]);
    expect(again.responses[0] && fieldOf(again.responses[0], 'retry-after')).toBe('1');
    expect([session.state, media.asked, events]).toEqual(['early', [], []]);
    session.answer();
    acknowledge(1);
    expect([session.state, invite.statuses(), events]).toEqual(['confirmed', [180, 200], ['confirmed']]);
  });

  it('has to wait for the answer to ours', () => {
    const { session, ask, media } = outgoing();
    expect(ask('INVITE', 1, sdp('them')).statuses()).toEqual([491]);
    expect([session.state, media.asked]).toEqual(['early', ['offer']]);
  });

  it('that has overtaken the ACK of our 2xx is taken', () => {
    const { session, ask, acknowledge } = incoming();
    session.answer();
    expect(ask('INVITE', 2, sdp('them-again')).statuses()).toEqual([200]);
    acknowledge(1);
    acknowledge(2);
    expect(session.state).toBe('confirmed');
  });
});

describe('a repeated ACK', () => {
  it('of an earlier 2xx is not that of a later one', () => {
    const { session, ask, acknowledge, events } = incoming();
    session.answer();
    acknowledge(1);
    const again = ask('INVITE', 2);
    acknowledge(1);
    expect([session.state, events]).toEqual(['confirmed', ['confirmed']]);
    vi.advanceTimersByTime(500);
    expect(again.statuses()).toEqual([200, 200]);
    acknowledge(2, sdp('them-again'));
    vi.advanceTimersByTime(60_000);
    expect(again.statuses()).toEqual([200, 200]);
    expect([session.state, events]).toEqual(['confirmed', ['confirmed', 'changed']]);
  });
});

describe('a session that has ended', () => {
  it.each(['INVITE', 'UPDATE'])('takes no %s while its BYE waits for the ACK', (method) => {
    const { session, ask, acknowledge, media, requests } = incoming();
    session.answer();
    session.hangUp();
    expect(session.state).toBe('ended');
    const asked = media.asked.length;
    expect(ask(method, 2, sdp('them-again')).statuses()).toEqual([481]);
    expect(media.asked).toHaveLength(asked);
    expect(requests('BYE')).toEqual([]);
    acknowledge(1);
    expect(requests('BYE')).toHaveLength(1);
  });
});
