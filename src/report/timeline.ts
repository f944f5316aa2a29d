// One layer of the simulated step, drawn in characters: a row for each stream of the busiest rank. A picture to look at;
// exact times are in traces.
import { PlanIndex, type LaunchPlan } from "../plan/index.js";
import { launchesOf, type RankTimes, type SimulatedLaunch } from "../simulate/index.js";
import { columns } from "./layout.js";
import { busiestRank, longestRun, simulatedPlan } from "./simulated-plan.js";
import { time } from "./units.js";

const WIDTH = 84;
const IDLE = ".";
const WAITING = "~";

/** The middle layer of the longest run of layers, where neighbouring layers overlap as they do most of the time. */
export function drawTimeline(plan: LaunchPlan, simulated = simulatedPlan(plan)): readonly string[] {
  const run = longestRun(plan);
  const layer = run.first + (run.repeat >> 1);
  const rank = simulated.simulation.ranks[busiestRank(simulated)]!;
  const launches = launchesOf(rank);
  const own = launches.filter((each) => each.layer === layer && each.stream !== undefined);
  const begin = Math.min(...own.map((each) => each.startUs));
  const end = Math.max(...own.map((each) => each.endUs));
  if (!(end > begin)) return [];
  const letters = new Letters(plan, rank, run.block);
  const rows = rank.role.role.streams.map(({ name }) => {
    const onStream = launches.filter((each) => each.stream === name);
    return [name, paint(onStream, begin, end, (each) => letters.of(each))];
  });
  return [
    `layer ${layer} (${run.block}), ${time(end - begin)} from left to right:`,
    ...columns(rows),
    `${letters.legend()}; ${WAITING} waits for other ranks, ${IDLE} nothing`,
  ];
}

/** Each column shows what takes most of its time. */
function paint(
  launches: readonly SimulatedLaunch[],
  begin: number,
  end: number,
  letter: (launch: SimulatedLaunch) => string,
): string {
  const step = (end - begin) / WIDTH;
  return Array.from({ length: WIDTH }, (_, column) => {
    const from = begin + column * step;
    const shares = new Map<string, number>();
    const add = (sign: string, start: number, stop: number): void => {
      const share = Math.min(stop, from + step) - Math.max(start, from);
      if (share > 0) shares.set(sign, (shares.get(sign) ?? 0) + share);
    };
    for (const each of launches) {
      if (each.endUs <= from || each.startUs >= from + step) continue;
      add(WAITING, each.startUs, each.moveUs);
      add(letter(each), each.moveUs, each.endUs);
    }
    const covered = [...shares.values()].reduce((sum, share) => sum + share, 0);
    shares.set(IDLE, step - covered);
    return [...shares].reduce((most, each) => (each[1] > most[1] ? each : most))[0];
  }).join("");
}

/** A letter for each operator: upper case for even micro-batches, lower case for odd ones. */
class Letters {
  readonly #operators = new Map<string, string>();
  readonly #letterOf = new Map<string, string>();

  constructor(plan: LaunchPlan, rank: RankTimes, block: string) {
    const index = new PlanIndex(plan);
    for (const { launch, cell, layer } of rank.role.program.launches) {
      const { op } = index.node(cell.block, launch.node);
      this.#operators.set(`${layer} ${launch.id}`, op);
      if (cell.block === block) this.#assign(op);
    }
  }

  of({ id, layer, microBatch }: SimulatedLaunch): string {
    const letter = this.#assign(this.#operators.get(`${layer} ${id}`) ?? "?");
    return microBatch % 2 === 0 ? letter.toUpperCase() : letter;
  }

  legend(): string {
    const named = [...this.#letterOf].map(([op, letter]) => `${letter.toUpperCase()} ${op}`);
    return `${named.join(", ")} (odd micro-batches in lower case)`;
  }

  #assign(op: string): string {
    const known = this.#letterOf.get(op);
    if (known !== undefined) return known;
    const taken = new Set(this.#letterOf.values());
    const candidates = Array.from(`${op.toLowerCase()}abcdefghijklmnopqrstuvwxyz`).filter((each) =>
      /[a-z]/.test(each),
    );
    const letter = candidates.find((each) => !taken.has(each)) ?? "+";
    this.#letterOf.set(op, letter);
    return letter;
  }
}
