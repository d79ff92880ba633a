import { describe, expect, it } from 'vitest';
import { readAlertInfo } from './alert-info.ts';

describe('Alert-Info', () => {
  it.each([
    ['<urn:alert:service:3pcc@genesys>'],
    ['<URN:Alert:Service:3PCC@genesys>'],
    ['<file://null>;service=3pcc'],
    ['<file://null>'],
    ['<http://ring.example>;service = 3pcc'],
    ['<urn:alert:source:internal>, <file://NULL>'],
  ])('suppresses ringing: %s', (value) => {
    expect(readAlertInfo([value]).suppressed).toBe(true);
  });

  it.each([
    ['<urn:alert:source:external>', 'urn:alert:source:external'],
    ['<http://127.0.0.1>;info=Bellcore-dr2', 'Bellcore-dr2'],
    ['<http://127.0.0.1>;info="two words"', 'two words'],
    ['http://example.com/ring.wav;x=y', 'http://example.com/ring.wav'],
    ['Bellcore-dr3', 'Bellcore-dr3'],
    ['info=queue-priority', 'queue-priority'],
    [';info=queue-priority;', 'queue-priority'],
    ['<urn:alert:service:normal>, <urn:alert:priority:high>', 'urn:alert:service:normal'],
    [
      '<http://localhost/AutoAnswer>;delay=0;info=alert-autoanswer, <urn:alert:priority:high>',
      'urn:alert:priority:high',
    ],
    ['Auto Answer', ''],
    ['', ''],
    ['<>', ''],
  ])('rings for %s with %j', (value, ring) => {
    expect(readAlertInfo([value])).toEqual({ suppressed: false, ring });
  });

  it('names no ring tone where there is no field, and takes the first of several', () => {
    expect(readAlertInfo([])).toEqual({ suppressed: false, ring: '' });
    expect(readAlertInfo(['<urn:a:1>', '<urn:a:2>']).ring).toBe('urn:a:1');
    expect(readAlertInfo([`<urn:${'x'.repeat(1_000)}>`]).ring).toHaveLength(256);
  });
});
