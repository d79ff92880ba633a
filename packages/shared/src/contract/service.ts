/** The contract's service, loaded from proto/: what gRPC needs at run time. */
import { join } from 'node:path';
import { loadPackageDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type { ProtoGrpcType } from './generated/session.ts';

/** The protocol versions that this build speaks, both ends included. */
export const protocol = { min: 1, max: 2 } as const;

/** Nothing on the link is larger than a snapshot; a peer that sends more is broken. */
export const longestMessage = 1 << 20;

const protoFolder = join(import.meta.dirname, '../../../../proto');

const definition = loadSync('thinline/v1/session.proto', {
  includeDirs: [protoFolder],
  longs: Number,
  enums: String,
  defaults: true,
  oneofs: true,
  arrays: true,
});

export const contract = (loadPackageDefinition(definition) as unknown as ProtoGrpcType).thinline.v1;
