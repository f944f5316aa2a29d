// Expected run-time counts: how many rows each atom (source rank, slot) of an exchange has in a layer, from the routing's
// loads, the placement and the slot whose turn each token is. Fractions of rows are kept: these are means, not a draw.
import { InternalError } from "../diagnostics/internal-error.js";
import {
  AtomSpace,
  evaluate,
  gateChoice,
  placementOfLayer,
  sharesWithCopies,
  slotOfCount,
  slotRangeOf,
  slotsOfRank,
  slotsWithin,
  tokensOfTurn,
  turnsOf,
  type AtomLayout,
  type AtomSet,
  type Environment,
  type Exchange,
  type LayerPlacement,
  type Placement,
  type PlanIndex,
  type Ranks,
  type SlotRange,
} from "../plan/index.js";
import { Memo } from "./memo.js";

/** The counts of one exchange in one layer. */
export class ExchangeTraffic {
  /** Rows that each rank of the group sends, its own slots included. */
  readonly sent: Float64Array;
  /** Rows that each rank of the group receives, its own included. */
  readonly received: Float64Array;
  /** [source * ranks + host]: rows from one rank to another. */
  readonly #pairs: Float64Array;
  readonly #slotRows: (readonly number[] | undefined)[] = [];
  #copies: Float64Array | undefined;
  /** By name with the exchange's: undefined for what is no count of it. */
  readonly #counts = new Map<string, Float64Array | undefined>();

  readonly ranks: number;
  readonly placement: Placement;

  constructor(
    readonly exchange: Exchange,
    readonly space: AtomSpace,
    /** [source * slots + slot] */
    private readonly rows: Float64Array,
    /** [unit] tokens of a rank that go to it at least once, for units of ranks as `unitOf` gives them. */
    readonly tokensTo: (units: number, unitOf: (rank: number) => number) => Float64Array,
  ) {
    const { ranks, placement } = space;
    this.ranks = ranks;
    this.placement = placement;
    this.sent = new Float64Array(ranks);
    this.received = new Float64Array(ranks);
    this.#pairs = new Float64Array(ranks * ranks);
    const { slot_begin: begins, slots } = placement;
    for (let source = 0; source < ranks; source++)
      for (let host = 0; host < ranks; host++) {
        let between = 0;
        for (let slot = begins[host]!; slot < begins[host + 1]!; slot++)
          between += rows[source * slots + slot]!;
        this.#pairs[source * ranks + host] = between;
        this.sent[source] = this.sent[source]! + between;
        this.received[host] = this.received[host]! + between;
      }
  }

  /** Rows of one atom. */
  rowsOf = (source: number, slot: number): number => this.rows[source * this.placement.slots + slot]!;

  /** Rows from one rank to another. */
  rowsBetween = (source: number, host: number): number => this.#pairs[source * this.ranks + host]!;

  /** [rank] a run-time count by its name; undefined for other names. */
  counts(name: string): Float64Array | undefined {
    const known = this.#counts.get(name);
    if (known !== undefined || this.#counts.has(name)) return known;
    const prefix = `${this.exchange.name}.`;
    const made = name.startsWith(prefix) ? this.#count(name.slice(prefix.length)) : undefined;
    this.#counts.set(name, made);
    return made;
  }

  #count(name: string): Float64Array | undefined {
    switch (name) {
      case "sent":
        return this.sent;
      case "received":
        return this.received;
      case "copies_sent":
        return this.#onAll((each) => this.#sum([each], "all", "only", each));
      case "copies_received":
        return this.#onAll((each) => this.#relayed(each, "only"));
      case "forwarded":
        return this.#onAll((each) => this.#relayed(each, undefined));
      default: {
        const slot = slotOfCount(name);
        return slot === undefined ? undefined : this.#onAll((each) => this.#before(each, slot));
      }
    }
  }

  /** Rows that a rank receives for its slots below one. */
  #before(rank: number, slot: number): number {
    let rows = 0;
    for (const each of this.rowsOfSlots(rank).slice(0, slot)) rows += each;
    return rows;
  }

  /** [rank] a count on all ranks. */
  #onAll(on: (rank: number) => number): Float64Array {
    return new Float64Array(this.ranks).map((_, rank) => on(rank));
  }

  /** What the ranks of equal index in all nodes have for a rank's node. */
  #relayed(rank: number, copies: AtomLayout["copies"]): number {
    const { ranksPerNode: step, nodes } = this.space;
    const sources = Array.from({ length: nodes }, (_, node) => (rank % step) + node * step);
    return this.#sum(sources, { first: rank - (rank % step), step: 1, count: step }, copies, rank);
  }

  #sum(sources: readonly number[], host: Ranks, copies: AtomLayout["copies"], rank: number): number {
    const hosts = this.space.ranksIn(host, (name) => (name === "rank" ? rank : undefined));
    return this.rowsIn({ sources, hosts, slots: undefined, copies });
  }

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

  /** Copies of any source for a node. */
  copiesTo(node: number): number {
    this.#copies ??= this.tokensTo(this.space.nodes, this.space.nodeOf);
    return this.#copies[node]!;
  }

  /** Rows, or copies, of a set. */
  rowsIn({ sources, hosts, slots, copies }: AtomRange): number {
    const { slot_begin: begins, slots: allSlots } = this.placement;
    let rows = 0;
    if (copies !== undefined)
      forEachNode(hosts, this.space, (node) => (rows += sources.length * this.copiesTo(node)));
    if (copies === "only") return rows;
    for (const host of hosts) {
      if (slots === undefined) {
        for (const source of sources) rows += this.#pairs[source * this.ranks + host]!;
        continue;
      }
      const [first, last] = slotsWithin(begins[host + 1]! - begins[host]!, slots);
      for (const source of sources)
        for (let own = first; own < last; own++) rows += this.rows[source * allSlots + begins[host]! + own]!;
    }
    return rows;
  }
}

/** Number of entries of a set. */
export function entriesIn({ sources, hosts, slots, copies }: AtomRange, space: AtomSpace): number {
  let columns = 0;
  if (copies !== undefined) forEachNode(hosts, space, () => columns++);
  if (copies !== "only")
    for (const host of hosts) {
      const [begin, end] = slotsOfRank(space.placement, host);
      const [first, last] = slotsWithin(end - begin, slots);
      columns += last - first;
    }
  return sources.length * columns;
}

/** Visits the nodes of some ranks, which ascend, each once. */
function forEachNode(hosts: readonly number[], space: AtomSpace, visit: (node: number) => void): void {
  let last = -1;
  for (const host of hosts) {
    const node = space.nodeOf(host);
    if (node !== last) visit(node);
    last = node;
  }
}

/** A set of entries as one rank sees it. */
export interface AtomRange {
  readonly sources: readonly number[];
  readonly hosts: readonly number[];
  /** Slots of each host, by their index among its own; all of them where undefined. */
  readonly slots: SlotRange | undefined;
  /** Whether its entries are copies for nodes, or such too. */
  readonly copies: AtomLayout["copies"];
}

/** A set of atoms for a rank of a communicator, as a layout takes it. `environment` knows `rank`. */
export function atomRange(
  set: AtomSet,
  copies: AtomLayout["copies"],
  space: AtomSpace,
  environment: Environment,
): AtomRange {
  return {
    sources: space.ranksIn(set.source, environment),
    hosts: space.ranksIn(set.host, environment),
    slots: slotRangeOf(set, environment),
    copies,
  };
}

/** In place of what traffic follows from where routing decides it. */
const NO_ROUTING = new Array<undefined>(5).fill(undefined);

/** The expected traffic of every exchange and layer of a plan; layers with equal loads and placement share it. */
export class Traffic {
  readonly #byLayer = new Map<string, ExchangeTraffic[]>();

  /** `memo`: traffic by what it follows from. */
  constructor(
    private readonly index: PlanIndex,
    private readonly memo = new Memo<ExchangeTraffic>(),
  ) {}

  /** Traffic of an exchange in a layer, given by its global index. */
  of(name: string, layer: number): ExchangeTraffic {
    const layers = this.#byLayer.get(name) ?? [];
    this.#byLayer.set(name, layers);
    return (layers[layer] ??= this.#ofRows(this.index.exchange(name), layer));
  }

  #ofRows(exchange: Exchange, layer: number): ExchangeTraffic {
    return exchange.atom_rows === undefined
      ? this.#expected(exchange, layer)
      : this.#fixed(exchange, evaluate(exchange.atom_rows.expr, this.index.environment));
  }

  /** Every atom has the same rows, whatever the routing. */
  #fixed(exchange: Exchange, atomRows: number): ExchangeTraffic {
    const placement = this.index.placement(exchange.placement);
    const { name, ranks_per_node: ranksPerNode } = exchange;
    return this.memo.of([name, ranksPerNode, placement, atomRows, ...NO_ROUTING], () => {
      const space = new AtomSpace(exchange, placement);
      const rows = new Float64Array(space.ranks * placement.slots).fill(atomRows);
      // Padding travels too, so there is no saying how few tokens that might be.
      return new ExchangeTraffic(exchange, space, rows, (units) => new Float64Array(units).fill(Infinity));
    });
  }

  #expected(exchange: Exchange, layer: number): ExchangeTraffic {
    const placement = this.index.placement(exchange.placement);
    const { within } = this.index.runOfLayer(layer);
    const loads = this.#loads(exchange);
    const loadRow = loads.length === 1 ? 0 : within;
    const placementRow = placement.layers.length === 1 ? 0 : within;
    const load = loads[loadRow];
    if (load === undefined)
      throw new InternalError(`exchange ${exchange.name} has no loads for layer ${String(layer)}`);
    const tables = placementOfLayer(placement, placementRow);
    const [tokens, topK] = this.#pairs(exchange);
    const choice = gateChoice(this.index.node(exchange.block, exchange.gate), this.index.environment);
    const { groups, topGroups } = choice;
    // Exchanges of one name differ by how their rows travel, which changes nothing in what travels but copies for nodes.
    const { name, ranks_per_node: ranksPerNode } = exchange;
    const keys = [name, ranksPerNode, placement, load, tables, tokens, topK, groups, topGroups] as const;
    return this.memo.of(keys, () => {
      const space = new AtomSpace(exchange, placement);
      const rows = expectedRows(load, tables, space.ranks, placement.slots, [tokens, topK]);
      return new ExchangeTraffic(exchange, space, rows, (units, unitOf) =>
        sharesWithCopies(load, tables, space, choice, units, unitOf).map((share) => share * tokens),
      );
    });
  }

  /** Environment of a launch of a layer, on a rank of the communicator: `rank`, `layer`, and its exchange's counts. */
  environment(layer: number, rank: number, traffic: ExchangeTraffic | undefined): Environment {
    const outer = this.index.environment;
    return (name) => {
      if (name === "rank") return rank;
      if (name === "layer") return layer;
      return traffic?.counts(name)?.[rank] ?? outer(name);
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
 * [source * slots + slot]: expected rows of each atom. A token goes to expert e with probability top_k * load[e]; of a round of
 * n turns the k-th takes the tokens with (source + token) % n = k, which are counted, not averaged.
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
    const turns = turnsOf(tables, expert);
    // Rows of each turn from the first source; the next source's are those of the turn before.
    const taken = turns.map((_, turn) => share * topK * tokensOfTurn(turn, turns.length, 0, tokens));
    turns.forEach((slot, turn) => {
      for (let source = 0, at = turn; source < ranks; source++) {
        rows[source * slots + slot]! += taken[at]!;
        at = at === 0 ? turns.length - 1 : at - 1;
      }
    });
  });
  return rows;
}
