/** The sound drivers in order of preference, and which of them is used. */
import { FailureError } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import type { AudioDriver, DriverRecord } from './driver.ts';
import { miniaudio } from './drivers/miniaudio.ts';
import { portaudio } from './drivers/portaudio.ts';
import { virtual } from './drivers/virtual.ts';

export const drivers: readonly DriverRecord[] = [miniaudio, portaudio, virtual];

export interface ChosenDriver {
  driver: AudioDriver;
  /** One sentence for people: which, and why this one. */
  reason: string;
}

const labelled = (driver: AudioDriver): string => (driver.backend ? `${driver.name} (${driver.backend})` : driver.name);

function make(record: DriverRecord, options: string): AudioDriver {
  try {
    return record.make(options);
  } catch (error) {
    throw new FailureError('usage', { detail: error instanceof Error ? error.message : String(error) });
  }
}

/**
 * Chooses the driver. `wanted` is the value of `--audio`: `NAME` or `NAME:options`; undefined leaves the choice to the
 * order of preference. A wanted driver that doesn't work here is replaced by silence, never by another device.
 * Rejects with FailureError usage for a name or options that make no sense.
 */
export async function chooseDriver(wanted: string | undefined, log: Log, records = drivers): Promise<ChosenDriver> {
  const chosen = await (wanted === undefined ? firstAvailable(records) : theWanted(wanted, records));
  log.info(`sound: ${chosen.reason}`);
  return chosen;
}

async function firstAvailable(records: readonly DriverRecord[]): Promise<ChosenDriver> {
  const refused: string[] = [];
  for (const record of records) {
    if (record.name === 'virtual') continue;
    const driver = make(record, '');
    const why = await driver.unavailable();
    if (why === null)
      return { driver, reason: [`${labelled(driver)}; the first that works here`, ...refused].join('; ') };
    driver.close();
    refused.push(`${record.name} does not work: ${why}`);
  }
  return silence(records, refused);
}

/** Splits the value of `--audio`. Throws FailureError usage for a name that isn't in the registry. */
export function readWanted(wanted: string, records = drivers): { record: DriverRecord; options: string } {
  const [name = ''] = wanted.split(':', 1);
  const record = records.find((each) => each.name === name);
  if (!record) {
    const names = records.map((each) => each.name).join(', ');
    throw new FailureError('usage', { detail: `There is no sound driver "${name}"; choose one of ${names}.` });
  }
  return { record, options: wanted.slice(name.length + 1) };
}

async function theWanted(wanted: string, records: readonly DriverRecord[]): Promise<ChosenDriver> {
  const { record, options } = readWanted(wanted, records);
  const driver = make(record, options);
  const why = await driver.unavailable();
  if (why === null) return { driver, reason: `${labelled(driver)}; asked for with --audio` };
  driver.close();
  return silence(records, [`${record.name}, which --audio asks for, does not work: ${why}`]);
}

function silence(records: readonly DriverRecord[], refused: string[]): ChosenDriver {
  const record = records.find((each) => each.name === 'virtual');
  if (!record) throw new Error('the registry has no virtual driver');
  return { driver: make(record, ''), reason: `virtual: silence only, because ${refused.join('; ')}` };
}
