// One execution of a plan on one backend: memory filled, everything executed in some order, nothing left over.
import type { Backend } from "./backend.js";
import type { ExecutionContext } from "./context.js";
import type { ExecutionData } from "./data.js";
import { PlanExecutor, type Amounts, type Exchanged, type Probe } from "./executor.js";
import { ExecutionFailure, placeOf } from "./failure.js";
import { fillMemory } from "./fill.js";
import { Engine } from "./order/engine.js";
import type { RowCounts } from "./result.js";
import type { RoundAmounts } from "./rounds.js";

export class Execution {
  #executor: PlanExecutor | undefined;

  constructor(
    readonly context: ExecutionContext,
    readonly data: ExecutionData,
    readonly seed: number,
    readonly onProgress?: (share: number) => void,
  ) {}

  /** Writes what memory holds before the step. */
  upload(backend: Backend): void {
    fillMemory(backend, this.context, this.data);
  }

  /** Executes everything, memory being filled. */
  async run(backend: Backend, probe?: Probe): Promise<void> {
    this.#executor = new PlanExecutor(this.context, backend, probe);
    const programs = this.context.programs.map((instances, rank) => ({
      instances,
      streams: this.context.index.roleOf(rank).streams.map((each) => each.name),
    }));
    const engine = new Engine(programs, this.#executor, this.seed, this.onProgress);
    await engine.run();
    engine.executed.forEach((executed, rank) => {
      const left = executed.indexOf(false);
      if (left < 0) return;
      const instance = programs[rank]!.instances[left]!;
      throw new ExecutionFailure({
        kind: "unexecuted",
        ...placeOf(rank, instance),
        message: `launch ${instance.launch.id} of rank ${rank} was not executed`,
      });
    });
  }

  get amounts(): Readonly<Amounts> {
    return this.#executor?.amounts ?? { launches: 0, transfers: 0, bytes: 0 };
  }

  /** What was executed in rounds, where an exchange exceeded its bound. */
  inRounds(): { in_rounds?: RoundAmounts } {
    const amounts = this.#executor?.inRounds;
    return amounts === undefined || amounts.exchanges === 0 ? {} : { in_rounds: amounts };
  }

  /** Fewest and most rows that a rank received in an exchange, of one layer or of all. */
  receivedRows(layer?: number): { received_rows?: RowCounts } {
    const counts = this.#exchanged(layer).map(({ received }) => received);
    if (counts.length === 0) return {};
    return {
      received_rows: {
        min: counts.reduce((least, each) => Math.min(least, each)),
        max: counts.reduce((most, each) => Math.max(most, each)),
      },
    };
  }

  /** Copies of tokens that ranks sent to other nodes, in the exchanges of one layer or of all; undefined where none sends copies. */
  copiesAway(layer?: number): number | undefined {
    const copies = this.#exchanged(layer).flatMap(({ copiesAway }) => copiesAway ?? []);
    return copies.length === 0 ? undefined : copies.reduce((sum, each) => sum + each, 0);
  }

  #exchanged(layer?: number): readonly Exchanged[] {
    return (this.#executor?.exchanged ?? []).filter((each) => layer === undefined || each.layer === layer);
  }
}
