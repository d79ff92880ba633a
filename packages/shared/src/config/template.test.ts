import { expect, it } from 'vitest';
import { readConfigurationFile } from './configuration-file.ts';
import { differencesIn } from './differences.ts';
import { optionOf, options } from './options.ts';
import { readSoftphoneConfig } from './softphone-config.ts';
import { template } from './template.ts';

it('a new file is read without a word about its values, and configures no line', () => {
  const reading = readConfigurationFile(Buffer.from(template()));
  expect(reading).toMatchObject({ mistakes: [], notes: [], unknown: [], stop: null, configuration: { lines: [] } });
});

it('a new file has every option, explained once', () => {
  const file = readSoftphoneConfig(template());
  const there = new Set([...file.settings.keys()].map((path) => optionOf(path)?.path));
  const inSections = ['codecs.NAME.ptime', 'codecs.NAME.bitrate'];
  for (const { path, meaning } of options) {
    expect([path, template().split(`: ${meaning} `).length >= 2]).toEqual([path, true]);
    if (!path.endsWith(':N') && !inSections.includes(path)) expect(there).toContain(path);
  }
  expect(file.repeated).toEqual([]);
  expect(file.connectivities.map((it) => it.server)).toEqual([
    'SipServer0.domain.invalid:5060',
    'SipServer1.domain.invalid:5060',
  ]);
});

it('the differences of a new file are what it is meant to say other than the defaults', () => {
  const differences = differencesIn(readSoftphoneConfig(template()));
  const named = differences.filter((it) => !/^codecs\..*\//.test(it.path)).map((it) => optionOf(it.path)?.path);
  expect(named).toEqual(options.filter((it) => it.initial !== undefined).map((it) => it.path));
});

it('differences show no secret, no mistake and nothing unknown', () => {
  const settings = {
    'proxies.proxy0.password': 'hunter2',
    'proxies.proxy2.mailbox.password': '',
    'policy.session.auto_answer': 'yes',
    'policy.session.agc_mode': 'true',
    'policy.session.vad_level': '9',
    'policy.session.color': 'red',
    'system.telemetry.enable_metrics': '1',
  };
  const file = {
    connectivities: [],
    settings: new Map(Object.entries(settings).map(([path, value], index) => [path, { value, line: index + 1 }])),
    repeated: [],
  };
  expect(differencesIn(file)).toEqual([
    { path: 'proxies.proxy0.password', line: 1, value: null, usual: '', hasEffect: true },
    { path: 'policy.session.auto_answer', line: 3, value: '1', usual: '0', hasEffect: true },
    { path: 'system.telemetry.enable_metrics', line: 7, value: '1', usual: '0', hasEffect: false },
  ]);
});
