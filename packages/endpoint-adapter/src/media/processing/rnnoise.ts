/** Strong noise suppression: RNNoise (Valin, "A Hybrid DSP/Deep Learning Approach", MMSP 2018) by @echogarden/rnnoise-wasm. */
import { frameSamples } from '../../audio/driver.ts';
import type { Stage } from './stage.ts';

export interface RnnoiseEngine {
  make(): Stage;
}

const bytesPerSample = 4;

/** Rejects where the package is missing. */
export async function loadRnnoise(): Promise<RnnoiseEngine> {
  const { default: open } = await import('@echogarden/rnnoise-wasm');
  const module = await open();
  return {
    make: () => {
      const state = module._rnnoise_create(0);
      const sound = module._malloc(frameSamples * bytesPerSample);
      const start = sound / bytesPerSample;
      let isOpen = true;
      return {
        process: (frame) => {
          if (!isOpen) return;
          // Not kept: WebAssembly's memory is another array after it has grown.
          const heap = module.HEAPF32;
          for (let i = 0; i < frameSamples; i++) heap[start + i] = frame[i] ?? 0;
          module._rnnoise_process_frame(state, sound, sound);
          for (let i = 0; i < frameSamples; i++) {
            frame[i] = Math.max(-32_768, Math.min(32_767, Math.round(heap[start + i] ?? 0)));
          }
        },
        close: () => {
          if (!isOpen) return;
          isOpen = false;
          module._rnnoise_destroy(state);
          module._free(sound);
        },
      };
    },
  };
}
