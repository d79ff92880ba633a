/**
 * For packages: built below `out` with that compiler, for Windows by mingw-w64, else for Linux systems with an older C library.
 * Returns the addon; throws CannotBuild.
 */
export function buildShippedAudio(out: string, compiler: string): string;

/** Files that decide what buildShippedAudio makes. */
export function shippedAudioInputs(): string[];
