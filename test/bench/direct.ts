/** Our phone and baresip, each with a bare SIP end as its server: no proxy adds to what is measured. */
import { startBaresip } from '../peers/baresip.ts';
import { freePort } from '../peers/ports.ts';
import { startPhone } from '../phone.ts';
import { openControl } from './control.ts';
import type { Open } from './open.ts';
import { openUac } from './uac.ts';

export const users = { thinline: 'agent', baresip: 'peer' } as const;

export async function startDirect(open: Open) {
  const uac = await openUac();
  open.later(() => uac.close());
  const port = await freePort();
  const phone = await open.keep(
    startPhone({
      lines: [{ user: users.thinline, server: uac.address, registerTimeout: 0 }],
      sipPorts: { min: port, max: port },
    }),
  );
  await phone.waitFor('the line is there', (it) => it.phone?.lines[0]?.state === 'STANDALONE');
  const control = openControl(phone.folder);
  open.later(() => control.close());
  const baresip = await open.keep(
    startBaresip({
      user: users.baresip,
      password: '',
      server: uac.address,
      codecs: ['pcmu'],
      register: false,
      autoAnswer: true,
    }),
  );
  return { uac, phone, port, control, baresip };
}
