// The work of a kernel on one rank, at the expected counts of a layer.
import type { ComputeWork } from "../cost/index.js";
import {
  dimensionEnvironment,
  evaluate,
  namesIn,
  slotsWithin,
  type ComputeLaunch,
  type Environment,
  type Expr,
  type PlanIndex,
  type SlotRange,
  type Work,
} from "../plan/index.js";
import { fold } from "./fold.js";
import type { ExchangeTraffic } from "./traffic.js";

/** A launch's work with the dimensions put in. */
export class KernelWork {
  readonly #flops: Expr;
  readonly #bytes: Expr;
  readonly #gemm: { readonly m: Expr; readonly n: Expr; readonly k: Expr; readonly groups: Expr } | undefined;
  readonly #names: ReadonlySet<string>;
  readonly #weightBytes: number;

  constructor(
    index: PlanIndex,
    private readonly launch: ComputeLaunch,
  ) {
    const dimensions = dimensionEnvironment(index.plan.dimensions);
    const folded = (sized: Work["flops"]): Expr => fold(sized.expr, dimensions);
    const { flops, bytes, gemm } = launch.work;
    this.#flops = folded(flops);
    this.#bytes = folded(bytes);
    this.#gemm =
      gemm === undefined
        ? undefined
        : { m: folded(gemm.m), n: folded(gemm.n), k: folded(gemm.k), groups: folded(gemm.groups) };
    const all = [this.#flops, this.#bytes, ...Object.values(this.#gemm ?? {})];
    this.#names = new Set(all.flatMap(namesIn));
    this.#weightBytes = gemm === undefined ? 0 : evaluate(index.precision("weights").bytes, dimensions);
  }

  /** Whether every rank and layer has the same work: it names no count, and its groups, if any, are no slots. */
  get constant(): boolean {
    return this.#names.size === 0 && (this.#gemm === undefined || this.launch.exchange === undefined);
  }

  get dependsOnLayer(): boolean {
    return this.#names.has("layer");
  }

  /** The work of a rank of the communicator. */
  on(rank: number, environment: Environment, counts: ExchangeTraffic | undefined): ComputeWork {
    const { class: kind, dtype } = this.launch.work;
    const { slots } = this.launch;
    const slotRows =
      slots === undefined ? counts?.rowsOfSlots(rank) : ofRange(counts?.rowsOfSlots(rank) ?? [], slots);
    // Without slots, or slots of the chunk, a rank has no rows for experts and no weights to read. It sends and forwards all the same.
    if (slotRows?.length === 0 && this.#rows(environment) === 0)
      return {
        class: kind,
        flops: 0,
        bytes: 0,
        ...(dtype === undefined ? {} : { dtype }),
      };
    const work = {
      class: kind,
      flops: evaluate(this.#flops, environment),
      bytes: evaluate(this.#bytes, environment),
      ...(dtype === undefined ? {} : { dtype }),
    };
    if (this.#gemm === undefined) return work;
    const [n, k] = [evaluate(this.#gemm.n, environment), evaluate(this.#gemm.k, environment)];
    const [m, groups] = [evaluate(this.#gemm.m, environment), evaluate(this.#gemm.groups, environment)];
    const groupRows =
      slotRows === undefined ? new Array<number>(groups).fill(m / groups) : shared(m, slotRows);
    // The launch's work is that of the rank with the most slots; who has fewer reads fewer weights.
    const unread = (groups - groupRows.length) * n * k * this.#weightBytes;
    return { ...work, bytes: Math.max(0, work.bytes - unread), gemm: { groupRows, n, k } };
  }

  /** Rows that the launch computes. */
  #rows(environment: Environment): number {
    const { begin, end } = this.launch.rows;
    return evaluate(end.expr, environment) - evaluate(begin.expr, environment);
  }
}

const ofRange = (rows: readonly number[], range: SlotRange): readonly number[] =>
  rows.slice(...slotsWithin(rows.length, range));

/** Rows divided in the shares of the slots. */
function shared(rows: number, slotRows: readonly number[]): readonly number[] {
  const all = slotRows.reduce((sum, each) => sum + each, 0);
  return slotRows.map((each) => (all === 0 ? 0 : (rows * each) / all));
}
