// What became of programs, in numbers.
import type { Outcome } from "./judge.js";

export class Tally {
  readonly #codes = new Map<string, number>();
  readonly #features = new Map<string, number>();
  #programs = 0;
  #compiled = 0;
  #executed = 0;
  #aborted = 0;
  #wrong = 0;

  count(outcome: Outcome): void {
    this.#programs += 1;
    switch (outcome.kind) {
      case "rejected":
        for (const code of outcome.codes) add(this.#codes, code);
        break;
      case "compiled":
        this.#compiled += 1;
        this.#executed += outcome.executed;
        this.#aborted += outcome.aborted;
        for (const feature of outcome.features) add(this.#features, feature);
        break;
    }
  }

  countWrong(): void {
    this.#programs += 1;
    this.#wrong += 1;
  }

  get isClean(): boolean {
    return this.#wrong === 0;
  }

  /** In one line. */
  get short(): string {
    return `${String(this.#programs)} programs, ${String(this.#compiled)} compiled, ${String(this.#wrong)} wrong`;
  }

  get report(): string {
    const share = ((100 * this.#compiled) / Math.max(1, this.#programs)).toFixed(0);
    const refused = this.#programs - this.#compiled - this.#wrong;
    return [
      `${String(this.#programs)} programs: ${String(this.#compiled)} compiled (${share} %), ${String(refused)} refused, ${String(this.#wrong)} wrong`,
      `${String(this.#executed)} executions: ${String(this.#executed - this.#aborted)} as the dense evaluation, ${String(this.#aborted)} aborted as they must`,
      `compiled: ${inOrder(this.#features)}`,
      `refused: ${inOrder(this.#codes)}`,
    ].join("\n");
  }
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** The most frequent first. */
const inOrder = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([name, count]) => `${name} ${String(count)}`)
    .join(", ");
