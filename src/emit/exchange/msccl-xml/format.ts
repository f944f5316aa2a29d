// An algorithm of MSCCL as its XML has it, and how it is printed. The parsers of MSCCL are written by hand: one space between
// attributes, none before a closing slash, no prolog.
import type { Buffer } from "../moves.js";

export interface Step {
  readonly type: "s" | "r" | "cpy" | "nop";
  readonly srcbuf: Buffer;
  readonly srcoff: number;
  readonly dstbuf: Buffer;
  readonly dstoff: number;
  /** Chunks. */
  readonly cnt: number;
  /** Thread block and step of the same GPU that this waits for; -1 for none. */
  readonly depid: number;
  readonly deps: number;
  /** Whether another step waits for this one. */
  readonly hasdep: 0 | 1;
}

export interface ThreadBlock {
  readonly id: number;
  /** Peers, -1 for none. */
  readonly send: number;
  readonly recv: number;
  readonly chan: number;
  readonly steps: readonly Step[];
}

export interface XmlGpu {
  readonly id: number;
  readonly i_chunks: number;
  readonly o_chunks: number;
  readonly s_chunks: number;
  readonly blocks: readonly ThreadBlock[];
}

export interface Algorithm {
  readonly name: string;
  readonly nchannels: number;
  readonly nchunksperloop: number;
  /** Bytes of a buffer with all of its chunks: what it is selected by. */
  readonly bytes: number;
  readonly gpus: readonly XmlGpu[];
}

export function printAlgorithm({ name, nchannels, nchunksperloop, bytes, gpus }: Algorithm): string {
  const head = {
    name,
    proto: "Simple",
    nchannels,
    nchunksperloop,
    ngpus: gpus.length,
    coll: "alltoall",
    inplace: 0,
    outofplace: 1,
    minBytes: bytes,
    maxBytes: bytes,
  };
  const lines = [`<algo${attributes(head)}>`];
  for (const { blocks, ...gpu } of gpus) {
    lines.push(`  <gpu${attributes(gpu)}>`);
    for (const { steps, ...block } of blocks) {
      lines.push(`    <tb${attributes(block)}>`);
      steps.forEach((step, s) => lines.push(`      <step${attributes({ s, ...step })}/>`));
      lines.push("    </tb>");
    }
    lines.push("  </gpu>");
  }
  return [...lines, "</algo>", ""].join("\n");
}

/** Names and numbers only: nothing in them needs escaping. */
const attributes = (fields: Readonly<Record<string, string | number>>): string =>
  Object.entries(fields)
    .map(([key, value]) => ` ${key}="${value}"`)
    .join("");
