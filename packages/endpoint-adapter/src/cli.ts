/** The program `thinline-adapter`: the endpoint adapter, or its remote control. */
// The control must answer at once: it loads nothing of the adapter.
if (process.argv[2] === 'ctl') await import('./local/ctl/main.ts');
else await import('./main.ts');
