// The functions of a program: one for each launch of a block, whatever cells and micro-batches it appears in. Launches of one
// function differ by micro-batch alone, and by the instances that follow from the layer.
import { InternalError } from "../../diagnostics/internal-error.js";
import { slotsOf, type Cell, type Launch, type LaunchPlan, type PlanIndex } from "../../plan/index.js";
import { Scope, snake } from "./cpp/names.js";
import type { MemoryMap } from "./memory.js";

export interface LaunchFunction {
  readonly block: string;
  /** Unique within the program's namespace of the block. */
  readonly name: string;
  /** That of the lowest micro-batch; the others' are alike. */
  readonly launch: Launch;
  /** Whether rounds make it again for some tokens. */
  readonly inRounds: boolean;
}

export class Functions {
  readonly all: readonly LaunchFunction[];
  readonly #byLaunch = new Map<Launch, LaunchFunction>();
  readonly #bases: ReadonlyMap<string, number>;

  constructor(
    readonly index: PlanIndex,
    readonly memory: MemoryMap,
  ) {
    this.#bases = firstMicroBatches(index.plan);
    const scopes = new Map<string, Scope>();
    const known = new Map<string, LaunchFunction>();
    for (const cell of index.plan.cells) {
      const inRounds = new Set(
        cell.launches.flatMap((each) => (each.kind === "rounds" ? each.launches : [])),
      );
      const { block } = cell;
      const scope = scopes.get(block) ?? new Scope(snake);
      scopes.set(block, scope);
      for (const launch of cell.launches) {
        const key = `${block}/${this.#contentOf(cell, launch)}`;
        let found = known.get(key);
        if (found === undefined) {
          const rounds = inRounds.has(launch.id) || this.#isMadeInRounds(cell, launch);
          found = { block, name: scope.of(key, baseName(launch)), launch, inRounds: rounds };
          known.set(key, found);
        }
        this.#byLaunch.set(launch, found);
      }
    }
    this.all = [...known.values()];
  }

  of(launch: Launch): LaunchFunction {
    const found = this.#byLaunch.get(launch);
    if (found === undefined) throw new InternalError(`launch ${launch.id} belongs to no function`);
    return found;
  }

  /** The function of an exchange's launch in a block, by the id that entries of rounds know. */
  named(cell: Cell, id: string): LaunchFunction {
    for (const other of [cell, ...this.index.plan.cells.filter(({ block }) => block === cell.block)]) {
      const launch = other.launches.find((each) => each.id === id);
      if (launch !== undefined) return this.of(launch);
    }
    throw new InternalError(`no cell of block ${cell.block} has a launch ${id}`);
  }

  /** The micro-batch of the step that a launch belongs to. */
  microBatchOf = (cell: Cell, launch: Launch): number =>
    (this.#bases.get(cell.name) ?? 0) + launch.micro_batch;

  /** Launches may stand in another cell than the entry whose rounds make them. */
  #isMadeInRounds(cell: Cell, launch: Launch): boolean {
    return this.index.plan.cells.some(
      ({ block, launches }) =>
        block === cell.block &&
        launches.some((each) => each.kind === "rounds" && each.launches.includes(launch.id)),
    );
  }

  /** What a launch does, without its micro-batch, its place among others, and what it waits for. */
  #contentOf(cell: Cell, launch: Launch): string {
    const microBatch = this.microBatchOf(cell, launch);
    const operands = launch.operands.map(({ name, buffer, instance }) => {
      const { byMicroBatch, function: accessor } = this.memory.familyOf(buffer);
      const own = !byMicroBatch || buffer.endsWith(`@${String(microBatch)}`);
      return [name, own ? accessor : buffer, instance];
    });
    const work =
      launch.kind === "compute"
        ? [launch.part, launch.rows.begin.expr, launch.rows.end.expr]
        : launch.kind === "transfer"
          ? [launch.phase]
          : launch.kind === "rounds"
            ? [launch.tokens.expr, launch.launches.map((id) => id.replace(/@\d+/, ""))]
            : [];
    return JSON.stringify([launch.kind, launch.node, slotsOf(launch), work, operands]);
  }
}

/** `u.norm` for the part norm of node u; a chunk of an exchange has its number behind it if it is not the first. */
function baseName(launch: Launch): string {
  switch (launch.kind) {
    case "compute":
      return `${launch.node}.${launch.part}`;
    case "transfer":
      return `${launch.node}.${launch.phase}`;
    case "read_counts":
    case "rounds":
      return `${launch.node}.${launch.kind}`;
    default:
      return launch satisfies never;
  }
}

/** The first micro-batch of each cell. */
function firstMicroBatches({ roles }: LaunchPlan): ReadonlyMap<string, number> {
  const bases = new Map<string, number>();
  for (const { timeline } of roles)
    for (const { cell, micro_batch } of timeline) {
      const known = bases.get(cell);
      if (known !== undefined && known !== micro_batch)
        throw new InternalError(
          `cell ${cell} serves micro-batches ${String(known)} and ${String(micro_batch)}`,
        );
      bases.set(cell, micro_batch);
    }
  return bases;
}
