// README.md of an emitted program: how to build, launch and validate it, and where to read what.
import type { Cell, Exchange, TransferLaunch } from "../../plan/index.js";
import type { ProgramNames } from "./context.js";
import type { Functions } from "./functions.js";
import { readsCounts } from "./facts.js";

interface ProgramFile {
  readonly path: string;
  readonly text: string;
}

export function readme(
  names: ProgramNames,
  functions: Functions,
  files: readonly ProgramFile[],
  planSha256: string,
): string {
  const { plan } = names;
  const perNode = plan.machine.tiers[0]?.joins ?? plan.world;
  const nodes = Math.ceil(plan.world / perNode);
  const environment =
    nodes > 1
      ? `RANKS=${String(plan.world)} RANKS_PER_NODE=${String(perNode)} HOSTFILE=hosts`
      : `RANKS=${String(plan.world)}`;
  return `# ${plan.schedule.name} of ${plan.model.name}

A ${plan.schedule.mode} step of ${plan.model.name} on ${String(plan.world)} GPUs of ${plan.machine.name}: ${String(plan.schedule.micro_batches)} micro-batch${plan.schedule.micro_batches === 1 ? "" : "es"} through ${String(names.index.layers)} layers
(counted from 0, with what stands before and behind the repeated ones, such as embedding and head), expert parallelism over NCCL. Written by ${plan.generator} from the plan
\`${planSha256}\`.
The sources are plain C++17 and CUDA, need nothing but CMake 3.24, the CUDA toolkit (12.8 or later for sm_100, else 12.0) and NCCL 2.19 or
later, and are yours to keep: nothing in them calls back to the compiler.

## Build

\`\`\`sh
cmake -S . -B build -DNCCL_HOME=/usr/local/nccl       # or NCCL_HOME in the environment
cmake --build build -j
\`\`\`

makes \`build/weft_program\`, and \`build/weft_program_miniature\`: the same sources with small extents and every number a float
(compiled with \`WEFT_MINIATURE=1\`), which is what can be validated. Architectures are \`-DCMAKE_CUDA_ARCHITECTURES\`, by default 80, 90 and 100.
Where the toolkit has cuBLAS, it computes products of bf16 or float by float with one set of weights; all others are default kernels, which use no
tensor cores. \`-DWEFT_WITH_MPI=ON\` bootstraps over MPI in place of sockets.

## Launch

One process for each GPU, ${String(plan.world)} in all${nodes > 1 ? `, ${String(perNode)} on each of ${String(nodes)} nodes` : ""}. The scripts say what else to set:

\`\`\`sh
${environment} launch/mpirun.sh build/weft_program -w 2 -n 10
launch/torchrun.sh build/weft_program -w 2 -n 10      # on every node
launch/slurm.sh build/weft_program -w 2 -n 10         # sbatch or srun
\`\`\`

\`-w\` and \`-n\` are warm-up and measured steps; \`--json FILE\` writes what is printed; \`--register\` allocates by \`ncclMemAlloc\` and registers
memory with every communicator; \`--timeout SECONDS\` is how long the host may wait for a step or for counts before all communicators are
aborted and the rank that the others wait for is named; \`--help\` lists the rest. Weights are made from a seed; \`--data DIR\` takes
each rank's memory from \`DIR/rank-R.bin\` instead, an image of the buffers as \`program/memory.h\` lays them out, which a loader of
your own writes into \`rank.memory()\` as well (\`runtime/fill.cpp\`).${
    readsCounts(plan)
      ? " The host reads counts within a step, so `--graph` is refused."
      : " `--graph` captures the step in a CUDA graph after warming up."
  }

## Validate

\`\`\`sh
${environment} launch/mpirun.sh build/weft_program_miniature --validate
\`\`\`

executes the miniature on all ranks (the same launches, events and transfers) and holds the result of every layer against
\`program/model.cpp\`, the model by its definition in double precision, which knows no ranks, placement or exchange. \`#wrong\` in the table counts
elements that differ; any makes the exit code 1. Without GPUs: \`weft run plan.json --backend cuda-emulated\` builds these files with
g++ and executes them on emulated GPUs, in orders that a seed picks.

## Reading the program

| to see | read |
|---|---|
| which cells a step is made of, layer by layer | \`program/step.cu\` |
| in which order the host issues everything, and what waits for what | \`program/cells.cu\` |
| what a launch computes, with the line of the schedule file | \`program/launches.cu\` |
| what travels to whom, and the counts that the host reads | \`program/exchanges.cu\` |
| streams, communicators, events | \`program/program.h\` |
| where buffers lie | \`program/memory.h\`, over the sizes in \`program/plan.h\` |
| which expert lives where | \`program/tables.h\` |
| the model itself | \`program/model.cpp\` |
| kernels | \`operators/operators.h\`, and one file each behind it |
| how calls are checked, streams are watched, memory is filled | \`runtime/\` |

A *cell* is some micro-batches through one layer, or through the end of one layer and the beginning of the next: \`layer - 1\` in a cell is that
end. In \`program/cells.cu\` a launch is one line, its last argument the micro-batch; \`p.STREAM.wait(EVENT)\` before it and
\`p.STREAM.record(EVENT)\` behind it are all the order there is between streams. An event is named by what records it and what
waits for it, so searching for its name finds both ends. Where a launch waits for nothing, its stream orders it already, or a host wait before it
does: what stands behind a \`read_counts\` is issued when the counts are there, so moving that line moves an order. Where a launch waits for two events of the
same name, one is of the first layer's cell and one of the cell that repeats: the one that is older, or was never recorded, holds nothing up.
An \`AtomSet\` says what a message carries: whose tokens, then on whose experts, each as \`{first}\` or \`{first, step, count}\` of the communicator's ranks.
${followed(names, functions, files)}
## Better kernels

The default kernels are portable and readable, not the fastest. \`operators/operators.h\` declares a launcher for each, and says how
\`operators/custom.h\` puts FlashAttention, DeepGEMM or your own in their place; nothing else changes. \`--validate\` executes those that serve
floats, since the miniature has no other numbers.
`;
}

/** Where to find what dispatches the tokens of one layer, with the numbers of the lines. */
function followed(names: ProgramNames, functions: Functions, files: readonly ProgramFile[]): string {
  const found = dispatchOfSomeLayer(names);
  if (found === undefined) return "";
  const { layer, cell, launches } = found;
  const lineOf = (path: string, matches: (line: string) => boolean, from = 0): number | undefined => {
    const lines = files.find((file) => file.path === path)?.text.split("\n") ?? [];
    const at = lines.findIndex((line, index) => index >= from && matches(line));
    return at < 0 ? undefined : at + 1;
  };
  const cellName = names.cellName(cell.name);
  const stepLine = lineOf("program/step.cu", (line) => line.includes(`cells::${cellName}(`));
  const cellLine = lineOf("program/cells.cu", (line) => line.startsWith(`void ${cellName}(`)) ?? 1;
  const rows = launches.flatMap((launch) => {
    const { name } = functions.of(launch);
    const microBatch = String(functions.microBatchOf(cell, launch));
    const issued = lineOf(
      "program/cells.cu",
      (line) => line.includes(`::${name}(`) && line.includes(`, ${microBatch})`),
      cellLine,
    );
    const defined = lineOf("program/exchanges.cu", (line) => line.startsWith(`void ${name}(`));
    const waits = waitsBefore(files, issued);
    return [
      `| \`${name}\`, micro-batch ${microBatch} | \`program/cells.cu:${String(issued)}\`${(launch.layer_offset ?? 0) < 0 ? `, in the cell of layer ${String(layer + 1)}` : ""} | ${waits} | \`program/exchanges.cu:${String(defined)}\` |`,
    ];
  });
  return `
For example, the tokens of layer ${String(layer)}: \`program/step.cu:${String(stepLine)}\` runs the cell \`${cellName}\` for it, which begins at \`program/cells.cu:${String(cellLine)}\`.

| dispatches | issued at | waits for | what it sends to whom |
|---|---|---|---|
${rows.join("\n")}

How many rows travel is known only then: the host reads the counts just before (\`read_counts\` in the cell), while the GPU goes on with what was issued earlier.
`;
}

/** The events that a launch on a line of cells.cu waits for. */
function waitsBefore(files: readonly ProgramFile[], issued: number | undefined): string {
  const lines = files.find((file) => file.path === "program/cells.cu")?.text.split("\n") ?? [];
  const waits: string[] = [];
  for (let at = (issued ?? 1) - 2; at >= 0; at--) {
    const event = /\.wait\(p\.events\.(.*)\);/.exec(lines[at] ?? "")?.[1];
    if (event === undefined) break;
    waits.unshift(`\`${event}\``);
  }
  return waits.length === 0 ? "what its stream did before" : waits.join(", ");
}

/** The launches that carry rows to experts in a cell that many layers share, and one of these layers. */
function dispatchOfSomeLayer({
  plan,
  index,
}: ProgramNames):
  { readonly layer: number; readonly cell: Cell; readonly launches: readonly TransferLaunch[] } | undefined {
  const entries = [...(plan.roles[0]?.timeline ?? [])].sort((left, right) => right.repeat - left.repeat);
  for (const { cell: name, layer, repeat } of entries) {
    const cell = index.cell(name);
    const launches = cell.launches.filter(
      (launch): launch is TransferLaunch =>
        launch.kind === "transfer" && carriesToExperts(index.exchange(launch.exchange), launch),
    );
    const own = Math.max(layer, Math.min(LAYER_TO_FOLLOW, layer + repeat - 1));
    if (launches.length > 0) return { layer: own, cell, launches };
  }
  return undefined;
}

/** A layer that is neither the first nor, in most models, the last. */
const LAYER_TO_FOLLOW = 10;

const carriesToExperts = (exchange: Exchange, { node, phase }: TransferLaunch): boolean =>
  node === exchange.dispatch && exchange.phases.find((each) => each.name === phase)?.carries !== "counts";
