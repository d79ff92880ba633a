/** The phone with its halves at the two ends of a way: app layer and adapter as they are, and a bare SIP end as the server. */
import { join } from 'node:path';
import { buildPlugin } from '../../../scripts/build-plugins.mjs';
import { freePort } from '../../peers/ports.ts';
import { type Phone, startPhone } from '../../phone.ts';
import { startClient, startScreen } from '../../vdi/client.ts';
import { startDesktop } from '../../vdi/desktop.ts';
import { startDesktopPhone } from '../../vdi/desktop-phone.ts';
import { startEndpoint } from '../../vdi/endpoint.ts';
import { type Control, openControl } from '../control.ts';
import type { Open } from '../open.ts';
import { openUac, type Uac } from '../uac.ts';
import type { Way } from './ways.ts';

export const user = 'agent';

export interface LinkedPhone {
  uac: Uac;
  /** What its panel's event stream says. */
  panel: Pick<Phone, 'waitFor' | 'call'>;
  control: Control;
  /** Of the adapter, for SIP. */
  port: number;
}

interface Panel extends Pick<Phone, 'waitFor' | 'call'> {
  folder: string;
}

type Settings = Pick<Parameters<typeof startPhone>[0], 'lines' | 'settings'>;

const starters: Partial<Record<Way['name'], (open: Open, settings: Settings) => Promise<Panel>>> = {
  local: (open, settings) => open.keep(startPhone(settings)),
  dvc: (open, settings) => startInDesktop(open, settings, 'dynamic'),
  svc: (open, settings) => startInDesktop(open, settings, 'static'),
};

export const waysWithCalls: readonly string[] = Object.keys(starters);

async function startInDesktop(open: Open, settings: Settings, channel: 'dynamic' | 'static'): Promise<Panel> {
  const [desktop, screen] = [await open.keep(startDesktop()), await open.keep(startScreen())];
  const { folder: runtimeFolder } = await open.keep(startEndpoint({ hz: 1000 }));
  await open.keep(startClient({ desktop, screen, addIn: buildPlugin('freerdp2'), channel, runtimeFolder }));
  const panel = await open.keep(startDesktopPhone({ desktop, ...settings }));
  return { ...panel, folder: join(desktop.home, 'thinline') };
}

/** null: not with this way. */
export async function startLinked({ name }: Way, open: Open): Promise<LinkedPhone | null> {
  const start = starters[name];
  if (!start) return null;
  const uac = await openUac();
  open.later(() => uac.close());
  const port = await freePort();
  const ports = { 'policy.endpoint.sip_port_min': `${port}`, 'policy.endpoint.sip_port_max': `${port}` };
  const panel = await start(open, { lines: [{ user, server: uac.address, registerTimeout: 0 }], settings: ports });
  await panel.waitFor('the line is there', (it) => it.phone?.lines[0]?.state === 'STANDALONE', 30_000);
  const control = openControl(panel.folder);
  open.later(() => control.close());
  return { uac, panel, control, port };
}
