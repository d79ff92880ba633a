/** The program `thinline`: the app layer, or its remote control. */
const [, , verb] = process.argv;
// The control must answer at once: it loads nothing of the app layer.
if (verb === 'ctl') await import('./ctl/main.ts');
else await import('./main.ts');
