import { describe, expect, it } from 'vitest';
import { readModuleLevels } from './module-levels.ts';

const read = (text: string) => {
  const { levels, unknown } = readModuleLevels(text);
  return { levels: Object.fromEntries(levels), unknown };
};

describe('levels of modules', () => {
  it.each([
    ['', {}],
    ['gsip=2,webrtc=(error,critical)', { sip: 'warning', media: 'error' }],
    ['gsip=2, webrtc=(error,critical)', { sip: 'warning', media: 'error' }],
    [' GSIP = 4 ,', { sip: 'debug' }],
    ['webrtc=( warning , state,api )', { media: 'info' }],
    ['rtpt=critical', { media: 'fatal' }],
    ['rtpt=0,webrtc=debug', { media: 'debug' }],
    ['gsept=3', { call: 'info', alerts: 'info' }],
    [
      'call=1,sip=4,alerts=2,media=info,channel=debug',
      { call: 'error', sip: 'debug', alerts: 'warning', media: 'info', channel: 'debug' },
    ],
  ])('of "%s"', (text, levels) => {
    expect(read(text)).toEqual({ levels, unknown: [] });
  });

  it.each([
    ['pjnt=2', ['pjnt=2']],
    ['gsip=5', ['gsip=5']],
    ['gsip', ['gsip']],
    ['gsip=', ['gsip=']],
    ['webrtc=(error,loud)', ['webrtc=(error,loud)']],
    ['webrtc=()', ['webrtc=()']],
    ['webrtc=(error', ['webrtc=(error']],
    ['constructor=2,__proto__=2', ['constructor=2', '__proto__=2']],
  ])('of "%s" has entries that say nothing to us', (text, unknown) => {
    expect(read(`${text},sip=1`)).toEqual({ levels: { sip: 'error' }, unknown });
  });

  it('are bounded, and read in no time', () => {
    expect(read('x=1,'.repeat(1000)).unknown).toHaveLength(32);
    const before = performance.now();
    for (const text of ['(', ')', ',', '(,', 'gsip=(', 'a,(']) read(`${text.repeat(200_000)})`);
    expect(performance.now() - before).toBeLessThan(1500);
  });
});
