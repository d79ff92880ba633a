/** `webrtc_audio_layer`: whether the devices stay open without a call. Layers 0 to 2 name drivers of Windows, and keep none. */

/** 1000 asks for the microphone, 2000 for the loudspeaker, 3000 for both: they are opened together, so both stay open. */
export const keepsOpen = (audioLayer: number): boolean => [1000, 2000, 3000].includes(audioLayer);
