// Which launches have been executed, each at most once.
import { InternalError } from "../../diagnostics/internal-error.js";
import type { LaunchInstance } from "../../plan/index.js";
import type { RankProgram } from "./task.js";

const LAUNCHES_PER_REPORT = 1024;

export class Progress {
  /** [rank][index]: whether the launch was executed. */
  readonly executed: boolean[][];
  readonly #launches: number;
  #done = 0;

  constructor(
    programs: readonly RankProgram[],
    readonly onProgress?: (share: number) => void,
  ) {
    this.executed = programs.map((each) => each.instances.map(() => false));
    this.#launches = this.executed.reduce((sum, each) => sum + each.length, 0);
  }

  mark(rank: number, { index, launch }: LaunchInstance): void {
    const executed = this.executed[rank]!;
    if (executed[index] === true) throw new InternalError(`launch ${launch.id} ran twice`);
    executed[index] = true;
    if (++this.#done % LAUNCHES_PER_REPORT === 0) this.onProgress?.(this.#done / this.#launches);
  }
}
