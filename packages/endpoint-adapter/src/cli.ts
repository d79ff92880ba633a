/** The program `thinline-adapter`: the endpoint adapter, its remote control, or what looks at this machine. */
// The control must answer at once: it loads nothing of the adapter.
if (process.argv[2] === 'ctl') await import('./local/ctl/main.ts');
else if (process.argv[2] === '--probe') await import('./probe.ts');
else await import('./main.ts');
