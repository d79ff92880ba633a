/** What of the sources becomes which codec. Paths are relative to the folder `webrtc` of the sources. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ilbcFunctions } from '@thinline/endpoint-adapter/media/codecs/ilbc.ts';
import { isacFunctions } from '@thinline/endpoint-adapter/media/codecs/isac.ts';

/** The source package of Debian that has both codecs, under a licence of three clauses (BSD). */
export const sourcePackage = 'qtwebengine-opensource-src';
/** In its archive, these folders lie here. */
export const inArchive = 'src/3rdparty/chromium/third_party';
export const neededFolders = [
  'webrtc/modules/audio_coding/codecs/ilbc',
  'webrtc/modules/audio_coding/codecs/isac',
  'webrtc/modules/third_party/fft',
  'webrtc/common_audio/signal_processing',
  'webrtc/common_audio/third_party',
  'webrtc/rtc_base',
  'abseil-cpp/absl',
];
/** All of them end up beside what is built. */
export const licences = [
  'webrtc/LICENSE',
  'webrtc/PATENTS',
  'webrtc/modules/third_party/fft/LICENSE',
  'webrtc/common_audio/third_party/spl_sqrt_floor/LICENSE',
  'abseil-cpp/LICENSE',
];

export interface Recipe {
  codec: 'ilbc' | 'isac';
  folder: string;
  /** Beside those of the folder. */
  files: readonly string[];
  /** Names in C of what we call. */
  functions: readonly string[];
  /** For one session's encoder and decoder, and all that the codec has on its stack. */
  memoryBytes: number;
}

const megabyte = 1024 * 1024;

/** own: the folder of our additions. */
export const recipes = (own: string): readonly Recipe[] => [
  {
    codec: 'ilbc',
    folder: 'modules/audio_coding/codecs/ilbc',
    files: [join(own, 'conceal-ilbc.c')],
    functions: ilbcFunctions,
    memoryBytes: megabyte,
  },
  {
    codec: 'isac',
    folder: 'modules/audio_coding/codecs/isac/main/source',
    files: ['modules/third_party/fft/fft.c'],
    functions: isacFunctions,
    memoryBytes: megabyte,
  },
];

const signalProcessing = 'common_audio/signal_processing';
const shared = [
  `${signalProcessing}/dot_product_with_scale.cc`,
  'common_audio/third_party/spl_sqrt_floor/spl_sqrt_floor.c',
];

/** Files in C of a folder, without those for other processors. */
function cFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.c') && !/_(mips|neon|arm)/.test(name))
    .sort()
    .map((name) => `${folder}/${name}`);
}

/** Everything that emcc is given, to be run in `webrtc`. */
export function compilerArguments(
  { codec, folder, files, functions, memoryBytes }: Recipe,
  root: string,
  own: string,
  out: string,
): string[] {
  return [
    '-O3',
    '-DNDEBUG',
    '-DWEBRTC_POSIX',
    '-I.',
    '-I../abseil-cpp',
    join(own, 'fatal.cc'),
    ...files,
    ...cFiles(root, folder),
    ...cFiles(root, signalProcessing),
    ...shared,
    '-sMODULARIZE=1',
    `-sEXPORT_NAME=${codec}`,
    '-sSINGLE_FILE=1',
    '-sENVIRONMENT=node',
    '-sFILESYSTEM=0',
    '-sNODEJS_CATCH_EXIT=0',
    '-sNODEJS_CATCH_REJECTION=0',
    '-sTOTAL_STACK=262144',
    `-sINITIAL_MEMORY=${memoryBytes}`,
    `-sEXPORTED_FUNCTIONS=${['malloc', ...functions].map((name) => `_${name}`).join(',')}`,
    '-o',
    out,
  ];
}
