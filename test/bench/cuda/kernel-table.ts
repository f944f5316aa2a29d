// What nvcc makes of the default kernels: registers, spills, shared memory, and how many warps of them an SM holds.
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { emittedLayout } from "../../operators/cuda/build.js";

const run = promisify(execFile);

/** Compute capabilities, and what an SM of theirs holds. Source: CUDA C++ Programming Guide, "Technical Specifications per Compute Capability". */
const architectures = {
  sm_80: { warps: 64, blocks: 32, registers: 65536, sharedBytes: 164 * 1024 },
  sm_90: { warps: 64, blocks: 32, registers: 65536, sharedBytes: 228 * 1024 },
  sm_100: { warps: 64, blocks: 32, registers: 65536, sharedBytes: 228 * 1024 },
} as const;
export type Architecture = keyof typeof architectures;
export const architectureNames = Object.keys(architectures) as readonly Architecture[];

export interface KernelRow {
  /** The kernel and its template arguments: `matmul`, `Tile<128, 128, 16, 8, 8>, bf16, fp8, bf16`. */
  readonly kernel: string;
  readonly instance: string;
  readonly registers: number;
  /** Bytes that are stored to and loaded from local memory because registers do not suffice. */
  readonly spilledBytes: number;
  readonly stackBytes: number;
  /** Of a block. */
  readonly sharedBytes: number;
  /** Of a block, at most. */
  readonly threads: number;
  /** Warps of it that an SM holds at once, of those that it could. */
  readonly occupancy: number;
}

/** Threads of row kernels at most, which do not say so themselves; see row_threads and the kernels that turn. */
const DEFAULT_THREADS = 256;
/** The runtime keeps so much of a block's shared memory for itself. */
const RESERVED_SHARED_BYTES = 1024;

const roundUp = (value: number, unit: number): number => Math.ceil(value / unit) * unit;

function occupancyOf(
  { registers, sharedBytes, threads }: Pick<KernelRow, "registers" | "sharedBytes" | "threads">,
  architecture: Architecture,
): number {
  const limits = architectures[architecture];
  const warps = Math.ceil(threads / 32);
  // A warp's registers come in units of 256, and a quarter of an SM holds a quarter of them.
  const warpsOfQuarter = Math.floor(limits.registers / 4 / roundUp(32 * registers, 256));
  const blocks = Math.min(
    limits.blocks,
    Math.floor(limits.warps / warps),
    Math.floor((4 * warpsOfQuarter) / warps),
    Math.floor(limits.sharedBytes / (sharedBytes + RESERVED_SHARED_BYTES)),
  );
  return (blocks * warps) / limits.warps;
}

const formats: Readonly<Record<string, string>> = {
  __nv_bfloat16: "bf16",
  __nv_fp8_e4m3: "fp8",
  __half: "fp16",
};

/** `void weft::matmul_kernel<weft::Tile<16, 32>, float>(...)` as kernel and instance. */
function named(demangled: string): Pick<KernelRow, "kernel" | "instance"> {
  const [, kernel = demangled, instance = ""] = /weft::(\w+)_kernel(?:<(.*)>)?\(/.exec(demangled) ?? [];
  return {
    kernel,
    instance: instance
      .replaceAll(/weft::|\(int\)|\(bool\)/g, "")
      .replaceAll(/\b__\w+/g, (name) => formats[name] ?? name),
  };
}

/** Plans by the format of their weights: fp8 with bf16 activations, bf16 alone, float alone. */
const plans = { fp8: 1, bf16: 2, float: 4 } as const;
type Plan = keyof typeof plans;

/** Compiles all operators for an architecture, as plans launch them; a warning is an error, whose text is thrown. */
export async function kernelTable(
  architecture: Architecture,
  some: readonly Plan[] = ["fp8", "bf16", "float"],
): Promise<KernelRow[]> {
  const folder = await emittedLayout();
  const source = fileURLToPath(new URL("../../operators/cuda/instances.cu", import.meta.url));
  const kept = await mkdtemp(path.join(tmpdir(), "weft-kernels-"));
  try {
    const { stderr } = await run(
      "nvcc",
      [
        ...["-std=c++17", `-arch=${architecture}`, "-Werror", "all-warnings", "-Xcompiler", "-Wall,-Wextra"],
        ...["-Xptxas", "-v", "-cubin", "-keep", "-keep-dir", kept, "-o", path.join(kept, "kernels.cubin")],
        `-DPLANS=${some.reduce((sum, plan) => sum + plans[plan], 0)}`,
        ...["-I", folder, "-I", path.join(folder, "nccl"), source],
      ],
      { maxBuffer: 1 << 26 },
    );
    const ptx = (await readdir(kept)).find((name) => name.endsWith(".ptx"));
    const threads = threadsOf(await readFile(path.join(kept, ptx!), "utf8"));
    return await rowsOf(stderr, threads, architecture);
  } finally {
    await rm(kept, { recursive: true });
  }
}

/** Threads that kernels promise not to exceed, by mangled name. */
const threadsOf = (ptx: string): ReadonlyMap<string, number> =>
  new Map(
    [...ptx.matchAll(/\.entry (\w+)\([^)]*\)\s*\.maxntid (\d+)/g)].map(([, name, count]) => [
      name!,
      Number(count),
    ]),
  );

/** Reads what `ptxas -v` says. */
async function rowsOf(
  said: string,
  threads: ReadonlyMap<string, number>,
  architecture: Architecture,
): Promise<KernelRow[]> {
  const parts = said.split(/Compiling entry function '(\w+)'/).slice(1);
  const names = parts.filter((_, i) => i % 2 === 0);
  const { stdout } = await run("c++filt", names);
  const demangled = stdout.split("\n");
  const number = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? 0);
  return names
    .map((name, i): KernelRow => {
      const text = parts[2 * i + 1]!;
      const usage = {
        registers: number(text, /Used (\d+) registers/),
        sharedBytes: number(text, /(\d+) bytes smem/),
        threads: threads.get(name) ?? DEFAULT_THREADS,
      };
      return {
        ...named(demangled[i]!),
        ...usage,
        stackBytes: number(text, /(\d+) bytes stack frame/),
        spilledBytes: number(text, /(\d+) bytes spill stores/) + number(text, /(\d+) bytes spill loads/),
        occupancy: occupancyOf(usage, architecture),
      };
    })
    .sort((a, b) => a.kernel.localeCompare(b.kernel) || a.instance.localeCompare(b.instance));
}
