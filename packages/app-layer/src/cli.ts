/** The program `thinline`: the app layer, its remote control, or what looks at configuration files. */
const [, , verb] = process.argv;
// The control must answer at once: it loads nothing of the app layer.
if (verb === 'ctl') await import('./ctl/main.ts');
else if (verb === 'config') await import('./config/main.ts');
else await import('./main.ts');
