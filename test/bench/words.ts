/** The words behind a benchmark's name, as NAME=VALUE,VALUE. */

/** Its message is a sentence for people. */
export class WrongWord extends Error {}

/** The values of each name that is given; every one has at least one. `choices` says what there is. */
export function readWords(
  words: readonly string[],
  names: readonly string[],
  choices: string,
): ReadonlyMap<string, readonly string[]> {
  const given = new Map<string, readonly string[]>();
  for (const word of words) {
    const [name = '', values = ''] = word.split('=');
    if (!names.includes(name) || values === '') {
      throw new WrongWord(`"${word}" is not understood; there is ${choices}.`);
    }
    given.set(name, values.split(','));
  }
  return given;
}

export function numbersOf(values: readonly string[], name: string, from: number, to: number): number[] {
  return values.map((text) => {
    const value = Number(text);
    if (text === '' || !(value >= from && value <= to)) {
      throw new WrongWord(`"${text}" is no ${name}; that is a number from ${from} to ${to}.`);
    }
    return value;
  });
}

export function oneOfEach<T extends string>(values: readonly string[], known: readonly T[]): T[] {
  return values.map((text) => {
    const found = known.find((it) => it === text);
    if (found === undefined) throw new WrongWord(`"${text}" is none of ${known.join(', ')}.`);
    return found;
  });
}
