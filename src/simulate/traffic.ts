// Expected run-time counts: how many rows each atom (source rank, slot) of an exchange has in a layer, from the routing's
// loads, the placement and the replica that each token takes. Fractions of rows are kept: these are means, not a draw.
import { InternalError } from "../diagnostics/internal-error.js";
import {
  evaluate,
  placementOfLayer,
  slotsOfRank,
  type AtomSet,
  type Environment,
  type Exchange,
  type Expr,
  type LayerPlacement,
  type Placement,
  type PlanIndex,
} from "../plan/index.js";

/** The counts of one exchange in one layer. */
export class ExchangeTraffic {
  /** Rows that each rank of the group sends, its own slots included. */
  readonly sent: Float64Array;
  /** Rows that each rank of the group receives, its own included. */
  readonly received: Float64Array;
  /** [source * ranks + host]: rows from one rank to another. */
  readonly #pairs: Float64Array;
  readonly #slotRows: (readonly number[] | undefined)[] = [];

  constructor(
    readonly exchange: Exchange,
    readonly placement: Placement,
    readonly ranks: number,
    /** [source * slots + slot] */
    private readonly rows: Float64Array,
  ) {
    this.sent = new Float64Array(ranks);
    this.received = new Float64Array(ranks);
    this.#pairs = new Float64Array(ranks * ranks);
    for (let source = 0; source < ranks; source++)
      for (let host = 0; host < ranks; host++) {
        const [first, end] = slotsOfRank(placement, host);
        let between = 0;
        for (let slot = first; slot < end; slot++) between += this.rowsOf(source, slot);
        this.#pairs[source * ranks + host] = between;
        this.sent[source] = this.sent[source]! + between;
        this.received[host] = this.received[host]! + between;
      }
  }

  /** Rows of one atom. */
  rowsOf = (source: number, slot: number): number => this.rows[source * this.placement.slots + slot]!;

  /** Rows from one rank to another. */
  rowsBetween = (source: number, host: number): number => this.#pairs[source * this.ranks + host]!;

  /** Rows that each slot of a rank receives. */
  rowsOfSlots(rank: number): readonly number[] {
    return (this.#slotRows[rank] ??= this.#sumSlots(rank));
  }

  #sumSlots(rank: number): readonly number[] {
    const [first, end] = slotsOfRank(this.placement, rank);
    const rows = new Array<number>(end - first).fill(0);
    for (let slot = first; slot < end; slot++)
      for (let source = 0; source < this.ranks; source++)
        rows[slot - first] = rows[slot - first]! + this.rowsOf(source, slot);
    return rows;
  }

  /** Rows, and number of atoms, of a set. */
  sizeOf(set: AtomRange): { readonly rows: number; readonly atoms: number } {
    let rows = 0;
    let atoms = 0;
    for (let host = set.firstHost; host < set.endHost; host++) {
      const [first, end] = slotsOfRank(this.placement, host);
      const slot = set.slot === undefined ? undefined : first + set.slot;
      if (slot !== undefined && slot >= end) continue;
      atoms += (set.endSource - set.firstSource) * (slot === undefined ? end - first : 1);
      for (let source = set.firstSource; source < set.endSource; source++)
        rows += slot === undefined ? this.rowsBetween(source, host) : this.rowsOf(source, slot);
    }
    return { rows, atoms };
  }
}

/** A set of atoms as one rank sees it; `end` is after the last. */
export interface AtomRange {
  readonly firstSource: number;
  readonly endSource: number;
  readonly firstHost: number;
  readonly endHost: number;
  /** Index of the slot among those of its host; all of them where undefined. */
  readonly slot: number | undefined;
}

/** A set of atoms for a rank, in a communicator of so many ranks. `environment` knows `rank`. */
export function atomRange(set: AtomSet, ranks: number, environment: Environment): AtomRange {
  const range = (expr: Expr): readonly [first: number, end: number] => {
    if (expr === "all") return [0, ranks];
    const rank = evaluate(expr, environment);
    return [rank, rank + 1];
  };
  const [firstSource, endSource] = range(set.source);
  const [firstHost, endHost] = range(set.host);
  const slot = set.slot === undefined ? undefined : evaluate(set.slot, environment);
  return { firstSource, endSource, firstHost, endHost, slot };
}

/** The expected traffic of every exchange and layer of a plan; layers with equal loads and placement share it. */
export class Traffic {
  readonly #byRows = new Map<string, ExchangeTraffic>();
  readonly #byLayer = new Map<string, ExchangeTraffic[]>();

  constructor(private readonly index: PlanIndex) {}

  /** Traffic of an exchange in a layer, given by its global index. */
  of(name: string, layer: number): ExchangeTraffic {
    const layers = this.#byLayer.get(name) ?? [];
    this.#byLayer.set(name, layers);
    return (layers[layer] ??= this.#ofRows(this.index.exchange(name), layer));
  }

  #ofRows(exchange: Exchange, layer: number): ExchangeTraffic {
    const placement = this.index.placement(exchange.placement);
    const { within } = this.index.runOfLayer(layer);
    const loads = this.#loads(exchange);
    const loadRow = loads.length === 1 ? 0 : within;
    const placementRow = placement.layers.length === 1 ? 0 : within;
    const key = `${exchange.name} ${String(loadRow)} ${String(placementRow)}`;
    const known = this.#byRows.get(key);
    if (known !== undefined) return known;
    const load = loads[loadRow];
    if (load === undefined)
      throw new InternalError(`exchange ${exchange.name} has no loads for layer ${String(layer)}`);
    const ranks = this.index.group(exchange.group).size;
    const rows = expectedRows(
      load,
      placementOfLayer(placement, placementRow),
      ranks,
      placement.slots,
      this.#pairs(exchange),
    );
    const traffic = new ExchangeTraffic(exchange, placement, ranks, rows);
    this.#byRows.set(key, traffic);
    return traffic;
  }

  /** Environment of a launch of a layer, on a rank of the communicator: `rank`, `layer`, and its exchange's counts. */
  environment(layer: number, rank: number, traffic: ExchangeTraffic | undefined): Environment {
    const outer = this.index.environment;
    const own = traffic?.exchange.name;
    const [sentName, receivedName] = [`${own ?? ""}.sent`, `${own ?? ""}.received`];
    return (name) => {
      if (name === "rank") return rank;
      if (name === "layer") return layer;
      if (traffic !== undefined && name === sentName) return traffic.sent[rank];
      if (traffic !== undefined && name === receivedName) return traffic.received[rank];
      return outer(name);
    };
  }

  #loads(exchange: Exchange): readonly (readonly number[])[] {
    const routing = this.index.plan.routing.find(
      (each) => each.block === exchange.block && each.gate === exchange.gate,
    );
    if (routing === undefined)
      throw new InternalError(`gate ${exchange.block}.${exchange.gate} has no routing`);
    return routing.loads;
  }

  /** Tokens of a rank's micro-batch, and experts of each token: the extents of the gate's output. */
  #pairs(exchange: Exchange): readonly [tokens: number, topK: number] {
    const shape = this.index.node(exchange.block, exchange.gate).output.shape;
    const [tokens, topK] = shape.map((each) => evaluate(each, this.index.environment));
    if (tokens === undefined || topK === undefined)
      throw new InternalError(`gate ${exchange.block}.${exchange.gate} is not a table of tokens by experts`);
    return [tokens, topK];
  }
}

/**
 * [source * slots + slot]: expected rows of each atom. A token goes to expert e with probability top_k * load[e]; of an
 * expert's n replicas the k-th takes the tokens with (source + token) % n = k, which are counted, not averaged.
 */
function expectedRows(
  load: readonly number[],
  tables: LayerPlacement,
  ranks: number,
  slots: number,
  [tokens, topK]: readonly [number, number],
): Float64Array {
  const rows = new Float64Array(ranks * slots);
  load.forEach((share, expert) => {
    const first = tables.replica_begin[expert] ?? 0;
    const replicas = (tables.replica_begin[expert + 1] ?? first) - first;
    for (let replica = 0; replica < replicas; replica++) {
      const slot = tables.replica_slot[first + replica]!;
      for (let source = 0; source < ranks; source++) {
        const firstToken = (((replica - source) % replicas) + replicas) % replicas;
        const taken = firstToken >= tokens ? 0 : Math.ceil((tokens - firstToken) / replicas);
        rows[source * slots + slot] = share * topK * taken;
      }
    }
  });
  return rows;
}
