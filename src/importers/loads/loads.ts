// Expert loads, whoever wrote them: how many tokens chose each expert of each layer, window by window.

export type LoadsFormat = "matrix" | "windows" | "megatron" | "sglang" | "vllm";

export interface ReadLoads {
  readonly format: LoadsFormat;
  /** [window][layer][expert] tokens that chose it. At least one window; all of one shape. */
  readonly windows: readonly (readonly (readonly number[])[])[];
  /** Experts of each token, where the input tells. */
  readonly topK?: number;
  /** [layer] experts of tokens seen, `topK` for each token, where the input is a routing trace. */
  readonly tokens?: readonly Int32Array[];
}
