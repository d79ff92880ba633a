import type { ExecFileSyncOptions } from 'node:child_process';

export class CannotBuild extends Error {}
export function run(program: string, args: readonly string[], options?: ExecFileSyncOptions): void;
export function reason(error: unknown): string;
export function inFolder<T>(name: string, work: (folder: string) => T): T;
export function findCompiler(): string;
