import { expect, it } from 'vitest';
import { readInstruction } from './instruction.ts';

it.each([
  [['check', 'a.config'], { verb: 'check', word: 'a.config', json: false }],
  [['check', '--json', 'a.config'], { verb: 'check', word: 'a.config', json: true }],
  [['diff', 'a.config', '--json'], { verb: 'diff', word: 'a.config', json: true }],
  [['explain', 'auto_answer'], { verb: 'explain', word: 'auto_answer', json: false }],
  [['init'], { verb: 'init', word: '', json: false }],
  [['init', 'b.config'], { verb: 'init', word: 'b.config', json: false }],
  [['policy', '--json'], { verb: 'policy', word: '', json: true }],
])('%j is understood', (args, instruction) => {
  expect(readInstruction(args)).toEqual(instruction);
});

it.each([[[]], [['--help']], [['check', '--help']]])('%j asks for help', (args) => {
  expect(readInstruction(args)).toBeNull();
});

it.each([
  [['sing'], 'There is no "config sing".'],
  [['check'], 'It is "config check FILE".'],
  [['diff'], 'It is "config diff FILE".'],
  [['explain'], 'It is "config explain SETTING".'],
  [['check', 'a', 'b'], '"config check" takes one word, not 2.'],
  [['init', '--json'], '"config init" takes no --json.'],
  [['policy', 'x'], 'It is "config policy".'],
  [['explain', 'x', '--json'], '"config explain" takes no --json.'],
  [['check', 'a', '--password', 'x'], "Unknown option '--password'"],
])('%j is refused: %s', (args, why) => {
  expect(() => readInstruction(args)).toThrow(
    expect.objectContaining({
      failure: expect.objectContaining({ code: 'TL6003', message: expect.stringContaining(why) }),
    }),
  );
});
