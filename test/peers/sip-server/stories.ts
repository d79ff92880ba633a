/** Every operation by itself, from an idle phone to an idle phone; for the real phone and for the scripted one. */
import type { Call } from './call.ts';
import { Desktop } from './operations.ts';
import { SipServer } from './server.ts';

/** What the phone's user sees of a call. */
export type Shown = 'ALERTING' | 'TALKING' | 'HELD' | 'REMOTE_HELD';

/** The phone's own side, where a story needs its word. */
export interface StoryPhone {
  /** Settles when it shows the call so. */
  shows(callId: string, state: Shown): Promise<void>;
  hangUp(callId: string): Promise<unknown>;
  /** Settles when the call is answered or refused. */
  dial(number: string): Promise<unknown>;
}

export interface Scene {
  server: SipServer;
  desktop: Desktop;
  phone: StoryPhone;
  /** The agent's number. */
  user: string;
  /** ms that other servers wait for the phone. */
  patience?: number;
}

const busy = { status: 486, reason: 'Busy Here' };

export class StoryFailed extends Error {
  override name = 'StoryFailed';
}

function need(holds: boolean, sentence: string): void {
  if (!holds) throw new StoryFailed(sentence);
}

/** A call that is talked on. */
async function talk({ desktop, phone, user }: Scene): Promise<Call> {
  const call = await desktop.incoming(user);
  await phone.shows(call.dialog.callId, 'ALERTING');
  await desktop.answer(call);
  await phone.shows(call.dialog.callId, 'TALKING');
  return call;
}

/** A second server, which knows where the phone is. */
async function withOther(
  { server, user, patience = 8_000 }: Scene,
  host: string,
  act: (desktop: Desktop) => Promise<unknown>,
): Promise<void> {
  const other = await SipServer.start({ agents: [], host, patience });
  try {
    other.introduce(user, server.bindingOf(user));
    await act(new Desktop(other));
    await other.passed();
  } finally {
    await other.close();
  }
}

export const stories: Record<string, (scene: Scene) => Promise<void>> = {
  'a call that the caller gives up': async ({ desktop, user }) => desktop.cancel(await desktop.incoming(user)),
  'answer, bridge, release': async (scene) => {
    const { desktop } = scene;
    const call = await talk(scene);
    await desktop.bridge(call);
    await desktop.bridge(call);
    await desktop.release(call);
  },
  'make call, flow 1': async ({ desktop, phone, user }) => {
    const call = await desktop.makeCall(user, { number: '7001', rings: 1_600 });
    need((call.invite?.repeats ?? 0) >= 2, 'the 200 was not repeated while there was no ACK');
    await phone.shows(call.dialog.callId, 'TALKING');
    await desktop.release(call);
  },
  'make call, flow 2': async ({ desktop, phone, user }) => {
    const call = await desktop.makeCall(user, { number: '7001', rings: 50 }, { flow: 2 });
    await phone.shows(call.dialog.callId, 'TALKING');
    await desktop.release(call);
  },
  'make call to one who is busy': async ({ desktop, user }) => {
    await desktop.makeCall(user, { number: '7001', rings: 50, refusal: busy });
    await desktop.makeCall(user, { number: '7002', rings: 50, refusal: busy }, { flow: 2 });
  },
  'make call by REFER': async ({ desktop, phone, user }) => {
    const call = await desktop.makeCallByRefer(user, { number: '7001', rings: 50 });
    await phone.shows(call.dialog.callId, 'TALKING');
    await desktop.release(call);
  },
  'make call by REFER to one who is busy': async ({ desktop, user }) => {
    await desktop.makeCallByRefer(user, { number: '7001', refusal: busy });
  },
  'hold and retrieve': async (scene) => {
    const { desktop, phone, user } = scene;
    const call = await talk(scene);
    await desktop.notify(call, 'talk');
    await desktop.keepAlive(user);
    need(call.phoneInvites === 0, 'talk on a call that is not held led to a re-INVITE');
    await desktop.hold(call);
    await phone.shows(call.dialog.callId, 'HELD');
    await desktop.notify(call, 'hold');
    await desktop.keepAlive(user);
    need(call.phoneInvites === 1, 'hold on a call that is held led to a re-INVITE');
    await desktop.bridge(call);
    await desktop.conference(call);
    await phone.shows(call.dialog.callId, 'HELD');
    await desktop.retrieve(call);
    await phone.shows(call.dialog.callId, 'TALKING');
    await desktop.release(call);
  },
  'each NOTIFY comes twice': async ({ desktop, user }) => {
    const twice = { copies: 2 };
    const call = await desktop.incoming(user);
    await desktop.answer(call, twice);
    await desktop.hold(call, twice);
    await desktop.keepAlive(user);
    await desktop.retrieve(call, twice);
    await desktop.keepAlive(user);
    need(call.phoneInvites === 2, `${call.phoneInvites} re-INVITEs for a hold and a retrieve`);
    await desktop.dtmf(call, '12', twice);
    await desktop.dtmf(call, '3');
    await desktop.release(call);
  },
  'hold on both sides': async (scene) => {
    const { desktop, phone } = scene;
    const call = await talk(scene);
    await desktop.remoteHold(call, true);
    await phone.shows(call.dialog.callId, 'REMOTE_HELD');
    await desktop.hold(call);
    await phone.shows(call.dialog.callId, 'HELD');
    await desktop.remoteHold(call, false);
    await phone.shows(call.dialog.callId, 'HELD');
    await desktop.retrieve(call);
    await phone.shows(call.dialog.callId, 'TALKING');
    await desktop.release(call);
  },
  'hold while the server sends a re-INVITE': async (scene) => {
    const { desktop, phone } = scene;
    const call = await talk(scene);
    await Promise.all([desktop.bridge(call), desktop.hold(call)]);
    await phone.shows(call.dialog.callId, 'HELD');
    await desktop.release(call);
  },
  'hold, talk and hold, each before the last is done': async (scene) => {
    const { server, desktop, phone, user } = scene;
    const call = await talk(scene);
    for (const events of [
      ['hold', 'talk', 'hold'],
      ['talk', 'hold', 'talk'],
    ]) {
      await Promise.all(events.map((event) => desktop.notify(call, event)));
      const held = events.at(-1) === 'hold';
      await server.wait('the last one counts', () => call.heldByPhone === held && !call.negotiating);
      await phone.shows(call.dialog.callId, held ? 'HELD' : 'TALKING');
      await desktop.keepAlive(user);
      need(call.heldByPhone === held, `the phone changed its mind after ${events.join(', ')}`);
    }
    await desktop.release(call);
  },
  'released while the phone holds it': async (scene) => {
    const { desktop } = scene;
    const call = await talk(scene);
    await Promise.all([desktop.notify(call, 'hold'), desktop.release(call)]);
  },
  'consultation and transfer': async (scene) => {
    const { desktop, phone } = scene;
    const call = await talk(scene);
    const consultation = await desktop.consult(call, { number: '7001', rings: 50 });
    await phone.shows(call.dialog.callId, 'HELD');
    await phone.shows(consultation.dialog.callId, 'TALKING');
    await desktop.completeTransfer(call, consultation);
    await phone.shows(consultation.dialog.callId, 'TALKING');
    await desktop.release(consultation);
  },
  'alternating between two calls': async (scene) => {
    const { desktop, phone } = scene;
    const call = await talk(scene);
    const consultation = await desktop.consult(call, { number: '7001' });
    await desktop.hold(consultation);
    await desktop.retrieve(call);
    await phone.shows(call.dialog.callId, 'TALKING');
    await phone.shows(consultation.dialog.callId, 'HELD');
    await Promise.all([desktop.release(call), desktop.release(consultation)]);
  },
  'a second call answered: the phone holds the first': async (scene) => {
    const { server, desktop, phone, user } = scene;
    const first = await talk(scene);
    const second = await desktop.incoming(user);
    await desktop.answer(second);
    await server.wait('the phone holds the first call', () => first.heldByPhone && !first.negotiating);
    await phone.shows(second.dialog.callId, 'TALKING');
    await Promise.all([desktop.release(first), desktop.release(second)]);
  },
  'transfer by REFER': async (scene) => {
    const { desktop, phone } = scene;
    const next = await desktop.completeByRefer(await talk(scene), { number: '7001', rings: 50 });
    await phone.shows(next.dialog.callId, 'TALKING');
    await desktop.release(next);
  },
  'single-step transfer': async (scene) => scene.desktop.singleStepTransfer(await talk(scene)),
  'conference, digits, beep': async (scene) => {
    const { desktop } = scene;
    const call = await talk(scene);
    await desktop.beep(call);
    await desktop.conference(call);
    await desktop.dtmf(call, '159*0#D');
    await desktop.dtmf(call, '2', { body: 'signal=2\r\nDuration=120\r\n', contentType: 'application/dtmf' });
    await desktop.dtmf(call, '3', { body: 'Signal = 3', contentType: 'text/plain' });
    await desktop.release(call);
  },
  'INVITE with Replaces': async (scene) => {
    const { desktop, phone } = scene;
    const next = await desktop.replace(await talk(scene));
    await phone.shows(next.dialog.callId, 'TALKING');
    await desktop.release(next);
  },
  'the phone hangs up': async (scene) => {
    const { desktop, phone } = scene;
    const call = await talk(scene);
    await desktop.releaseByPhone(call, () => phone.hangUp(call.dialog.callId));
  },
  'the phone dials': async ({ server, desktop, phone }) => {
    server.expect({ number: '7001', rings: 20 });
    server.expect({ number: '7002', refusal: busy });
    await phone.dial('7001');
    const call = server.callTo('7001');
    if (!call) throw new StoryFailed('the phone has not called');
    await server.wait('ACK', () => call.state === 'talking');
    await desktop.bridge(call);
    await desktop.hold(call);
    await desktop.release(call);
    await phone.dial('7002');
  },
  'unknown events, events outside of calls': async (scene) => {
    const { desktop, user } = scene;
    const call = await talk(scene);
    const unknown = await desktop.statusOf(call, 'juggle');
    need(unknown === 489, `an unknown event was answered ${unknown}`);
    await desktop.release(call);
    for (const event of ['talk', 'hold', 'dtmf']) {
      const status = await desktop.statusOutside(user, event);
      need(status === 481, `${event} outside of any call was answered ${status}`);
    }
  },
  'answered by itself': async ({ desktop, user }) =>
    desktop.release(await desktop.autoAnswered(user, { 'Alert-Info': 'info=alert-autoanswer' })),
  'a stranger asks for an answer': async (scene) =>
    withOther(scene, '127.0.0.2', async (desktop) => {
      const call = await desktop.incoming(scene.user, { fields: { 'Alert-Info': 'info=alert-autoanswer' } });
      await desktop.keepAlive(scene.user);
      need(call.state === 'ringing', 'the phone answered a stranger by itself');
      await desktop.cancel(call);
    }),
};

/** The call comes from a second server too, after a failover: only one of the two may ring. For two lines. */
export async function sameCallTwice(
  { desktop, user }: Pick<Scene, 'desktop' | 'user'>,
  other: Pick<Scene, 'desktop' | 'user'>,
): Promise<void> {
  const call = await desktop.incoming(user);
  const status = await other.desktop.refused(other.user, { uuid: call.uuid });
  need(status === 486 || status === 482, `the same call was refused with ${status}`);
  const another = await other.desktop.incoming(other.user);
  await desktop.cancel(call);
  await other.desktop.cancel(another);
}
