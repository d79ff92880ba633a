/** What is used of @echogarden/rnnoise-wasm 0.2.0, which comes without types. */
declare module '@echogarden/rnnoise-wasm' {
  interface RnnoiseModule {
    readonly HEAPF32: Float32Array;
    _malloc(bytes: number): number;
    _free(address: number): void;
    /** 0: the network that is built in. */
    _rnnoise_create(model: number): number;
    _rnnoise_destroy(state: number): void;
    _rnnoise_process_frame(state: number, out: number, sound: number): number;
  }
  export default function open(): Promise<RnnoiseModule>;
}
