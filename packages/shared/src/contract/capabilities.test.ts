import { describe, expect, it } from 'vitest';
import { capabilities, capabilitiesFrom, capabilityNames } from './capabilities.ts';
import { contract } from './service.ts';

const fieldsOfCommand = (): string[] => {
  const { type } = contract.Command;
  return 'field' in type && Array.isArray(type.field) ? type.field.map((field) => String(field.name)) : [];
};

describe('capabilities', () => {
  it('are the fields of the body of Command', () => {
    expect(['id', 'sessionId', ...capabilityNames].toSorted()).toEqual(fieldsOfCommand().toSorted());
  });

  it('say since when', () => {
    for (const name of capabilityNames) {
      expect(capabilities[name].version).toMatch(/^\d+\.\d+\.\d+$/);
      expect(capabilities[name].protocol).toBeGreaterThan(0);
    }
  });
});

describe('an endpoint', () => {
  it('that announces nothing can do what protocol 1 can', () => {
    expect([...capabilitiesFrom([])]).toEqual(capabilityNames.filter((name) => capabilities[name].protocol === 1));
  });

  it('can do what it announces, of what we know', () => {
    expect([...capabilitiesFrom(['dial', 'teleport', 'toString', 'hangUp'])]).toEqual(['dial', 'hangUp']);
  });
});
