/** The program `thinline`: the app layer, its remote control, what opens links, or what looks at files and at this machine. */
const [, , verb] = process.argv;
// The control and the links must answer at once: they load nothing of the app layer.
if (verb === 'ctl') await import('./ctl/main.ts');
else if (verb === 'open') await import('./open/main.ts');
else if (verb === 'config') await import('./config/main.ts');
else if (verb === 'certificate') await import('./certificate/main.ts');
else if (verb === '--probe') await import('./probe.ts');
else await import('./main.ts');
