// Which exchanges exceed their bound and go on in rounds, what is left out for it, and which launches the rounds make.
import { InternalError } from "../diagnostics/internal-error.js";
import type { Exchange, LaunchInstance, Rounds } from "../plan/index.js";
import type { ExecutionContext } from "./context.js";
import type { ExchangeUse, HostCounts } from "./counts.js";
import type { RoundLaunch } from "./order/host.js";

/** What was executed in rounds. */
export interface RoundAmounts {
  /** Exchanges that exceeded their bound: of a communicator instance, in a layer and micro-batch. */
  exchanges: number;
  /** Their rounds. */
  rounds: number;
  /** Launches in these, of all ranks, and their messages. */
  launches: number;
  transfers: number;
  bytes: number;
}

/**
 * Whether some rank of the group would receive or forward more than fits, by the counts of all. Ranks that have read the same
 * counts agree about it.
 */
export function exceedsBound({ capacity_rows, ranks_per_node }: Exchange, counts: HostCounts): boolean {
  const { space, table, layout } = counts;
  const received = new Float64Array(space.ranks);
  /** By the rank that forwards: the one of the source's index in the slot's node. */
  const forwarded = new Float64Array(ranks_per_node === undefined ? 0 : space.ranks);
  const words = Array.from({ length: space.slots }, (_, slot) => counts.wordOf(slot) ?? 0);
  for (let source = 0; source < space.ranks; source++) {
    const begin = layout.stride * (layout.byRail ? space.byRail(source) : source);
    words.forEach((word, slot) => {
      const host = space.hostOf(slot);
      const rows = table[begin + word]!;
      received[host]! += rows;
      if (forwarded.length > 0)
        forwarded[space.nodeOf(host) * space.ranksPerNode + (source % space.ranksPerNode)]! += rows;
    });
  }
  return [received, forwarded].some((each) => each.some((rows) => rows > capacity_rows.value));
}

export class RoundsOfRun {
  readonly amounts: RoundAmounts = { exchanges: 0, rounds: 0, launches: 0, transfers: 0, bytes: 0 };
  readonly #exceeding = new Set<string>();
  /** By program (all ranks of a role share one), the entries of kind `rounds` and all launches. */
  readonly #programs = new Map<readonly LaunchInstance[], ReadonlyMap<string, LaunchInstance>>();

  constructor(readonly context: ExecutionContext) {}

  /** Notes that the host of a rank has read that an exchange exceeds its bound. */
  begin(exchange: Exchange, use: ExchangeUse): void {
    this.#exceeding.add(keyOf(exchange.name, use));
    const entry = this.#find(use, `rounds of ${exchange.name}`)?.launch;
    if (entry?.kind !== "rounds" || this.context.groupOf(exchange, use.rank).self !== 0) return;
    this.amounts.exchanges++;
    this.amounts.rounds += this.#countOf(entry);
  }

  /** Whether a launch, issued outside of rounds, is left out. */
  leavesOut(rank: number, { launch, layer, microBatch }: LaunchInstance): boolean {
    if (this.#exceeding.size === 0 || launch.exchange === undefined) return false;
    const use = { rank, layer, microBatch };
    if (!this.#exceeding.has(keyOf(launch.exchange, use))) return false;
    const entry = this.#find(use, `rounds of ${launch.exchange}`)?.launch;
    return entry?.kind === "rounds" && entry.launches.includes(launch.id);
  }

  /** The launches of an entry's rounds; undefined where its exchange stays within its bound. */
  of(rank: number, { launch, layer, microBatch }: LaunchInstance): readonly RoundLaunch[] | undefined {
    const use = { rank, layer, microBatch };
    if (launch.kind !== "rounds" || !this.#exceeding.has(keyOf(launch.exchange, use))) return undefined;
    const instances = launch.launches.map((id) => {
      const instance = this.#find(use, id);
      if (instance === undefined) throw new InternalError(`${launch.id} makes ${id}, which is not there`);
      return instance;
    });
    const { tokens } = this.context.captures;
    const rounds = Array.from({ length: this.#countOf(launch) }, (_, round) => ({
      begin: round * launch.tokens.value,
      end: Math.min(tokens, (round + 1) * launch.tokens.value),
    }));
    return rounds.flatMap((range) => instances.map((instance) => ({ instance, tokens: range })));
  }

  #countOf(launch: Rounds): number {
    return Math.ceil(this.context.captures.tokens / launch.tokens.value);
  }

  #find({ rank, layer, microBatch }: ExchangeUse, what: string): LaunchInstance | undefined {
    const program = this.context.programs[rank] ?? [];
    let known = this.#programs.get(program);
    if (known === undefined) {
      const named = program.flatMap((each): [string, LaunchInstance][] => {
        const where = `${each.layer}/${each.microBatch}`;
        const own: [string, LaunchInstance] = [`${where}/${each.launch.id}`, each];
        return each.launch.kind === "rounds"
          ? [own, [`${where}/rounds of ${each.launch.exchange}`, each]]
          : [own];
      });
      this.#programs.set(program, (known = new Map(named)));
    }
    return known.get(`${layer}/${microBatch}/${what}`);
  }
}

const keyOf = (exchange: string, { rank, layer, microBatch }: ExchangeUse): string =>
  `${exchange}/${rank}/${layer}/${microBatch}`;
