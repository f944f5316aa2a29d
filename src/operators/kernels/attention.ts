// Attention of the queries of a step to a cache that already holds the step's own rows.
import { attention as attentionOnCpu } from "./attention.cpu.js";
import source from "./attention.wgsl";
import { defineKernel, rowsOf } from "./define.js";
import tileSource from "./tile.wgsl";

/**
 * q [rows, heads * key_dim], rows being `length` new positions of one sequence after another; state [sequences,
 * context + length, state_width], where kv head h has its key at h * key_dim and its value at value_begin + h * value_dim;
 * out [rows, heads * value_dim]. Position context + t sees 0 .. context + t.
 */
export const attention = defineKernel({
  name: "attention",
  operands: ["q", "state", "out"],
  sizes: [
    "row_begin",
    "row_end",
    "length",
    "context",
    "heads",
    "kv_heads",
    "key_dim",
    "value_dim",
    "state_width",
    "value_begin",
  ],
  constants: ["scale"],
  wgsl: tileSource + source,
  threads: (p) => rowsOf(p) * p.heads * Math.ceil(p.value_dim / 32),
  cpu: attentionOnCpu,
});
