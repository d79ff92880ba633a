import { describe, expect, it } from 'vitest';
import { makeResponse } from '../message/response.ts';
import { makeUri } from '../message/uri.ts';
import { clientOver, openWire, placeAt } from '../testing/wire.ts';
import { Registrar } from './registrar.ts';

const contact = makeUri({ user: 'alice', host: '192.0.2.9', port: 5060 });

/** seen: what the server has noted in our Via. */
async function registered(seen: string) {
  const wire = openWire();
  const registrar = new Registrar({
    client: clientOver(wire),
    from: '<sip:alice@example.org>',
    registrar: makeUri({ host: 'example.org' }),
    contactParameters: () => '',
    patience: 4_000,
  });
  const answer = registrar.register(contact, 300, null);
  const ok = makeResponse(wire.last('REGISTER'), 200);
  for (const it of ok.fields) if (it.name === 'via') it.value = it.value.replace(';rport', seen);
  wire.layer.receive(ok, wire.flowTo(placeAt('192.0.2.1')));
  const result = await answer;
  wire.layer.close();
  return result.seen;
}

describe('where the server has seen us', () => {
  it.each([
    [';rport=40000;received=203.0.113.7', { address: '203.0.113.7', port: 40_000 }],
    [';received=203.0.113.7', { address: '203.0.113.7', port: 0 }],
    [';rport=40000', { address: '192.0.2.9', port: 40_000 }],
    ['', null],
    // No port that anybody could send to.
    [';rport=99999;received=203.0.113.7', { address: '203.0.113.7', port: 0 }],
    [';rport=5060.5;received=203.0.113.7', { address: '203.0.113.7', port: 0 }],
    [';rport=1e4;received=203.0.113.7', { address: '203.0.113.7', port: 0 }],
  ])('Via with "%s"', async (said, expected) => {
    expect(await registered(said)).toEqual(expected);
  });
});
