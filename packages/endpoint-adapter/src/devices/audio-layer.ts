/** `webrtc_audio_layer`: which devices stay open without a call. Layers 0 to 2 name drivers of Windows, and keep none. */

export function keptOpen(audioLayer: number): { capture: boolean; playback: boolean } {
  return { capture: audioLayer === 1000 || audioLayer === 3000, playback: audioLayer === 2000 || audioLayer === 3000 };
}
