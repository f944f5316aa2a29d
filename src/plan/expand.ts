// A plan, looked up by name and unfolded: the launches of a role in host issue order, and where operands lie.
import { InternalError } from "../diagnostics/internal-error.js";
import { extend, valueEnvironment } from "./dimensions.js";
import { evaluate, type Environment } from "./expression.js";
import type {
  Block,
  Buffer,
  Cell,
  Exchange,
  Group,
  HostRead,
  Launch,
  LaunchPlan,
  LayerRun,
  Node,
  Operand,
  Phase,
  Placement,
  Precision,
  PrecisionClass,
  Region,
  Role,
  TransferLaunch,
  Rounds,
} from "./types.gen.js";

/** Thrown by lookups in a plan whose names do not resolve; the verifier reports such plans before anyone looks. */
export class UnresolvedError extends InternalError {
  constructor(what: string, name: string) {
    super(`the plan has no ${what} \`${name}\``);
  }
}

/** One launch of a role's timeline. */
export interface LaunchInstance {
  /** Position in the role's host issue order. */
  readonly index: number;
  readonly launch: Launch;
  readonly cell: Cell;
  /** Global layer index. */
  readonly layer: number;
  /** Micro-batch of the step, not relative to the cell. */
  readonly microBatch: number;
}

/** Bytes of a rank's memory: [begin, end). */
export interface ByteRange {
  readonly begin: number;
  readonly end: number;
}

/** Lookups by name; each throws UnresolvedError where there is nothing of that name. */
export class PlanIndex {
  /** Dimensions, and the run-time counts of exchanges at their mean. */
  readonly environment: Environment;
  readonly #buffers: ReadonlyMap<string, Buffer>;
  readonly #regions: ReadonlyMap<string, Region>;
  readonly #cells: ReadonlyMap<string, Cell>;
  readonly #exchanges: ReadonlyMap<string, Exchange>;
  readonly #placements: ReadonlyMap<string, Placement>;
  readonly #groups: ReadonlyMap<string, Group>;
  readonly #blocks: ReadonlyMap<string, Block>;
  readonly #nodes: ReadonlyMap<string, ReadonlyMap<string, Node>>;

  constructor(readonly plan: LaunchPlan) {
    this.environment = valueEnvironment(plan.dimensions, plan.exchanges);
    this.#buffers = byName(plan.memory.buffers);
    this.#regions = byName(plan.memory.regions);
    this.#cells = byName(plan.cells);
    this.#exchanges = byName(plan.exchanges);
    this.#placements = byName(plan.placements);
    this.#groups = byName(plan.groups);
    this.#blocks = byName(plan.model.blocks);
    this.#nodes = new Map(
      plan.model.blocks.map((block) => [block.name, new Map(block.nodes.map((node) => [node.id, node]))]),
    );
  }

  buffer = (name: string): Buffer => found(this.#buffers.get(name), "buffer", name);
  region = (name: string): Region => found(this.#regions.get(name), "region", name);
  cell = (name: string): Cell => found(this.#cells.get(name), "cell", name);
  exchange = (name: string): Exchange => found(this.#exchanges.get(name), "exchange", name);
  placement = (name: string): Placement => found(this.#placements.get(name), "placement", name);
  group = (name: string): Group => found(this.#groups.get(name), "communicator", name);
  block = (name: string): Block => found(this.#blocks.get(name), "block", name);
  node = (block: string, id: string): Node =>
    found(this.#nodes.get(block)?.get(id), "node", `${block}.${id}`);

  phase(exchange: string, name: string): Phase {
    const phases = this.exchange(exchange).phases;
    return found(
      phases.find((each) => each.name === name),
      "phase",
      `${exchange}.${name}`,
    );
  }

  /** The communicator that carries a transfer. */
  communicatorOf = ({ exchange, phase }: TransferLaunch): string =>
    this.phase(exchange, phase).group ?? this.exchange(exchange).group;

  precision(precisionClass: PrecisionClass): Precision {
    return found(
      this.plan.precisions.find((each) => each.class === precisionClass),
      "precision",
      precisionClass,
    );
  }

  /** The role of a rank. */
  roleOf(rank: number): Role {
    return found(
      this.plan.roles.find((each) => each.ranks.includes(rank)),
      "role of rank",
      String(rank),
    );
  }

  /** The run of equal layers that a layer belongs to, and its position among all layers that use the block. */
  runOfLayer(layer: number): { readonly run: LayerRun; readonly within: number } {
    let earlier = 0;
    const known = found(
      this.plan.model.layers.find((each) => layer >= each.first && layer < each.first + each.repeat),
      "layer",
      String(layer),
    );
    for (const run of this.plan.model.layers)
      if (run.block === known.block && run.first < known.first) earlier += run.repeat;
    return { run: known, within: earlier + layer - known.first };
  }

  /** Number of layers of the model. */
  get layers(): number {
    const last = this.plan.model.layers.at(-1);
    return last === undefined ? 0 : last.first + last.repeat;
  }

  /** Where in a rank's memory an operand of a launch of `layer` lies. */
  addressOf(operand: Operand, layer: number): ByteRange {
    const buffer = this.buffer(operand.buffer);
    const instance = evaluate(operand.instance, extend(this.environment, { layer }));
    if (instance < 0 || instance >= buffer.instances.value)
      throw new InternalError(`buffer ${buffer.name} has no instance ${String(instance)}`);
    const begin = this.region(buffer.region).offset.value + instance * buffer.instance_bytes.value;
    return { begin, end: begin + buffer.instance_bytes.value };
  }
}

/** What the host does itself, on no stream. */
export const isOnHost = (launch: Launch): launch is HostRead | Rounds =>
  launch.kind === "read_counts" || launch.kind === "rounds";

/** Every launch of a role's timeline in host issue order. */
export function expandTimeline(plan: LaunchPlan, role: Role): LaunchInstance[] {
  const cells = byName(plan.cells);
  const instances: LaunchInstance[] = [];
  for (const entry of role.timeline) {
    const cell = found(cells.get(entry.cell), "cell", entry.cell);
    for (let layer = entry.layer; layer < entry.layer + entry.repeat; layer++)
      for (const launch of cell.launches)
        instances.push({
          index: instances.length,
          launch,
          cell,
          layer: layer + (launch.layer_offset ?? 0),
          microBatch: entry.micro_batch + launch.micro_batch,
        });
  }
  return instances;
}

function byName<T extends { readonly name: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((each) => [each.name, each]));
}

function found<T>(value: T | undefined, what: string, name: string): T {
  if (value === undefined) throw new UnresolvedError(what, name);
  return value;
}
