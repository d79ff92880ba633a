import { describe, expect, it } from 'vitest';
import { configurationFrom } from './configuration.ts';
import { findingText } from './finding.ts';

function read(settings: Record<string, string>) {
  const { configuration, mistakes, notes, idle } = configurationFrom({
    connectivities: [],
    settings: new Map(
      Object.entries(settings).map(([name, value], n) => [`system.diagnostics.${name}`, { value, line: n + 1 }]),
    ),
    repeated: [],
  });
  return { log: configuration.log, mistakes: mistakes.map(findingText), notes: notes.map(findingText), idle };
}

describe('what a file says of the log', () => {
  it('is the defaults where it says nothing', () => {
    expect(read({})).toEqual({
      log: {
        enabled: true,
        outputs: '',
        hideDtmf: false,
        level: 3,
        endpointLevel: 2,
        moduleLevels: '',
        segmentKb: 10_240,
        segmentHours: 0,
        expireFiles: 10,
        expireDays: 0,
        utc: false,
        timeFormat: 'time',
      },
      mistakes: [],
      notes: [],
      idle: [],
    });
  });

  it('is what it says', () => {
    const { log } = read({
      enable_logging: '0',
      log_file: 'stdout,Softphone.log',
      log_filter: 'DTMF',
      log_level: '4',
      log_options_endpoint: '5',
      log_options_provider: 'gsip=4',
      log_time_convert: 'UTC',
      log_time_format: 'iso8601',
    });
    expect(log).toMatchObject({
      enabled: false,
      outputs: 'stdout,Softphone.log',
      hideDtmf: true,
      level: 4,
      endpointLevel: 5,
      moduleLevels: 'gsip=4',
      utc: true,
      timeFormat: 'ISO8601',
    });
  });

  it.each([
    ['false', 0, 0],
    ['5', 5, 0],
    ['5 KB', 5, 0],
    ['20kb', 20, 0],
    ['2 MB', 2048, 0],
    ['999999 mb', 1_023_998_976, 0],
    ['12 hr', 0, 12],
  ])('segments: %s', (text, segmentKb, segmentHours) => {
    expect(read({ log_segment: text })).toMatchObject({ log: { segmentKb, segmentHours }, mistakes: [] });
  });

  it.each([
    ['false', 0, 0],
    ['1', 1, 0],
    ['1000 file', 1000, 0],
    ['7file', 7, 0],
    ['100 day', 0, 100],
    ['1 DAY', 0, 1],
  ])('expiry: %s', (text, expireFiles, expireDays) => {
    expect(read({ log_expire: text })).toMatchObject({ log: { expireFiles, expireDays }, mistakes: [] });
  });

  it.each([
    ['log_segment', '0', { segmentKb: 10_240 }],
    ['log_segment', '1 GB', { segmentKb: 10_240 }],
    ['log_expire', '0', { expireFiles: 10 }],
    ['log_expire', '1001', { expireFiles: 10 }],
    ['log_expire', '101 day', { expireFiles: 10 }],
    ['log_level', '5', { level: 3 }],
    ['log_options_endpoint', '6', { endpointLevel: 2 }],
    ['log_filter', 'names', { hideDtmf: false }],
    ['logger_type', 'syslog', {}],
  ])('%s "%s" is a mistake, told once', (name, text, log) => {
    const reading = read({ [name]: text });
    expect(reading.log).toMatchObject(log);
    expect(reading.mistakes).toHaveLength(1);
  });

  it('has a note where it does not do what one may think', () => {
    expect(read({ log_level: '1', log_options_endpoint: '4', log_options_provider: 'gsip=2,pjnt=3' }).notes).toEqual([
      'line 2: system.diagnostics.log_options_endpoint: 4 is above log_level; 1 is used.',
      'line 3: system.diagnostics.log_options_provider: "pjnt=3" is of no part of Thinline; it is left out.',
    ]);
    expect(read({ log_level: '1' }).notes).toEqual([]);
    expect(read({ log_level: '1', log_options_endpoint: '5' }).notes).toEqual([]);
  });
});
