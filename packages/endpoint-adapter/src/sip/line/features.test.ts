/** What a line's server keeps for it, over sockets: against a server that follows a script. */
import { once } from 'node:events';
import type { Line as LineSnapshot } from '@thinline/shared/contract/types.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { featureType } from '../events/as-feature-event.ts';
import { hotelingType } from '../events/hoteling.ts';
import { newTag } from '../ids.ts';
import type { Line } from '../line.ts';
import { fieldOf, type SipMessage, sequenceOf, tagOf } from '../message/message.ts';
import { makeResponse } from '../message/response.ts';
import { usualSettings } from '../settings.ts';
import { openSipStack } from '../stack.ts';
import { fakeMedia, sdp } from '../testing/fake-media.ts';
import { makeLine } from '../testing/make-line.ts';
import { field, openPeer, type ScriptedPeer } from '../testing/scripted-peer.ts';
import { openStandalone } from '../testing/standalone-line.ts';
import { openTestRegistrar } from '../testing/test-registrar.ts';

const closers: Array<() => Promise<unknown>> = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function open(more: Parameters<typeof openStandalone>[0]) {
  const it = await openStandalone(more);
  closers.push(it.close);
  return it;
}

let sequence = 0;

/** In the dialog that the SUBSCRIBE asks for. */
function notify(
  peer: ScriptedPeer,
  subscribe: SipMessage,
  state: string,
  type = '',
  body = '',
  more: string[] = [],
): void {
  sequence += 1;
  const to = fieldOf(subscribe, 'to');
  const fields = [
    `Via: SIP/2.0/UDP 127.0.0.1:${peer.port};branch=z9hG4bK${newTag()};rport`,
    `From: ${tagOf(to) === '' ? `${to};tag=${peer.tag}` : to}`,
    `To: ${fieldOf(subscribe, 'from')}`,
    `Call-ID: ${fieldOf(subscribe, 'call-id')}`,
    `CSeq: ${sequence} NOTIFY`,
    `Contact: <sip:peer@127.0.0.1:${peer.port}>`,
    'Max-Forwards: 70',
    `Event: ${fieldOf(subscribe, 'event')}`,
    `Subscription-State: ${state}`,
    ...more,
    ...(type === '' ? [] : [`Content-Type: ${type}`]),
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  peer.send(`NOTIFY sip:alice@127.0.0.1:${peer.target} SIP/2.0\r\n${fields.join('\r\n')}\r\n\r\n${body}`);
}

/** The next request of that method, and for that event where one is given; repetitions don't count. */
async function next(peer: ScriptedPeer, method: string, event?: string): Promise<SipMessage> {
  const isNext = (it: SipMessage): boolean =>
    it.status === 0 &&
    it.method === method &&
    (event === undefined || fieldOf(it, 'event') === event) &&
    !taken.has(fieldOf(it, 'via'));
  const request = await peer.next(isNext);
  taken.add(fieldOf(request, 'via'));
  return request;
}
const taken = new Set<string>();

const subscribeFor = (peer: ScriptedPeer, event: string): Promise<SipMessage> => next(peer, 'SUBSCRIBE', event);

/** The next SUBSCRIBE for that event, granted. */
async function granted(peer: ScriptedPeer, event: string): Promise<SipMessage> {
  const subscribe = await subscribeFor(peer, event);
  peer.respond(subscribe, 200, { extra: [field('expires', fieldOf(subscribe, 'expires'))] });
  return subscribe;
}

/** The line's snapshot as soon as it is so. */
async function line(of: Line, fits: (it: LineSnapshot) => boolean): Promise<LineSnapshot> {
  while (!fits(of.snapshot)) await once(of, 'changed');
  return of.snapshot;
}

describe('a mailbox', () => {
  it('is subscribed to, and its NOTIFY may come before the 200', async () => {
    const mailbox = { user: '7000', server: '', password: '', timeoutS: 600, transport: '' };
    const { line: it, peer } = await open({ mailbox });
    const subscribe = await subscribeFor(peer, 'message-summary');
    expect(subscribe.uri).toBe('sip:7000@127.0.0.1');
    const body = 'Messages-Waiting: yes\r\nVoice-Message: 2/1\r\n';
    notify(peer, subscribe, 'active;expires=600', 'application/simple-message-summary', body);
    await peer.response(200, 'NOTIFY');
    expect(it.snapshot.mailboxes).toMatchObject([{ waiting: true, newMessages: 2, oldMessages: 1 }]);
    peer.respond(subscribe, 200, { extra: [field('expires', '600')] });
    const leaving = it.unregister();
    const last = await granted(peer, 'message-summary');
    expect([fieldOf(last, 'expires'), sequenceOf(last), tagOf(fieldOf(last, 'to'))]).toEqual(['0', 2, peer.tag]);
    await leaving;
    // The last word of the server on it.
    notify(peer, subscribe, 'terminated;reason=timeout');
    await peer.response(200, 'NOTIFY');
  });

  it('is told of where nobody asked, and other events are not', async () => {
    const { line: it, peer } = await open({});
    const extra = [field('event', 'message-summary'), field('content-type', 'application/simple-message-summary')];
    peer.ask({ method: 'NOTIFY', extra, body: 'Messages-Waiting: yes\r\n' });
    await peer.response(200, 'NOTIFY');
    expect(it.snapshot.mailboxes).toMatchObject([{ account: 'sip:alice@127.0.0.1', waiting: true }]);
    peer.ask({ method: 'NOTIFY', cseq: 2, extra: [field('event', 'talk')] });
    await peer.response(481, 'NOTIFY');
  });
});

describe('an agent', () => {
  const guest = (id: string): string => `<HotelingEvent><guestAddress>${id}</guestAddress></HotelingEvent>`;
  const state = (name: string): string => `<Agent${name}Event><device/></Agent${name}Event>`;
  const HOTELING = 'x-broadworks-hoteling';
  const FEATURES = 'as-feature-event';
  const request = { lineId: '', state: 'READY', agentId: '4711', password: 'secret', reason: '' } as const;

  async function openUp() {
    const it = await open({ agentState: 'features' });
    const { peer } = it;
    expect(it.line.snapshot.agent).toMatchObject({ state: 'UNKNOWN' });
    const features = await granted(peer, FEATURES);
    notify(peer, features, 'active', featureType, state('LoggedOff'));
    const hoteling = await granted(peer, HOTELING);
    notify(peer, hoteling, 'active', hotelingType, guest(''));
    await line(it.line, ({ agent }) => agent?.state === 'LOGGED_OUT');
    return { ...it, features, hoteling };
  }

  it('logs in with a challenge, is changed by the server, and logs out', async () => {
    const { line: it, peer, features, hoteling } = await openUp();
    const login = it.setAgentState(request);
    const claim = await granted(peer, HOTELING);
    expect(fieldOf(claim, 'content-type')).toBe(hotelingType);
    expect(claim.body).toContain('<guestAddress>4711</guestAddress>');
    expect(fieldOf(claim, 'call-id')).toBe(fieldOf(hoteling, 'call-id'));
    const challenge = '<HotelingEvent><authenticationData><nonce>n1</nonce></authenticationData></HotelingEvent>';
    notify(peer, hoteling, 'active', hotelingType, challenge);
    const proof = await granted(peer, HOTELING);
    // MD5 of "n1:secret".
    expect(proof.body).toContain('<response>72dac71e91b2621921690046c4e0c3e4</response>');
    notify(peer, hoteling, 'active', hotelingType, guest('4711'));
    const enter = await granted(peer, FEATURES);
    expect(enter.body).toContain('<requestedAgentState>ready</requestedAgentState>');
    notify(peer, features, 'active', featureType, state('Ready'));
    await login;
    expect(it.snapshot.agent).toMatchObject({ state: 'READY', agentId: '4711', pending: false, failure: null });
    notify(peer, features, 'active', featureType, state('NotReady'));
    await line(it, ({ agent }) => agent?.state === 'NOT_READY');
    const logout = it.setAgentState({ ...request, state: 'LOGGED_OUT' });
    await granted(peer, FEATURES);
    notify(peer, features, 'active', featureType, state('LoggedOff'));
    const release = await granted(peer, HOTELING);
    expect(release.body).toContain('<guestAddress/>');
    notify(peer, hoteling, 'active', hotelingType, guest(''));
    await logout;
    expect(it.snapshot.agent).toMatchObject({ state: 'LOGGED_OUT', agentId: '' });
  });

  it('is refused', async () => {
    const { line: it, peer, hoteling } = await openUp();
    const login = it.setAgentState(request);
    login.catch(() => {});
    await granted(peer, HOTELING);
    notify(peer, hoteling, 'active', hotelingType, guest(''));
    await expect(login).rejects.toThrow(/^TL2008 /);
    expect(it.snapshot.agent).toMatchObject({ state: 'LOGGED_OUT', failure: { code: 'TL2008' } });
  });

  it('is published, from scratch where the server has forgotten (412), and told to who subscribes', async () => {
    const { line: it, peer } = await open({ agentState: 'presence' });
    const tag = (value: string) => ({ extra: [field('sip-etag', value), field('expires', '600')] });
    const first = await next(peer, 'PUBLISH');
    expect([fieldOf(first, 'event'), fieldOf(first, 'sip-if-match')]).toEqual(['presence', '']);
    expect(first.body).toMatch(/ entity="sip:alice@127\.0\.0\.1".*<basic>closed</);
    peer.respond(first, 200, tag('t1'));
    await line(it, ({ agent }) => agent?.state === 'LOGGED_OUT');
    peer.ask({ method: 'SUBSCRIBE', extra: [field('event', 'presence'), field('expires', '60')] });
    const accepted = await peer.response(200, 'SUBSCRIBE');
    expect(fieldOf(accepted, 'expires')).toBe('60');
    const told = await next(peer, 'NOTIFY');
    expect(fieldOf(told, 'subscription-state')).toBe('active;expires=60');
    expect(told.body).toContain('<basic>closed<');
    peer.respond(told, 200);
    const ready = it.setAgentState(request);
    const change = await next(peer, 'PUBLISH');
    expect(fieldOf(change, 'sip-if-match')).toBe('t1');
    peer.respond(change, 412);
    const anew = await next(peer, 'PUBLISH');
    expect(fieldOf(anew, 'sip-if-match')).toBe('');
    expect(anew.body).toContain('<basic>open<');
    peer.respond(anew, 200, tag('t2'));
    const changed = await next(peer, 'NOTIFY');
    expect(changed.body).toContain('<basic>open<');
    peer.respond(changed, 200);
    await ready;
    expect(it.snapshot.agent).toMatchObject({ state: 'READY', agentId: '4711' });
    const leaving = it.unregister();
    const removal = await next(peer, 'PUBLISH');
    expect([fieldOf(removal, 'sip-if-match'), fieldOf(removal, 'expires')]).toEqual(['t2', '0']);
    peer.respond(removal, 200);
    const goodbye = await next(peer, 'NOTIFY');
    expect(fieldOf(goodbye, 'subscription-state')).toBe('terminated;reason=noresource');
    peer.respond(goodbye, 200);
    await leaving;
  });
});

describe('a shared line', () => {
  const info = (index: number, state: string): string =>
    `Call-Info: <sip:127.0.0.1>;appearance-index=${index};appearance-state=${state}`;

  async function openUp() {
    const it = await open({ shared: true });
    const { peer } = it;
    notify(peer, await granted(peer, 'call-info'), 'active;expires=3600', '', '', [info(1, 'active'), info(2, 'idle')]);
    await line(it.line, ({ appearances }) => appearances.length === 2);
    return it;
  }

  it('seizes an appearance before it calls', async () => {
    const { line: it, peer } = await openUp();
    expect(it.snapshot.appearances).toEqual([
      { index: 1, state: 'ACTIVE' },
      { index: 2, state: 'IDLE' },
    ]);
    const session = it.invite('602', fakeMedia('us'));
    const seize = await granted(peer, 'line-seize');
    expect(fieldOf(seize, 'call-info')).toBe('<sip:127.0.0.1>;appearance-index=2');
    expect(peer.received.some(({ method }) => method === 'INVITE')).toBe(false);
    notify(peer, seize, 'active;expires=15', '', '', [info(2, 'seized')]);
    const invite = await next(peer, 'INVITE');
    expect(fieldOf(invite, 'call-info')).toBe('<sip:127.0.0.1>;appearance-index=2');
    notify(peer, seize, 'terminated;reason=noresource', '', '', [info(2, 'progressing')]);
    peer.respond(invite, 200, { body: sdp('them') });
    await once(session, 'confirmed');
    session.hangUp();
    peer.respond(await next(peer, 'BYE'), 200);
  });

  it('does not call where the server gives none', async () => {
    const { line: it, peer } = await openUp();
    const session = it.invite('602', fakeMedia('us'), { appearance: 2 });
    peer.respond(await subscribeFor(peer, 'line-seize'), 480);
    const [end] = await once(session, 'ended');
    expect(end).toMatchObject({ by: 'failure', status: 480, failure: { code: 'TL3019' } });
    expect(peer.received.some(({ method }) => method === 'INVITE')).toBe(false);
  });

  it('does not call any more where somebody has hung up meanwhile, and gives the appearance back', async () => {
    const { line: it, peer } = await openUp();
    const session = it.invite('602', fakeMedia('us'));
    const seize = await granted(peer, 'line-seize');
    notify(peer, seize, 'active;expires=15', '', '', [info(2, 'seized')]);
    session.hangUp();
    const release = await granted(peer, 'line-seize');
    expect(fieldOf(release, 'expires')).toBe('0');
    expect(peer.received.some(({ method }) => method === 'INVITE')).toBe(false);
  });

  it('is the only one that has appearances', async () => {
    const { line: it } = await open({});
    expect(() => it.invite('602', fakeMedia('us'), { appearance: 2 })).toThrow(/^TL2011 /);
  });
});

describe('a registered line', () => {
  async function openRegistered(transport: 'udp' | 'tcp', more: Partial<ReturnType<typeof makeLine>>) {
    const counts = new Map<string, number>();
    const waiting: Array<() => void> = [];
    const registrar = await openTestRegistrar({
      algorithm: 'MD5',
      password: 'secret',
      intercept: (request) => {
        const key = request.method === 'SUBSCRIBE' ? fieldOf(request, 'event') : request.method;
        counts.set(key, (counts.get(key) ?? 0) + 1);
        for (const wake of waiting.splice(0)) wake();
        if (request.method !== 'SUBSCRIBE') return null;
        const contact = field('contact', `<sip:server@127.0.0.1:${registrar.port};transport=${transport}>`);
        return makeResponse(request, 200, { tag: 'server', fields: [contact, field('expires', '600')] });
      },
    });
    const stack = await openSipStack({
      ports: { min: 0, max: 0 },
      addresses: ['127.0.0.1'],
      userAgent: 'Thinline/test',
      log: silent,
    });
    closers.push(registrar.close, stack.close);
    const it = stack.addLine(
      makeLine({
        user: 'alice',
        server: `127.0.0.1:${registrar.port}`,
        password: 'secret',
        registerTimeoutS: 300,
        registerIntervalS: 1,
        transport,
        ...more,
      }),
    );
    await it.start();
    return {
      line: it,
      registrar,
      /** Once that many have come. */
      count: async (key: string, atLeast: number) => {
        while ((counts.get(key) ?? 0) < atLeast) await new Promise<void>((resolve) => waiting.push(resolve));
      },
      requests: (method: string) => registrar.requests.filter((request) => request.method === method),
      latest: (method: string): SipMessage => {
        const found = registrar.requests.findLast((request) => request.method === method);
        if (!found) throw new Error(`no ${method}`);
        return found;
      },
    };
  }

  it('subscribes after its REGISTER, and both again when the connection was lost', async () => {
    const mailbox = { user: '7000', server: '', password: '', timeoutS: 600, transport: '' };
    const { line: it, registrar, count, requests } = await openRegistered('tcp', { mailbox, shared: true });
    await Promise.all([count('message-summary', 1), count('call-info', 1)]);
    await line(it, ({ state }) => state === 'REGISTERED');
    expect(registrar.requests.map(({ method }) => method).indexOf('SUBSCRIBE')).toBe(requests('REGISTER').length);
    const before = registrar.requests.length;
    registrar.drop();
    await Promise.all([count('message-summary', 2), count('call-info', 2)]);
    const after = registrar.requests.slice(before).map(({ method }) => method);
    expect(after.filter((method) => method === 'SUBSCRIBE')).toHaveLength(2);
    expect(after[0]).toBe('REGISTER');
    // In the dialogs that are there.
    expect(requests('SUBSCRIBE').map((request) => tagOf(fieldOf(request, 'to')))).toEqual(['', '', 'server', 'server']);
  });

  it('registers anew at once where the registrar has let it go', async () => {
    const { line: it, registrar, count, requests, latest } = await openRegistered('udp', { regEvent: true });
    await count('reg', 1);
    await line(it, ({ state }) => state === 'REGISTERED');
    const subscribe = latest('SUBSCRIBE');
    const contact = /<(.*)>/.exec(fieldOf(latest('REGISTER'), 'contact'))?.[1] ?? '';
    const registers = requests('REGISTER').length;
    const body = `<reginfo version="0" state="full"><registration aor="sip:alice@127.0.0.1" id="a" state="terminated"><contact id="b" state="terminated" event="deactivated"><uri>${contact}</uri></contact></registration></reginfo>`;
    registrar.bindings.get('alice')?.({
      method: 'NOTIFY',
      uri: contact,
      status: 0,
      reason: '',
      fields: [
        field('via', `SIP/2.0/UDP 127.0.0.1:${registrar.port};branch=z9hG4bK${newTag()}`),
        field('from', '<sip:alice@127.0.0.1>;tag=server'),
        field('to', fieldOf(subscribe, 'from')),
        field('call-id', fieldOf(subscribe, 'call-id')),
        field('cseq', '1 NOTIFY'),
        field('max-forwards', '70'),
        field('contact', `<sip:server@127.0.0.1:${registrar.port}>`),
        field('event', 'reg'),
        field('subscription-state', 'active;expires=600'),
        field('content-type', 'application/reginfo+xml'),
        field('content-length', String(Buffer.byteLength(body))),
      ],
      body,
    });
    await count('REGISTER', registers + 1);
  });

  it('subscribes again when its server was silent for a while', async () => {
    const peer = await openPeer();
    const stack = await openSipStack({
      ports: { min: 0, max: 0 },
      addresses: ['127.0.0.1'],
      settings: { ...usualSettings, transactionTimeoutMs: 200 },
      userAgent: 'Thinline/test',
      log: silent,
    });
    closers.push(peer.close, stack.close);
    const server = `127.0.0.1:${peer.port}`;
    const it = stack.addLine(
      makeLine({ user: 'alice', server, registerTimeoutS: 60, registerIntervalS: 1, shared: true }),
    );
    const register = async (expires: string): Promise<void> => {
      const request = await next(peer, 'REGISTER');
      peer.respond(request, 200, { contact: false, extra: [field('expires', expires)] });
    };
    await it.start();
    await register('1');
    const subscribe = await granted(peer, 'call-info');
    notify(peer, subscribe, 'active;expires=3600');
    await next(peer, 'REGISTER');
    await line(it, ({ state }) => state === 'FAILED');
    await register('60');
    const again = await subscribeFor(peer, 'call-info');
    expect([fieldOf(again, 'call-id'), sequenceOf(again)]).toEqual([fieldOf(subscribe, 'call-id'), 2]);
  });
});
