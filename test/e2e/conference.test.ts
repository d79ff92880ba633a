/** A conference of the agent and six far ends, with as many codecs as there are: who hears whom, as members come and leave. */
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codecs, loadCodecs, registryName } from '@thinline/endpoint-adapter/media/codecs/registry.ts';
import type { Call } from '@thinline/shared/contract/types.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../peers/until.ts';
import { type Phone, startPhone } from '../phone.ts';
import { type FarEnd, startFarEnd } from '../tools/far-end.ts';
import { median, toneLevels } from '../tools/tone.ts';

const agentRate = 48_000;
const agentHz = 1000;
/** None is near a harmonic of another, which codecs and the limiter add; all are of whole waves in the window. */
const farHz = [430, 560, 730, 870, 1190, 1370] as const;
/** Of each tone: seven at once are not too loud. */
const toneDbfs = -18;
/** A tone is there above this, and is not there below that. G.729 is made for one voice: of six tones it keeps some badly. */
const thereDbfs = toneDbfs - 16;
const absentDbfs = toneDbfs - 26;
/** Each 100 ms of it are listened to alone: where a little is played twice or not at all, a tone's phase jumps. */
const windowS = 0.5;

interface Member {
  hz: number;
  codec: string;
  far: FarEnd;
  line: string;
  call: Call | null;
}

let folder: string;
let phone: Phone;
const members: Member[] = [];

/** Six; those that this machine doesn't have are made up for by PCMU. */
async function codecNames(): Promise<string[]> {
  const here = (await loadCodecs(() => {}, codecs)).map(registryName);
  const wanted = ['PCMU', 'PCMA', 'G722', 'opus', 'G729', 'iLBC'];
  return wanted.map((name) => (here.includes(name) ? name : 'PCMU'));
}

/** A second of it is a whole number of waves. */
const tone = (hz: number, rate: number): Int16Array =>
  Int16Array.from({ length: rate }, (_, i) => 32_767 * 10 ** (toneDbfs / 20) * Math.sin((2 * Math.PI * hz * i) / rate));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thinline-conference-'));
  for (const [i, codec] of (await codecNames()).entries()) {
    const far = await startFarEnd({ codec });
    const hz = farHz[i] ?? 0;
    far.say(tone(hz, far.rate));
    far.answers();
    members.push({ hz, codec, far, line: `line${i}`, call: null });
  }
  phone = await startPhone({
    lines: members.map(({ far }) => ({ user: '701', server: far.address, registerTimeout: 0 })),
    audio: `virtual:in=tone:${agentHz}:${toneDbfs},out=file:${join(folder, 'ear.wav')}`,
    settings: {
      'codecs.enabled.audio': 'opus,G722,PCMA,PCMU,G729,iLBC',
      // Levels are measured, and a tone for minutes is what noise suppression is against.
      'policy.session.echo_control': '0',
      'policy.session.noise_suppression': '0',
    },
  });
  await phone.waitFor('the lines are there', ({ phone }) => phone?.lines.at(-1)?.state === 'STANDALONE');
});
afterAll(async () => {
  await phone?.stop();
  for (const { far } of members) await far.close();
  await rm(folder, { recursive: true, force: true });
});

const calls = (): readonly Call[] => phone.state().phone?.calls ?? [];

/** The agent calls it, over a line of its own. */
async function comes(member: Member): Promise<void> {
  const { callId } = JSON.parse(await phone.does('dial', member.far.user, '--line', member.line, '--json'));
  const isIt = (it: Call): boolean => it.id === callId && it.state === 'TALKING';
  await phone.waitFor(`${member.codec} talks`, (it) => it.phone?.calls.some(isIt) ?? false);
  member.call = calls().find(isIt) ?? null;
}

/** What the agent heard last, of a file that is still written. */
async function agentHears(): Promise<Int16Array> {
  const file = await open(join(folder, 'ear.wav'));
  try {
    const bytes = Buffer.alloc(windowS * agentRate * 2);
    const { size } = await file.stat();
    await file.read(bytes, 0, bytes.length, Math.max(44, size - bytes.length) & ~1);
    return Int16Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readInt16LE(2 * i));
  } finally {
    await file.close();
  }
}

/** The levels of all seven tones, the agent's first; dBFS. */
const levels = (sound: Int16Array, rate: number): number[] =>
  [agentHz, ...farHz].map((hz) => median(toneLevels(sound.subarray(-windowS * rate), hz, rate, 100)));

const shown = (of: readonly number[]): string => of.map((it) => it.toFixed(0).padStart(4)).join(' ');

/** Until what is heard is exactly these tones, of which one window was heard after this was asked. */
async function hears(who: string, listen: () => Promise<number[]>, tones: readonly number[]): Promise<number[]> {
  let last: number[] = [];
  const right = async (): Promise<boolean> => {
    last = await listen();
    return [agentHz, ...farHz].every((hz, i) => {
      const dbfs = last[i] ?? Number.NaN;
      return tones.includes(hz) ? dbfs > thereDbfs : dbfs < absentDbfs;
    });
  };
  await until(`${who} hears ${tones.join(', ')} Hz and nothing else`, right, 10_000, 100).catch((error: unknown) => {
    throw new Error(`${String(error)} It was ${shown(last)}.`);
  });
  return last;
}

/** Each of them hears all others and the agent, but not itself; the agent hears them all. */
async function allHear(joined: readonly Member[]): Promise<void> {
  const others = (own: Member): number[] => [agentHz, ...joined.filter((it) => it !== own).map(({ hz }) => hz)];
  const listen = async ({ far }: Member): Promise<number[]> => {
    await far.heard(far.heardMs() + windowS * 1000);
    return levels(far.samples(), far.rate);
  };
  const ofAgent = async (): Promise<number[]> => levels(await agentHears(), agentRate);
  const heard = await Promise.all([
    hears(
      'the agent',
      ofAgent,
      joined.map(({ hz }) => hz),
    ),
    ...joined.map((it) => hears(it.codec, () => listen(it), others(it))),
  ]);
  const names = ['agent', ...joined.map(({ codec }) => codec)];
  console.log(
    `${joined.length} far ends; dBFS of ${[agentHz, ...farHz].join(', ')} Hz:\n${heard.map((it, i) => `${shown(it)}  ${names[i]}`).join('\n')}`,
  );
}

/** s of processor time, all threads, by proc(5). */
async function cpuOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

test('all hear all others: two join, four come in, one hangs up, one is held', async () => {
  const [first, second, ...later] = members;
  if (!first || !second) throw new Error('unreachable: there are six');
  await comes(first);
  await comes(second);
  await phone.does('conference');
  await allHear([first, second]);
  for (const member of later) await comes(member);
  expect(members.map(({ call }) => call?.codec)).toEqual(members.map(({ codec }) => codec));
  expect(calls().map((it) => it.conference)).toEqual(members.map(() => true));
  await allHear(members);

  const pid = phone.state().phone?.endpoint?.pid ?? 0;
  const before = await cpuOf(pid);
  const since = performance.now();
  await first.far.heard(first.far.heardMs() + 5000);
  const share = (await cpuOf(pid)) - before;
  const passed = (performance.now() - since) / 1000;
  console.log(`adapter: ${((100 * share) / passed).toFixed(1)} % of a processor in ${passed.toFixed(1)} s`);

  const [leaves, held, ...stay] = [...members].reverse();
  if (!leaves || !held) throw new Error('unreachable: there are six');
  leaves.far.hangUp();
  await phone.waitFor('five calls', (it) => it.phone?.calls.length === 5);
  await allHear([held, ...stay]);
  await phone.does('hold', '--call', held.call?.id ?? '');
  await allHear(stay);
  await hears(`${held.codec}, held,`, async () => levels(held.far.samples(), held.far.rate), []);
});
