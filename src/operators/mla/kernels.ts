// The kernels that only mla has. They compute the absorbed form: keys and values are never made of the cached latents.
import { defineKernel, rowsOf } from "../kernels/define.js";
import ropeSource from "../kernels/rope.wgsl";
import tileSource from "../kernels/tile.wgsl";
import { absorb as absorbOnCpu } from "./absorb.cpu.js";
import absorbSource from "./absorb.wgsl";
import { cache as cacheOnCpu } from "./cache.cpu.js";
import cacheSource from "./cache.wgsl";
import { query as queryOnCpu } from "./query.cpu.js";
import querySource from "./query.wgsl";
import { value as valueOnCpu } from "./value.cpu.js";
import valueSource from "./value.wgsl";

/** latent [rows, latent_width], of which the first q_rank components, normed, times w [q_rank, n]; x [rows, width] times w [width, n] where q_rank is 0. */
export const queryKernel = defineKernel({
  name: "mla_query",
  operands: ["x", "latent", "gain", "w", "out"],
  sizes: ["row_begin", "row_end", "width", "q_rank", "latent_width", "n"],
  constants: ["epsilon"],
  wgsl: tileSource + querySource,
  threads: (p) => Math.ceil(rowsOf(p) / 4) * Math.ceil(p.n / 8),
  cpu: queryOnCpu,
});

/** latent [rows, q_rank + kv_rank + rope] to the rows' places in state [sequences, context + length, kv_rank + rope]. */
export const cacheKernel = defineKernel({
  name: "mla_cache",
  operands: ["latent", "gain", "state"],
  sizes: ["row_begin", "row_end", "length", "context", "q_rank", "kv_rank", "rope"],
  constants: ["theta", "epsilon"],
  wgsl: ropeSource + cacheSource,
  threads: rowsOf,
  cpu: cacheOnCpu,
});

/** q [rows, heads, nope + rope] by w_uk [kv_rank, heads, nope] to out [rows, heads, kv_rank + rope]. */
export const absorbKernel = defineKernel({
  name: "mla_absorb",
  operands: ["q", "w_uk", "out"],
  sizes: ["row_begin", "row_end", "length", "context", "heads", "kv_rank", "nope", "rope"],
  constants: ["theta"],
  wgsl: ropeSource + tileSource + absorbSource,
  threads: (p) => Math.ceil(rowsOf(p) / 4) * p.heads * (Math.ceil(p.kv_rank / 4) + 1),
  cpu: absorbOnCpu,
});

/** latent [rows, heads, kv_rank] by w_uv [kv_rank, heads, value] to out [rows, heads, value]. */
export const valueKernel = defineKernel({
  name: "mla_value",
  operands: ["latent", "w_uv", "out"],
  sizes: ["row_begin", "row_end", "heads", "kv_rank", "value"],
  wgsl: tileSource + valueSource,
  threads: (p) => Math.ceil(rowsOf(p) / 4) * p.heads * Math.ceil(p.value / 4),
  cpu: valueOnCpu,
});
