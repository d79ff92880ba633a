#!/usr/bin/env node
import { run } from '../../shared/bin/run.mjs';

await run(new URL('../src/cli.ts', import.meta.url));
