// Expert loads, whoever wrote them: how many tokens chose each expert of each layer, window by window.

export type LoadsFormat = "matrix" | "windows" | "megatron" | "sglang" | "vllm";

export interface ReadLoads {
  readonly format: LoadsFormat;
  /**
   * [window][layer][expert] tokens that chose it. At least one window; all of one shape. Steps of a recorder are summed to at
   * most 64 windows of equally many steps, and so are more windows than that; the last may have fewer, and windows without any
   * token are left out. Layers are those of the input in the order of their numbers, those of multi-token prediction behind
   * the decoder's.
   */
  readonly windows: readonly (readonly (readonly number[])[])[];
  /** How many steps or windows of the input a window is the sum of, where that is more than one. */
  readonly stepsPerWindow?: number;
  /** Experts of each token, where the input tells. */
  readonly topK?: number;
  /**
   * [layer] experts of tokens seen, `topK` for each token, where the input is a routing trace: an even sample of at most 8192
   * tokens a layer, none where none chose all `topK`. Loads count all tokens.
   */
  readonly tokens?: readonly Int32Array[];
}

export interface ReadOptions {
  /** Experts of a layer: a trace shows only those that some token chose. */
  readonly experts?: number;
}
