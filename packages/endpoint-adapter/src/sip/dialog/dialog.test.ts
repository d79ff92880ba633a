/** RFC 3261 §12, for both sides of a dialog. */
import { describe, expect, it } from 'vitest';
import { fieldOf, fieldsOf, type SipMessage, writeMessage } from '../message/message.ts';
import { field, makeResponse } from '../message/response.ts';
import { writeUri } from '../message/uri.ts';
import { arrived } from '../testing/arrived.ts';
import { read } from '../testing/wire.ts';
import { Dialog, dialogId } from './dialog.ts';
import { type DialogOwner, Dialogs, dialogIdOf } from './dialogs.ts';

const invite = read(
  'INVITE sip:bob@example.org SIP/2.0\r\nRoute: <sip:first.example;lr>\r\nFrom: "Alice" <sip:alice@example.org>;tag=a\r\n' +
    'To: <sip:bob@example.org>\r\nCall-ID: c\r\nCSeq: 7 INVITE\r\nContact: <sip:alice@192.0.2.9>\r\n\r\n',
);

const contact = field('contact', '<sip:bob@192.0.2.2:5070;transport=tcp>');
const records = (...values: string[]) => values.map((value) => field('record-route', value));

const response = (status: number, ...fields: SipMessage['fields']): SipMessage =>
  makeResponse(invite, status, { tag: 'b', fields });

const dialogOf = (...fields: SipMessage['fields']): Dialog => Dialog.asClient(invite, response(200, ...fields));

/** A request of the far end that begins a dialog. */
const incoming = (...lines: string[]): SipMessage =>
  read(
    [
      'INVITE sip:alice@192.0.2.9 SIP/2.0',
      'From: <sip:bob@example.org>;tag=b',
      'To: <sip:alice@example.org>',
      'Call-ID: c',
      'CSeq: 20 INVITE',
      ...lines,
      '',
      '',
    ].join('\r\n'),
  );

const routes = (request: SipMessage): string[] => fieldsOf(request, 'route');
const numbered = (sequence: number, method = 'INFO'): SipMessage => ({
  ...incoming(),
  method,
  fields: [...incoming().fields.filter(({ name }) => name !== 'cseq'), field('cseq', `${sequence} ${method}`)],
});

describe('a dialog of ours', () => {
  it('sends requests with its parties, its Call-ID and the next number', () => {
    const dialog = dialogOf(contact);
    const [info, bye] = [dialog.request('INFO'), dialog.request('BYE')];
    expect(info.uri).toBe('sip:bob@192.0.2.2:5070;transport=tcp');
    expect(fieldOf(info, 'from')).toBe('"Alice" <sip:alice@example.org>;tag=a');
    expect(fieldOf(info, 'to')).toBe('<sip:bob@example.org>;tag=b');
    expect(fieldOf(info, 'call-id')).toBe('c');
    expect([info, bye].map((it) => fieldOf(it, 'cseq'))).toEqual(['8 INFO', '9 BYE']);
    expect(dialog.localSequence).toBe(9);
    expect(fieldOf(info, 'max-forwards')).toBe('70');
  });

  it('carries fields and a body', () => {
    const body = { type: 'application/sdp', content: 'ü' };
    const request = dialogOf(contact).request('INVITE', { fields: [field('subject', 'x')], body });
    expect(writeMessage(request)).toMatch(
      /Subject: x\r\nContent-Type: application\/sdp\r\nContent-Length: 2\r\n\r\nü$/,
    );
    expect(fieldOf(dialogOf(contact).request('BYE'), 'content-length')).toBe('0');
  });

  it('goes back through the record routes, the last first (§12.1.2)', () => {
    const dialog = dialogOf(contact, ...records('<sip:p3;lr>, <sip:p2;lr>', '<sip:p1;lr>'));
    expect(dialog.fault).toBeNull();
    expect(routes(dialog.request('BYE'))).toEqual(['<sip:p1;lr>', '<sip:p2;lr>', '<sip:p3;lr>']);
  });

  it('names a strict router in the Request-URI, and the far end last (§12.2.1.1)', () => {
    const dialog = dialogOf(contact, ...records('<sip:p2;lr>', '<sip:p1;method=INVITE?Subject=x>'));
    const bye = dialog.request('BYE');
    expect(bye.uri).toBe('sip:p1');
    expect(routes(bye)).toEqual(['<sip:p2;lr>', '<sip:bob@192.0.2.2:5070;transport=tcp>']);
  });

  it('acknowledges with the number of the INVITE, and takes none for it', () => {
    const dialog = dialogOf(contact);
    dialog.request('INFO');
    const ack = dialog.acknowledge(invite, { fields: [field('subject', 'x')] });
    expect([ack.method, fieldOf(ack, 'cseq'), fieldOf(ack, 'subject')]).toEqual(['ACK', '7 ACK', 'x']);
    expect(fieldOf(dialog.request('BYE'), 'cseq')).toBe('9 BYE');
  });

  it('takes the first request of the far end whatever its number, then rising ones only (§12.2.2)', () => {
    const dialog = dialogOf(contact);
    expect([0, 5, 4, 5, 6, 100].map((n) => dialog.takes(numbered(n)))).toEqual([true, true, false, false, true, true]);
    expect(dialog.takes({ ...incoming(), fields: [field('cseq', 'many INFO')] })).toBe(false);
  });

  it('follows the Contact of a target refresh, and nothing that is none', () => {
    const dialog = dialogOf(contact);
    dialog.refresh(response(200, field('contact', '<sip:bob@192.0.2.3>')));
    expect(dialog.request('BYE').uri).toBe('sip:bob@192.0.2.3');
    dialog.refresh(response(200));
    dialog.refresh(response(200, field('contact', '???')));
    dialog.refresh(response(200, field('contact', '<tel:123>')));
    expect(writeUri(dialog.remoteTarget)).toBe('sip:bob@192.0.2.3');
  });

  it('learns the way anew from the 2xx, with numbers going on (§13.2.2.4)', () => {
    const early = Dialog.asClient(invite, response(180, contact, ...records('<sip:p1;lr>')));
    early.request('PRACK');
    expect(
      early.confirm(response(200, field('contact', '<sip:bob@192.0.2.4>'), ...records('<sip:p3;lr>', '<sip:p2;lr>'))),
    ).toBeNull();
    const bye = early.request('BYE');
    expect([bye.uri, ...routes(bye), fieldOf(bye, 'cseq')]).toEqual([
      'sip:bob@192.0.2.4',
      '<sip:p2;lr>',
      '<sip:p3;lr>',
      '9 BYE',
    ]);
    expect(early.confirm(response(200))).toBeNull();
    expect(routes(early.request('BYE'))).toEqual([]);
    expect(early.request('BYE').uri).toBe('sip:bob@192.0.2.4');
  });

  it('keeps the way that it had where the 2xx says none that can be gone', () => {
    const early = Dialog.asClient(invite, response(180, contact, ...records('<sip:p1;lr>')));
    expect(early.confirm(response(200, contact, ...records('???')))).toBe('Malformed Record-Route');
    expect(early.confirm(response(200, field('contact', '???')))).toBe('Malformed Contact');
    const bye = early.request('BYE');
    expect([bye.uri, ...routes(bye)]).toEqual(['sip:bob@192.0.2.2:5070;transport=tcp', '<sip:p1;lr>']);
  });

  it('goes to the Request-URI where an 18x has no Contact', () => {
    const moved = { ...invite, uri: 'sip:bob@192.0.2.77' };
    const dialog = Dialog.asClient(moved, response(180, ...records('<sip:p1;lr>')));
    expect(dialog.fault).toBeNull();
    const prack = dialog.request('PRACK');
    expect([prack.uri, ...routes(prack)]).toEqual(['sip:bob@192.0.2.77', '<sip:p1;lr>']);
  });

  it.each([
    ['Missing To Tag', { ...response(200, contact), fields: [contact, field('to', '<sip:bob@example.org>')] }],
    ['Malformed Record-Route', response(200, contact, ...records('<sip:p1;lr>, ???'))],
    ['Malformed Record-Route', response(200, contact, ...records('<tel:123>'))],
    ['Malformed Contact', response(200, field('contact', '???'))],
    ['Malformed Contact', response(200, field('contact', '<mailto:bob@example.org>'))],
  ])('says %s, and goes the way of its INVITE then', (fault, answer) => {
    const dialog = Dialog.asClient(invite, answer);
    expect(dialog.fault).toBe(fault);
    for (const request of [dialog.acknowledge(invite), dialog.request('BYE')]) {
      expect(request.uri).toBe('sip:bob@example.org');
      expect(routes(request)).toEqual(['<sip:first.example;lr>']);
      expect(fieldOf(request, 'to')).toBe(fieldOf(answer, 'to'));
    }
  });

  it('is not led further than 32 routes', () => {
    const many = Array.from({ length: 100 }, (_, i) => `<sip:p${i};lr>`);
    expect(routes(dialogOf(contact, ...records(...many)).request('BYE'))).toHaveLength(32);
  });
});

describe('a dialog of the far end', () => {
  it('has the parties the other way around, and numbers from 1', () => {
    const dialog = Dialog.asServer(incoming('Contact: <sip:bob@192.0.2.2>'), 'a');
    const bye = dialog.request('BYE');
    expect(dialog.fault).toBeNull();
    expect(bye.uri).toBe('sip:bob@192.0.2.2');
    expect(fieldOf(bye, 'from')).toBe('<sip:alice@example.org>;tag=a');
    expect(fieldOf(bye, 'to')).toBe('<sip:bob@example.org>;tag=b');
    expect(fieldOf(bye, 'cseq')).toBe('1 BYE');
  });

  it('goes back through the record routes in their order (§12.1.1)', () => {
    const dialog = Dialog.asServer(
      incoming('Contact: <sip:bob@192.0.2.2>', 'Record-Route: <sip:p1;lr>, <sip:p2;lr>', 'Record-Route: <sip:p3;lr>'),
      'a',
    );
    expect(routes(dialog.request('BYE'))).toEqual(['<sip:p1;lr>', '<sip:p2;lr>', '<sip:p3;lr>']);
  });

  it('takes requests after its INVITE only', () => {
    const dialog = Dialog.asServer(incoming(), 'a');
    expect([19, 20, 21].map((n) => dialog.takes(numbered(n)))).toEqual([false, false, true]);
  });

  it('says where nothing can be sent', () => {
    expect(Dialog.asServer(incoming('Contact: ???'), 'a').fault).toBe('Malformed Contact');
    expect(Dialog.asServer(incoming(), 'a').fault).toBe('Malformed Contact');
  });
});

describe('the dialog of a subscription (RFC 6665 §4.4.1)', () => {
  const subscribe = read(
    'SUBSCRIBE sip:bob@example.org SIP/2.0\r\nRoute: <sip:first.example;lr>\r\nFrom: <sip:alice@example.org>;tag=a\r\n' +
      'To: <sip:bob@example.org>\r\nCall-ID: c\r\nCSeq: 7 SUBSCRIBE\r\n\r\n',
  );

  it('begins with the first NOTIFY, and goes on with the numbers of both', () => {
    const notify = incoming('Contact: <sip:bob@192.0.2.2>', 'Record-Route: <sip:p1;lr>, <sip:p2;lr>');
    const dialog = Dialog.asSubscriber(subscribe, notify);
    const again = dialog.request('SUBSCRIBE');
    expect([dialog.fault, dialog.id]).toEqual([null, dialogId('c', 'a', 'b')]);
    expect(dialogIdOf(again)).toBe(dialogId('c', 'b', 'a'));
    expect([again.uri, ...routes(again)]).toEqual(['sip:bob@192.0.2.2', '<sip:p1;lr>', '<sip:p2;lr>']);
    expect(fieldOf(again, 'cseq')).toBe('8 SUBSCRIBE');
    expect([20, 21].map((n) => dialog.takes(numbered(n)))).toEqual([false, true]);
  });

  it('goes the way of the SUBSCRIBE where the NOTIFY names none', () => {
    const dialog = Dialog.asSubscriber(subscribe, incoming('Contact: ???'));
    const again = dialog.request('SUBSCRIBE');
    expect([dialog.fault, again.uri, ...routes(again)]).toEqual([
      'Malformed Contact',
      'sip:bob@example.org',
      '<sip:first.example;lr>',
    ]);
  });
});

describe('both sides', () => {
  it('are found by Call-ID and tags, the far end’s last', () => {
    const dialog = dialogOf(contact);
    expect(dialog.id).toBe(dialogId('c', 'a', 'b'));
    const bye = read(
      'BYE sip:x SIP/2.0\r\nFrom: <sip:bob@example.org>;tag=b\r\nTo: <sip:x>;tag=a\r\nCall-ID: c\r\nCSeq: 1 BYE\r\n\r\n',
    );
    expect(dialogIdOf(bye)).toBe(dialog.id);
    const ours = dialog.request('BYE');
    expect(dialogIdOf(ours)).toBe(Dialog.asServer(invite, 'b').id);
  });
});

describe('Dialogs', () => {
  const owner = (): DialogOwner & { heard: string[] } => {
    const heard: string[] = [];
    return {
      heard,
      receive: ({ method }) => void heard.push(method),
      acknowledged: (ack) => void heard.push(ack.method),
    };
  };
  const inside = (sequence: number, method: string): SipMessage => ({
    ...numbered(sequence, method),
    fields: numbered(sequence, method).fields.map((it) => (it.name === 'to' ? field('to', `${it.value};tag=a`) : it)),
  });

  it('hands requests to their owner in order, ACKs at any time', () => {
    const dialogs = new Dialogs();
    const dialog = Dialog.asServer(incoming('Contact: <sip:bob@192.0.2.2>'), 'a');
    const its = owner();
    dialogs.add(dialog, its);
    expect([dialogs.size, dialogs.has(dialog.id)]).toEqual([1, true]);
    const requests = [inside(21, 'INFO'), inside(21, 'BYE'), inside(22, 'BYE')].map(arrived);
    for (const { request } of requests) dialogs.receive(request);
    dialogs.acknowledged(inside(20, 'ACK'));
    expect(its.heard).toEqual(['INFO', 'BYE', 'ACK']);
    expect(requests.map((it) => it.statuses())).toEqual([[], [500], []]);
  });

  it('may expect a far end whose tag is not known yet', () => {
    const dialogs = new Dialogs();
    const heard: string[] = [];
    dialogs.expect('c', 'a', ({ method }) => void heard.push(method));
    expect([dialogs.has(dialogId('c', 'a', 'b')), dialogs.has(dialogId('c', 'x', 'b'))]).toEqual([true, false]);
    dialogs.receive(arrived(inside(1, 'NOTIFY')).request);
    dialogs.expectNoMore('c', 'a');
    const late = arrived(inside(2, 'NOTIFY'));
    dialogs.receive(late.request);
    expect([heard, late.statuses(), dialogs.has(dialogId('c', 'a', 'b'))]).toEqual([['NOTIFY'], [481], false]);
  });

  it('knows nothing of others, and forgets for the owner alone', () => {
    const dialogs = new Dialogs();
    const dialog = Dialog.asServer(incoming('Contact: <sip:bob@192.0.2.2>'), 'a');
    const [first, second] = [owner(), owner()];
    dialogs.add(dialog, first);
    dialogs.add(dialog, second);
    dialogs.remove(dialog, first);
    dialogs.acknowledged(inside(20, 'ACK'));
    expect(second.heard.splice(0)).toEqual(['ACK']);
    dialogs.remove(dialog, second);
    const bye = arrived(inside(21, 'BYE'));
    dialogs.receive(bye.request);
    dialogs.acknowledged(inside(20, 'ACK'));
    expect([first.heard, second.heard, bye.statuses()]).toEqual([[], [], [481]]);
  });
});
