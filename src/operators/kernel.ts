// What a kernel is: one function over the flat memory of a rank, as WGSL for the GPU and as TypeScript for the CPU backend.
// Both address the same memory by word offsets (4 bytes) and read the same parameters; neither knows ranks, plans or exchanges.

/** A parameter. `u32` holds sizes and word offsets; `f32` holds constants such as epsilon. */
export interface KernelParam {
  readonly name: string;
  readonly type: "u32" | "f32";
}

/** A rank's memory seen as floats and as integers: two views of the same bytes. */
export interface KernelMemory {
  readonly f32: Float32Array;
  readonly u32: Uint32Array;
}

export type KernelArguments = Readonly<Record<string, number>>;

/**
 * A kernel. Every operand of its part is a `u32` parameter of the same name that holds the word offset where the
 * operand's instance begins. Kernels write nothing but the outputs they declare and may not read what they write,
 * unless the operand is an update.
 */
export interface Kernel {
  readonly name: string;
  readonly params: readonly KernelParam[];
  /** Those parameters that hold operands. */
  readonly operands: readonly string[];
  /**
   * WGSL source of `fn kernel(thread: u32, p: Params)` and its helpers. The executor puts before it the struct `Params`
   * (the fields of `params`, in order) and the accessors `load(word) -> f32`, `store(word, value: f32)`,
   * `load_u32(word) -> u32`, `store_u32(word, value: u32)`. No barriers, no workgroup memory: threads are independent.
   */
  readonly wgsl: string;
  /** How many threads the arguments need; the WGSL function is called for each of 0 .. threads - 1. */
  threads(args: KernelArguments): number;
  /** The same in TypeScript, rounding to float32 wherever WGSL stores; runs all threads. */
  cpu(memory: KernelMemory, args: KernelArguments): void;
}
