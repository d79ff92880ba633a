import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askAt } from '@thinline/shared/control-client.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ControlServer, serveControl } from './control-server.ts';
import { Desktop } from './desktop.ts';
import { FakeEndpoint } from './fakes.ts';
import { LocalPhone } from './local-phone.ts';

let folder: string;
let path: string;
let endpoint: FakeEndpoint;
let phone: LocalPhone;
let control: ControlServer | null;
let page: string | null;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adapter-control-'));
  path = join(folder, 'run', 'control.sock');
  endpoint = new FakeEndpoint();
  phone = new LocalPhone(endpoint, new Desktop());
  page = null;
  control = await serveControl({ phone, path, invite: () => page, log: silent });
});
afterEach(() => {
  control?.close();
  control = null;
  rmSync(folder, { recursive: true });
});

/** The code of the failure that it answers with. */
const refusal = (of: string, body?: unknown): Promise<string> =>
  askAt(path, of, body).then(
    () => 'done',
    (error: { failure?: { code: string } }) => error.failure?.code ?? String(error),
  );

describe.skipIf(process.platform === 'win32')('the control socket', () => {
  test('is for its owner alone', () => {
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'run')).mode & 0o777).toBe(0o700);
  });

  test('tells the state, and passes on what is to be done', async () => {
    endpoint.put('c1', { muted: true });
    expect(await askAt(path, '/state')).toEqual(phone.state);
    expect(await askAt(path, '/commands', { verb: 'hangup', callId: 'c1' })).toEqual({});
    expect(endpoint.executed).toEqual([{ hangUp: { callId: 'c1' } }]);
  });

  test('says why something cannot be done', async () => {
    endpoint.refusal = new FailureError('noSuchCall', { call: 'meant' });
    expect(await refusal('/commands', { verb: 'mute' })).toBe('TL3003');
    endpoint.refusal = new TypeError('broken');
    expect(await refusal('/commands', { verb: 'mute' })).toBe('TL9001');
    expect(await refusal('/commands', { verb: 'dial' })).toBe('TL6006');
    expect(await refusal('/nowhere')).toBe('TL6006');
    expect(await refusal('/events')).toBe('TL6006');
    expect(endpoint.executed).toEqual([]);
  });

  test('gives an address of the page, where there is one', async () => {
    expect(await refusal('/page', {})).toBe('TL6015');
    page = 'http://127.0.0.1:1/?token=x';
    expect(await askAt(path, '/page', {})).toEqual({ url: page });
  });

  test('takes JSON alone, and no more than a command has', async () => {
    const post = async (type: string, body: string) => {
      const call = request({ socketPath: path, path: '/commands', method: 'POST', headers: { 'content-type': type } });
      call.end(body);
      const [response] = await once(call, 'response');
      return response.resume().statusCode;
    };
    expect(await post('text/plain', '{"verb":"mute"}')).toBe(400);
    expect(await post('application/json', '{')).toBe(400);
    expect(await post('application/json', ' '.repeat(2_000))).toBe(400);
    const endless = connect(path, () => {
      endless.write('POST /commands HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n');
      endless.write('Transfer-Encoding: chunked\r\n\r\n');
      const more = () => endless.write(`1000\r\n${' '.repeat(4096)}\r\n`, (error) => error || more());
      more();
    });
    // Who still writes then hears of it as an error.
    endless.on('error', () => {}).resume();
    await new Promise<void>((resolve) => {
      endless.once('close', () => resolve());
    });
    expect(endpoint.executed).toEqual([]);
    expect(await askAt(path, '/state')).toEqual(phone.state);
  });

  test('addresses that are none lead nowhere', async () => {
    for (const address of ['//', '//[', 'http://[/', '*', '/state/../commands', '/%']) {
      const call = request({ socketPath: path, path: address });
      call.end();
      const [response] = await once(call, 'response');
      expect(response.resume().statusCode, address).toBe(404);
    }
  });

  test('of a living adapter is left to it, that of a dead one is not there', async () => {
    await expect(serveControl({ phone, path, invite: () => null, log: silent })).rejects.toThrow('TL6005');
    control?.close();
    control = null;
    expect(await refusal('/state')).toBe('TL6002');
  });

  test('something else that answers there is no adapter', async () => {
    control?.close();
    control = null;
    const other = createServer((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno'));
    await once(other.listen(path), 'listening');
    await expect(askAt(path, '/state')).rejects.toThrow('JSON');
    other.close();
  });
});
