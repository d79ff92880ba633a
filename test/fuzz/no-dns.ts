/** Nobody is asked about names: those that a fuzzer makes up are no one's business. To be imported before anything else. */
import dns from 'node:dns/promises';
import { syncBuiltinESMExports } from 'node:module';

const nothing = async (): Promise<never[]> => [];

class NoResolver {
  setServers(): void {}
  cancel(): void {}
  resolve4 = nothing;
  resolve6 = nothing;
  resolveNaptr = nothing;
  resolveSrv = nothing;
}

const notFound = async (name: string): Promise<never> => {
  throw Object.assign(new Error(`${name} is not looked up`), { code: 'ENOTFOUND' });
};

Object.assign(dns, { Resolver: NoResolver, lookup: notFound });
syncBuiltinESMExports();
