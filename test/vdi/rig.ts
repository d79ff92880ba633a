/** All of it: the lab's far end, the adapter and the remoting client at the endpoint, the desktop and the app layer in it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whileOpen } from '../bench/open.ts';
import { until } from '../peers/until.ts';
import { type FarEnd, heardRate, startFarEnd } from '../tools/far-end.ts';
import { type Client, type Screen, startClient, startScreen } from './client.ts';
import { type Desktop, startDesktop } from './desktop.ts';
import { type DesktopPhone, startDesktopPhone } from './desktop-phone.ts';
import { type Ear, openEar } from './ear.ts';
import { type Endpoint, startEndpoint } from './endpoint.ts';
import { type Meddler, startMeddler } from './meddler.ts';

export type Channel = 'dynamic' | 'static' | 'both';

const hz = 1000;
/** What the agent hears; a second of it, at -12 dBFS. */
const tone = Int16Array.from({ length: heardRate }, (_, i) => 8231 * Math.sin((2 * Math.PI * hz * i) / heardRate));

/** Of each part, when something went wrong; characters. */
const longestLog = 4000;

export interface Rig {
  readonly far: FarEnd;
  readonly ear: Ear;
  readonly endpoint: Endpoint;
  readonly meddler: Meddler;
  readonly desktop: Desktop;
  readonly phone: DesktopPhone;
  /** The client that has the session. */
  client: Client;
  /** Another one, which takes the session where one has it; settles once its channel can be opened. */
  connect(): Promise<Client>;
}

/** With the line there, and no call yet. */
export function withRig<T>(addIn: string, channel: Channel, work: (rig: Rig) => Promise<T>): Promise<T> {
  return whileOpen(async (open) => {
    const folder = await mkdtemp(join(tmpdir(), 'thinline-meddler-'));
    open.later(() => rm(folder, { recursive: true, force: true }));
    const ear = await open.keep(Promise.resolve(openEar(hz)));
    const far = await startFarEnd({ rtpVia: ear.rtpVia, agreed: ear.agreed });
    open.later(() => far.close());
    far.answers();
    far.say(tone);
    const [screen, desktop, endpoint] = await Promise.all([
      open.keep<Screen>(startScreen()),
      open.keep(startDesktop()),
      open.keep(startEndpoint({ hz })),
    ]);
    const meddler = await open.keep(startMeddler(join(folder, 'plugin.sock'), endpoint.pluginSocket));
    const connect = async (): Promise<Client> => {
      const { opened } = meddler;
      const client = await open.keep(startClient({ desktop, screen, addIn, channel, runtimeFolder: folder }));
      if (channel === 'dynamic') await client.hasDynamic();
      // The static one is there as soon as the client is, and the add-in comes by itself.
      else await until('the add-in has come', () => meddler.opened > opened);
      return client;
    };
    const client = await connect();
    const lines = [{ user: '701', server: far.address, registerTimeout: 0 }];
    const phone = await open.keep(startDesktopPhone({ desktop, lines }));
    await phone.waitFor('the line is there', (it) => it.phone?.lines[0]?.state === 'STANDALONE');
    const rig = { far, ear, endpoint, meddler, desktop, phone, client, connect };
    try {
      return await work(rig);
    } catch (error) {
      const logs = { desktop, client: rig.client, endpoint, phone };
      for (const [name, { log }] of Object.entries(logs)) console.error(`${name}:\n${log.slice(-longestLog)}`);
      throw error;
    }
  });
}
