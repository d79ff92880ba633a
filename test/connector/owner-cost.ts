/**
 * What it costs to find out whose a connection is, by the rows of the table. In a network namespace of its own there are
 * no others: unshare -n sh -c "ip link set lo up; node test/connector/owner-cost.ts"
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { linux } from '@thinline/app-layer/http/owner-linux.ts';
import { peerOf } from '@thinline/app-layer/http/peer-address.ts';

const lookUps = 300;

async function measure(rows: number): Promise<void> {
  const accepted: Socket[] = [];
  const server = createServer((socket) => accepted.push(socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const sockets: Socket[] = [];
  // A connection has two rows here, one for each end.
  while (sockets.length < rows / 2) sockets.push(connect(port, '127.0.0.1'));
  while (accepted.length < sockets.length) await once(server, 'connection');
  const took: number[] = [];
  const before = process.cpuUsage();
  for (let turn = 0; turn < lookUps; turn += 1) {
    const socket = accepted[turn % accepted.length];
    const peer = socket && peerOf(socket);
    const start = performance.now();
    if (!peer || (await linux.ownerOf(peer)) !== 'own') throw new Error('it was not found');
    took.push((performance.now() - start) * 1000);
  }
  const { user, system } = process.cpuUsage(before);
  took.sort((one, other) => one - other);
  const at = (part: number): string => (took[Math.floor(part * lookUps)] ?? 0).toFixed(0);
  const cpu = ((user + system) / lookUps).toFixed(0);
  console.log(`${rows} rows: ${at(0.5)} µs (p50), ${at(0.99)} µs (p99); ${cpu} µs of CPU`);
  for (const socket of [...sockets, ...accepted]) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
}

const sizes = process.argv.slice(2).map(Number);
for (const rows of sizes.length > 0 ? sizes : [10, 2000]) await measure(rows);
