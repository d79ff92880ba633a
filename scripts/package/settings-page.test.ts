import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configurationTemplate } from './configuration.ts';
import { type HalfName, halves, settingsOf } from './product.ts';
import { sampleSettings } from './sample-settings.ts';
import { settingsPage, settingsText } from './settings-page.ts';
import { shellSettings } from './shell-settings.ts';

test('the page says what the table says; "node scripts/package/settings-page.ts" makes it anew', () => {
  expect(readFileSync(settingsPage, 'utf8')).toBe(settingsText());
});

test('a new configuration has every place that installers fill in, once', () => {
  const text = configurationTemplate();
  for (const place of ['PORT', 'PROTOCOL', 'THUMBPRINT', 'CERTIFICATE']) {
    expect(text.split(`"@CONNECTOR_${place}@"`).length).toBe(2);
  }
});

test.each(Object.keys(halves) as HalfName[])('%s: no key or other name of it stands for two settings', (half) => {
  for (const system of ['windows', 'macos', 'linux', 'debian'] as const) {
    const names = settingsOf(half, system).flatMap((it) => [it.key, ...it.also]);
    expect(new Set(names).size).toBe(names.length);
  }
});

test('a sample names every setting, and sets none', () => {
  const sample = sampleSettings('app', 'windows');
  for (const { key } of settingsOf('app', 'windows')) expect(sample).toContain(`\n;${key}=`);
  expect(sample.split('\n').filter((line) => !/^(;|\[|$)/.test(line))).toEqual([]);
});

test('shells take each value of a list as it is written', () => {
  const text = shellSettings('app', 'macos');
  expect(text).toContain('selfsigned) value=SelfSigned ;;');
  expect(text).toContain('https | securedcommunication)');
});
