// A kernel as a complete WGSL module, and its parameters as the words that the module reads. The executor and the tests share it.
import { InternalError } from "../diagnostics/internal-error.js";
import type { Kernel, KernelArguments } from "./kernel.js";

/** Threads of a workgroup. */
export const WORKGROUP_THREADS = 64;

/**
 * Full WGSL of a kernel, entry point `main`. Bindings of group 0: 0 the memory (read-write storage), 1 an array of Params
 * (read-only storage), 2 a uniform with the index of the first Params. Workgroup (x, y) runs threads x * 64 .. x * 64 + 63
 * of the instance with Params number first + y, so that several ranks can share one dispatch.
 */
export const shaderOf = (kernel: Kernel): string => `struct Params {
  threads: u32,
${kernel.params.map(({ name, type }) => `  ${name}: ${type},\n`).join("")}}

struct Launch {
  first: u32,
}

@group(0) @binding(0) var<storage, read_write> mem: array<u32>;
@group(0) @binding(1) var<storage, read> params: array<Params>;
@group(0) @binding(2) var<uniform> launch: Launch;

fn load(word: u32) -> f32 {
  return bitcast<f32>(mem[word]);
}

fn store(word: u32, value: f32) {
  mem[word] = bitcast<u32>(value);
}

fn load_u32(word: u32) -> u32 {
  return mem[word];
}

fn store_u32(word: u32, value: u32) {
  mem[word] = value;
}

${kernel.wgsl}
@compute @workgroup_size(${WORKGROUP_THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let index = launch.first + group.y;
  let thread = group.x * ${WORKGROUP_THREADS}u + local;
  if (thread < params[index].threads) {
    kernel(thread, params[index]);
  }
}
`;

/** Words of one Params of a kernel. */
export const paramsWords = (kernel: Kernel): number => 1 + kernel.params.length;

/** One Params of a kernel: its number of threads, then its arguments in the order of `params`. */
export function encodeParams(kernel: Kernel, args: KernelArguments): Uint32Array {
  const words = new Uint32Array(paramsWords(kernel));
  const floats = new Float32Array(words.buffer);
  words[0] = kernel.threads(args);
  kernel.params.forEach(({ name, type }, index) => {
    const value = args[name];
    if (value === undefined) throw new InternalError(`kernel ${kernel.name} lacks its argument \`${name}\``);
    (type === "f32" ? floats : words)[1 + index] = value;
  });
  return words;
}
