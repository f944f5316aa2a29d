// What several proofs need of a well-formed plan: every launch of every role with the bytes it touches.
import {
  chunkedSlots,
  PlanIndex,
  evaluate,
  expandTimeline,
  extend,
  slotsOf,
  type Buffer,
  type Exchange,
  type LaunchInstance,
  type LaunchPlan,
  type Node,
  type Operand,
  type Role,
  type SlotRange,
} from "../plan/index.js";
import { AtomReader } from "./atoms.js";

/** The rows of some slots in one use of an exchange: of a layer and micro-batch, whose counts say where they lie. */
export interface Chunk {
  readonly use: string;
  readonly slots: SlotRange;
  /** Slots of the rank with the most. */
  readonly of: number;
}

/** One operand of one launch, with its bytes: [begin, end) of a rank's memory. */
export interface Access {
  readonly operand: Operand;
  readonly buffer: Buffer;
  readonly instance: number;
  readonly begin: number;
  readonly end: number;
  /** Of these bytes, what is touched; all where absent. */
  readonly chunk?: Chunk;
}

/** One launch of a role's timeline, at one layer and for one micro-batch. `index` is its place in host order. */
export interface Occurrence extends LaunchInstance {
  readonly accesses: readonly Access[];
}

export interface RoleFacts {
  readonly role: Role;
  readonly occurrences: readonly Occurrence[];
}

export class Facts {
  readonly index: PlanIndex;
  readonly roles: readonly RoleFacts[];
  readonly #exchangeOf = new Map<string, Exchange>();
  readonly #readers = new Map<Exchange, AtomReader>();

  constructor(readonly plan: LaunchPlan) {
    this.index = new PlanIndex(plan);
    for (const exchange of plan.exchanges) this.#nameExchangeOfNodes(exchange);
    this.roles = plan.roles.map((role) => ({
      role,
      occurrences: expandTimeline(plan, role).map((each) => ({ ...each, accesses: this.#accesses(each) })),
    }));
  }

  /** How many layers before this one use its block. */
  ordinal(layer: number): number {
    return this.index.runOfLayer(layer).within;
  }

  /** The exchange that a node belongs to: as its dispatch, as its combine, or lifted over the experts between them. */
  exchangeOf(block: string, node: string): Exchange | undefined {
    return this.#exchangeOf.get(JSON.stringify([block, node]));
  }

  /** The node of the model that an occurrence implements. */
  nodeOf({ cell, launch }: LaunchInstance): Node {
    return this.index.node(cell.block, launch.node);
  }

  /** Tokens of a micro-batch of a rank, and experts each of them takes, from the type of the exchange's gate. */
  gateShape(exchange: Exchange): { readonly tokens: number; readonly topK: number } {
    const [tokens = 0, topK = 0] = this.index.node(exchange.block, exchange.gate).output.shape;
    return { tokens: evaluate(tokens, this.index.environment), topK: evaluate(topK, this.index.environment) };
  }

  /** Reads atom sets of an exchange. */
  atomReader(exchange: Exchange): AtomReader {
    const known = this.#readers.get(exchange);
    if (known !== undefined) return known;
    const reader = new AtomReader(exchange, this.index.placement(exchange.placement), this.index.environment);
    this.#readers.set(exchange, reader);
    return reader;
  }

  #nameExchangeOfNodes(exchange: Exchange): void {
    const lifted = new Set([exchange.dispatch]);
    for (const node of this.index.block(exchange.block).nodes)
      if (node.output.kind === "routed" && node.inputs.some((each) => lifted.has(each))) lifted.add(node.id);
    for (const node of [...lifted, exchange.combine])
      this.#exchangeOf.set(JSON.stringify([exchange.block, node]), exchange);
  }

  #accesses({ launch, layer, microBatch }: LaunchInstance): Access[] {
    const slots = slotsOf(launch);
    const exchange = slots && launch.exchange;
    const chunk = exchange !== undefined &&
      slots !== undefined && {
        use: `${exchange} ${layer} ${microBatch}`,
        slots,
        of: chunkedSlots(this.index.exchange(exchange)),
      };
    const environment = extend(this.index.environment, { layer });
    return launch.operands.map((operand) => {
      const buffer = this.index.buffer(operand.buffer);
      const instance = evaluate(operand.instance, environment);
      const begin = this.index.region(buffer.region).offset.value + instance * buffer.instance_bytes.value;
      const end = begin + buffer.instance_bytes.value;
      // Counts are read whole, and so are weights: they are sorted by slot, but not rows of the exchange.
      const inChunk = buffer.layout?.exchange === launch.exchange && buffer.kind !== "counts";
      return { operand, buffer, instance, begin, end, ...(chunk && inChunk ? { chunk } : {}) };
    });
  }
}

export const reads = (access: Access): boolean => access.operand.access !== "write";
export const writes = (access: Access): boolean => access.operand.access !== "read";
