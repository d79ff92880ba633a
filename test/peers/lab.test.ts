/** The lab itself works: the peers that other tests rely on register, call and hear each other. */
import { afterEach, describe, expect, test } from 'vitest';
import { startLossyRelay } from '../tools/lossy-relay.ts';
import { level, longestGap, toneLevel } from '../tools/tone.ts';
import { startBaresip } from './baresip.ts';
import { startKamailio } from './kamailio.ts';
import { namespacesMissing, startBadLink } from './namespaces.ts';
import { labRate, startSoundLab } from './pulse.ts';
import { hasPeers } from './required.ts';

const open: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const it of open.splice(0).reverse()) await it.stop();
});
async function keep<T extends { stop(): Promise<unknown> }>(starting: Promise<T>): Promise<T> {
  const it = await starting;
  open.push(it);
  return it;
}

const users = [
  { user: 'alice', password: 'wonderland' },
  { user: 'bob', password: 'builder' },
] as const;

describe.skipIf(!hasPeers('pulseaudio', 'pacat', 'pactl'))('the sound lab', () => {
  test('what is played into a mouth is heard at its microphone, until the plug is pulled', async () => {
    const lab = await keep(startSoundLab());
    await keep(lab.playTone('mouthA', 440, -12));
    await lab.waitForTone('micA', 440, -13);
    expect(toneLevel(await lab.record('micA', 0.2), 1000, labRate)).toBeLessThan(-40);
    expect(level(await lab.record('micB', 0.2))).toBeLessThan(-60);

    await lab.unplug('micA');
    await expect(lab.record('micA', 0.1)).rejects.toThrow('micA');
    await lab.plugMicrophone('micA', 'mouthA', 'Headset A Microphone');
    expect(level(await lab.record('micA', 0.1))).toBeLessThan(-60);
  });
});

describe.skipIf(!hasPeers('kamailio', 'baresip', 'pulseaudio', 'pacat', 'pactl'))('two phones at a server', () => {
  test.each([
    { codec: 'pcmu', transport: 'udp' },
    { codec: 'opus', transport: 'tcp' },
  ] as const)('hear each other with $codec, SIP over $transport', async ({ codec, transport }) => {
    const lab = await keep(startSoundLab());
    const kamailio = await keep(startKamailio({ users }));
    const server = `${kamailio.host}:${kamailio.udpPort}`;
    const phone = (n: 0 | 1, side: 'A' | 'B') =>
      keep(
        startBaresip({
          ...users[n],
          server,
          transport,
          codecs: [codec],
          audio: { server: lab.server, source: `mic${side}`, player: `ear${side}` },
        }),
      );
    const alice = await phone(0, 'A');
    const bob = await phone(1, 'B');
    await Promise.all([alice.registered(), bob.registered()]);
    expect(await kamailio.registered('alice')).toBe(1);

    await alice.dial(`sip:bob@${server};transport=${transport}`);
    await bob.waitForEvent('CALL_INCOMING');
    await bob.accept();
    await alice.waitForEvent('CALL_ESTABLISHED');
    await keep(lab.playTone('mouthA', 440, -12));
    await lab.waitForTone('earB.monitor', 440, -20);
    const heard = await lab.record('earB.monitor', 1);
    // A machine with other work to do drops some of baresip's sound; half a second without any is a broken path.
    expect(longestGap(heard, 440, labRate, -40)).toBeLessThan(500);

    await alice.sendDigits('5');
    expect((await bob.waitForEvent('CALL_DTMF_START')).param).toBe('5');
    await alice.hangup();
    await bob.waitForEvent('CALL_CLOSED');
    await kamailio.waitForLog(/request BYE/);
  });

  test('a wrong password, an unknown number and a phone that is away are refused', async () => {
    const kamailio = await keep(startKamailio({ users }));
    const server = `${kamailio.host}:${kamailio.udpPort}`;
    await keep(startBaresip({ user: 'bob', password: 'burglar', server }));
    await kamailio.waitForLog(/refused REGISTER of bob/);
    expect(await kamailio.registered('bob')).toBe(0);

    const alice = await keep(startBaresip({ user: 'alice', password: 'wonderland', server }));
    await alice.registered();
    await alice.dial(`sip:nobody@${server}`);
    expect((await alice.waitForEvent('CALL_CLOSED')).param).toContain('404');
    await alice.dial(`sip:bob@${server}`);
    expect((await alice.waitForEvent('CALL_CLOSED')).param).toContain('480');
  });
});

describe.skipIf(!hasPeers('kamailio', 'baresip'))('a phone behind the lossy relay', () => {
  test('registers, is called and is hung up on through it', async () => {
    const kamailio = await keep(startKamailio({ users }));
    const server = { host: kamailio.host, port: kamailio.udpPort };
    const relay = await keep(startLossyRelay({ server, seed: 1 }));
    const alice = await keep(startBaresip({ ...users[0], server: `${server.host}:${server.port}` }));
    const bob = await keep(startBaresip({ ...users[1], server: `${relay.host}:${relay.port}` }));
    await Promise.all([alice.registered(), bob.registered()]);

    const before = relay.toClient.received;
    await alice.dial(`sip:bob@${server.host}:${server.port}`);
    await bob.waitForEvent('CALL_INCOMING');
    await bob.accept();
    await Promise.all([alice.waitForEvent('CALL_ESTABLISHED'), bob.waitForEvent('CALL_ESTABLISHED')]);
    await alice.hangup();
    await bob.waitForEvent('CALL_CLOSED');
    // INVITE, ACK and BYE at least.
    expect(relay.toClient.received - before).toBeGreaterThanOrEqual(3);
  });
});

describe.skipIf(namespacesMissing() !== null)('two hosts with a bad link', () => {
  const program = {
    echo: `const s=require('dgram').createSocket('udp4');s.on('message',(m,r)=>s.send(m,r.port,r.address));
      s.bind(9,'10.77.0.2',()=>console.log('ready'))`,
    send: `const s=require('dgram').createSocket('udp4');let heard=0,sent=0;s.on('message',()=>heard++);
      const timer=setInterval(()=>{s.send('x',9,'10.77.0.2');if(++sent===200){clearInterval(timer);
      setTimeout(()=>{console.log(heard);s.close()},300)}},2)`,
  };

  test('a quarter of the packets is lost each way, and none once that is switched off', async () => {
    const link = await startBadLink({ loss: 25, delay: 5 });
    try {
      const echo = await link.b.start(process.execPath, ['-e', program.echo]);
      await echo.waitForLine(/ready/);
      const heard = async () => Number(await link.a.exec([process.execPath, '-e', program.send]));
      const lossy = await heard();
      expect(lossy).toBeGreaterThan(75);
      expect(lossy).toBeLessThan(150);
      await link.change({ loss: 0 });
      expect(await heard()).toBe(200);
      await echo.stop();
    } finally {
      expect(await link.stop()).toMatch(/a->b \d+ packets, \d+ lost/);
    }
  });
});
