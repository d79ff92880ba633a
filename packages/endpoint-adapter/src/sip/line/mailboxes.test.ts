import type { MailboxConfiguration } from '@thinline/shared/contract/types.ts';
import { describe, expect, it } from 'vitest';
import type { Routing } from '../dialog/routing.ts';
import { fieldOf, type SipMessage } from '../message/message.ts';
import { field } from '../message/response.ts';
import { makeUri, writeUri } from '../message/uri.ts';
import { arrived } from '../testing/arrived.ts';
import { aor, featureBench, openEventServer } from '../testing/event-server.ts';
import { placeAt } from '../testing/wire.ts';
import { Mailboxes, mailboxRouting, mailboxUri } from './mailboxes.ts';

const mailbox = (more: Partial<MailboxConfiguration> = {}): MailboxConfiguration => ({
  user: '7000',
  server: '',
  password: '',
  timeoutS: 1_800,
  transport: '',
  ...more,
});

function open(configured: MailboxConfiguration | null = mailbox(), outboundProxy = '') {
  const server = openEventServer();
  const { ports, changes } = featureBench(server, { mailbox: configured, outboundProxy });
  const mailboxes = new Mailboxes(ports);
  mailboxes.start();
  return { ...server, mailboxes, changes };
}

const summary = (...lines: string[]) => ({
  type: 'application/simple-message-summary',
  body: lines.map((line) => `${line}\r\n`).join(''),
});

describe('the address of a mailbox', () => {
  const home = makeUri({ scheme: 'sips', host: 'example.org', parameters: new Map([['x', '1']]) });
  it.each([
    [mailbox(), 'sips:7000@example.org;x=1'],
    [mailbox({ transport: 'tcp' }), 'sips:7000@example.org;x=1'],
    [mailbox({ server: 'mail:5070', transport: 'tcp' }), 'sips:7000@mail:5070;transport=tcp'],
    [mailbox({ server: 'mail' }), 'sips:7000@mail;x=1'],
    [mailbox({ user: 'a b' }), 'sips:a%20b@example.org;x=1'],
  ])('%j', (configured, expected) => {
    expect(writeUri(mailboxUri(configured, home))).toBe(expected);
  });
});

describe('a mailbox', () => {
  it('is watched where it is, for as long as is configured', () => {
    const { subscribe } = open(mailbox({ server: 'mail:5070', transport: 'tcp', timeoutS: 600 }));
    const request = subscribe('message-summary');
    expect(request.uri).toBe('sip:7000@mail:5070;transport=tcp');
    expect([fieldOf(request, 'route'), fieldOf(request, 'expires')]).toEqual([
      '<sip:mail:5070;transport=tcp;lr>',
      '600',
    ]);
  });

  it.each([
    [mailbox(), ''],
    [mailbox({ server: 'mail' }), 'proxy'],
  ])('is asked for by way of the line where %j, proxy "%s"', (configured, proxy) => {
    expect(fieldOf(open(configured, proxy).subscribe(), 'route')).toBe('');
  });

  it('tells of its messages, and keeps that when it goes', async () => {
    const { establish, mailboxes, changes, notify } = open();
    const first = establish('message-summary', summary('Messages-Waiting: yes', 'Voice-Message: 2/8 (1/0)'));
    const account = 'sip:7000@example.org';
    const two = { account, waiting: true, newMessages: 2, oldMessages: 8, newUrgent: 1, oldUrgent: 0 };
    expect(mailboxes.all).toEqual([two]);
    expect(changes()).toBe(1);
    notify(first, { state: 'terminated;reason=noresource' });
    expect(mailboxes.all).toEqual([two]);
  });

  it('may be several, and other messages count where there are none to hear', () => {
    const { establish, mailboxes } = open();
    establish(
      'message-summary',
      summary(
        'Messages-Waiting: yes',
        'Message-Account: sip:a@x',
        'Fax-Message: 1/2',
        'Text-Message: 3/4',
        'Messages-Waiting: no',
        'Message-Account: sip:b@x',
        'Voice-Message: 0/1',
      ),
    );
    expect(mailboxes.all.map((it) => [it.account, it.waiting, it.newMessages, it.oldMessages])).toEqual([
      ['sip:a@x', true, 4, 6],
      ['sip:b@x', false, 0, 1],
    ]);
  });

  it('is one of 32 at most', () => {
    const { establish, notify, mailboxes } = open();
    const accounts = (prefix: string) =>
      summary(
        ...Array.from({ length: 20 }, (_, i) => [
          'Messages-Waiting: yes',
          `Message-Account: sip:${prefix}${i}@x`,
        ]).flat(),
      );
    const first = establish('message-summary', accounts('a'));
    notify(first, accounts('b'));
    expect(mailboxes.all).toHaveLength(32);
  });

  it('has its own password, which answers its own server only', () => {
    const { subscribe, answer, establish, subscribes } = open(mailbox({ password: 'mine' }));
    const challenge = { fields: [field('www-authenticate', 'Digest realm="mail", nonce="n"')] };
    answer(subscribe(), 401, challenge);
    expect(fieldOf(subscribe(), 'authorization')).toMatch(/username="7000", realm="mail"/);
    establish('message-summary');
    expect(subscribes()).toHaveLength(2);
  });

  it('without its own password is asked for with the line’s', () => {
    const { subscribe, answer } = open();
    answer(subscribe(), 401, { fields: [field('www-authenticate', 'Digest realm="r", nonce="n"')] });
    expect(fieldOf(subscribe(), 'authorization')).toMatch(/username="alice"/);
  });
});

describe('its password', () => {
  it('goes only to where the name of its server leads', async () => {
    const far = placeAt('198.51.100.9');
    const mail = placeAt('192.0.2.7');
    const routing: Routing = {
      targets: (request) => [fieldOf(request, 'to').includes('tag') ? far : mail],
      trusts: () => false,
      failed: () => {},
      isBad: () => false,
      worked: () => {},
      sentBy: () => '',
    };
    const own = mailboxRouting(routing);
    const request = (to: string): SipMessage => ({
      method: 'SUBSCRIBE',
      uri: 'sip:m',
      status: 0,
      reason: '',
      fields: [field('to', to)],
      body: '',
    });
    await own.targets(request('<sip:m>'));
    await own.targets(request('<sip:m>;tag=x'));
    expect([own.trusts(mail), own.trusts({ ...mail, transport: 'tcp' }), own.trusts(far)]).toEqual([true, true, false]);
  });
});

describe('a NOTIFY that nobody has asked for', () => {
  const unasked = (address: string) => {
    const it = open(null);
    const { request, statuses } = arrived({
      method: 'NOTIFY',
      uri: '',
      status: 0,
      reason: '',
      fields: [field('content-type', 'application/simple-message-summary')],
      body: 'Messages-Waiting: yes\r\n',
    });
    Object.assign(request.flow.remote, { address });
    it.mailboxes.unsolicited(request);
    Object.assign(request.flow.remote, { address: '192.0.2.1' });
    return { ...it, statuses };
  };

  it('is believed when it comes from the server', () => {
    const { mailboxes, statuses, subscribes } = unasked('192.0.2.1');
    expect(statuses()).toEqual([200]);
    expect(mailboxes.all).toMatchObject([{ account: writeUri(aor), waiting: true }]);
    expect(subscribes()).toEqual([]);
  });

  it('is not from anywhere else', () => {
    const { mailboxes, statuses } = unasked('192.0.2.66');
    expect(statuses()).toEqual([403]);
    expect(mailboxes.all).toEqual([]);
  });
});
