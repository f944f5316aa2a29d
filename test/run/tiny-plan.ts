// A plan written by hand: an embedding and some MoE layers on a few ranks, with a dispatch and a combine by direct sends,
// computing on one stream and transferring on another, micro-batches one behind the other in each cell.
import {
  dimensionEnvironment,
  difference,
  product,
  remainder,
  sized,
  sum,
  valueEnvironment,
  type Buffer,
  type Cell,
  type ComputeLaunch,
  type Dimension,
  type DimensionKind,
  type Exchange,
  type Expr,
  type Launch,
  type LaunchPlan,
  type Node,
  type Operand,
  type Placement,
  type PrecisionClass,
  type Region,
} from "../../src/plan/index.js";
import type { OperandRole, OperandSpec, Part } from "../../src/operators/operator.js";
import { operatorNamed } from "../../src/operators/registry.js";
import { inDims } from "../../src/operators/access.js";
import { exchangeOf, gateOfMoe, placementOf } from "./tiny-exchange.js";

export interface TinyOptions {
  readonly ranks?: number;
  readonly microBatches?: number;
  readonly moeLayers?: number;
  readonly experts?: number;
  /** [slot] the expert that lives there, slots of rank 0 first; by default experts in order. */
  readonly expertOfSlot?: readonly number[];
}

const span: [number, number, number] = [0, 0, 0];

const nodes: Node[] = [
  node("u", "norm", ["x"], { in: "hidden" }, { epsilon: 1e-6 }, "tokens", ["tokens", "hidden"]),
  node(
    "gate",
    "route",
    ["u"],
    { in: "hidden", experts: "experts", top_k: "top_k", groups: 1, top_groups: 1 },
    { score: "softmax", normalize: true, scale: 1 },
    "gate",
    ["tokens", "top_k"],
  ),
  node("sent", "dispatch", ["u", "gate"], { in: "hidden", top_k: "top_k" }, {}, "routed", ["rows", "hidden"]),
  node("y", "swiglu", ["sent"], { in: "hidden", width: "ff" }, {}, "routed", ["rows", "hidden"]),
  node("routed", "combine", ["y", "gate"], { in: "hidden", top_k: "top_k" }, {}, "tokens", [
    "tokens",
    "hidden",
  ]),
  node("out", "add", ["x", "routed"], { in: "hidden" }, {}, "tokens", ["tokens", "hidden"]),
];
const embedding = node("e", "embedding", ["ids"], { vocab: "vocab", width: "hidden" }, {}, "tokens", [
  "tokens",
  "hidden",
]);

function node(
  id: string,
  op: string,
  inputs: string[],
  dims: Record<string, Expr>,
  options: Node["options"],
  kind: Node["output"]["kind"],
  shape: Expr[],
): Node {
  const gate = kind === "routed" ? { gate: "gate" } : {};
  return { id, op, inputs, dims, options, output: { kind, shape, ...gate }, span };
}

/** The plan. Every access is ordered; tests damage it. */
export function tinyPlan(options: TinyOptions = {}): LaunchPlan {
  return new TinyPlan(options).build();
}

class TinyPlan {
  readonly ranks: number;
  readonly microBatches: number;
  readonly moeLayers: number;
  readonly experts: number;
  readonly placement: Placement;
  readonly dimensions: Dimension[];
  readonly exchange: Exchange;
  readonly buffers = new Map<string, Buffer>();

  constructor({ ranks = 2, microBatches = 2, moeLayers = 2, experts = 4, expertOfSlot }: TinyOptions) {
    this.ranks = ranks;
    this.microBatches = microBatches;
    this.moeLayers = moeLayers;
    this.experts = experts;
    this.placement = placementOf(
      ranks,
      experts,
      expertOfSlot ?? Array.from({ length: experts }, (_, e) => e),
    );
    const value = (name: string, kind: DimensionKind, amount: number, expr?: Expr): Dimension => ({
      name,
      kind,
      value: amount,
      ...(expr === undefined ? {} : { expr }),
    });
    this.dimensions = [
      value("hidden", "width", 16),
      value("ff", "width", 24),
      value("vocab", "vocab", 32),
      value("experts", "experts", experts),
      value("top_k", "top_k", 2),
      value("sequences", "sequences", 2),
      value("length", "length", 4),
      value("context", "context", 0),
      value("tokens", "derived", 8, product("sequences", "length")),
      ...["weights", "activations", "dispatch", "combine", "cache", "gate", "index"].flatMap((each) => [
        value(`${each}_bytes`, "dtype_bytes", 4),
        value(`${each}_scale_bytes`, "dtype_bytes", 0),
      ]),
    ];
    this.exchange = exchangeOf(ranks, this.dimensions);
  }

  build(): LaunchPlan {
    const cells = [this.#embedCell(), this.#moeCell()];
    const { regions, total } = this.#layOut();
    return {
      format: "weft.plan/1",
      generator: "test",
      schedule: { name: "tiny", mode: "prefill", micro_batches: this.microBatches, span },
      dimensions: this.dimensions,
      precisions: (["weights", "activations", "dispatch", "combine", "cache", "gate", "index"] as const).map(
        (each) => ({
          class: each,
          dtype: each === "index" ? "u32" : "f32",
          bytes: `${each}_bytes`,
          scale_bytes: `${each}_scale_bytes`,
        }),
      ),
      operators: [],
      model: {
        name: "Tiny",
        blocks: [
          {
            name: "embed",
            input: { name: "ids", type: { kind: "ids", shape: ["tokens"] } },
            nodes: [embedding],
            result: "e",
            span,
          },
          {
            name: "moe",
            input: { name: "x", type: { kind: "tokens", shape: ["tokens", "hidden"] } },
            nodes,
            result: "out",
            span,
          },
        ],
        layers: [
          { block: "embed", first: 0, repeat: 1, span },
          { block: "moe", first: 1, repeat: this.moeLayers, span },
        ],
        span,
      },
      routing: [
        {
          ...gateOfMoe,
          distribution: "uniform",
          loads: [Array.from({ length: this.experts }, () => 1 / this.experts)],
        },
      ],
      machine: {
        name: "Box",
        gpus: this.ranks,
        gpu: { memory_bytes: 1e9, memory_bandwidth_bytes_per_s: 1e12, sms: 100, peak_flops: { f32: 1e12 } },
        tiers: [],
        span,
      },
      world: this.ranks,
      groups: [
        {
          name: "ep",
          size: this.ranks,
          instances: [Array.from({ length: this.ranks }, (_, rank) => rank)],
          sms: 4,
        },
      ],
      placements: [this.placement],
      exchanges: [this.exchange],
      memory: {
        alignment_bytes: 16,
        regions,
        total,
        buffers: [...this.buffers.values()],
      },
      cells,
      roles: [
        {
          name: "all",
          ranks: Array.from({ length: this.ranks }, (_, rank) => rank),
          streams: [
            { name: "compute", kind: "compute", priority: 0 },
            { name: "comm", kind: "scale_up", priority: -1 },
          ],
          timeline: [
            { cell: "embed", layer: 0, repeat: 1, micro_batch: 0 },
            { cell: "moe", layer: 1, repeat: this.moeLayers, micro_batch: 0 },
          ],
        },
      ],
      sources: [{ uri: "tiny.weft", text: "" }],
    };
  }

  #embedCell(): Cell {
    const launches = this.#eachMicroBatch((mb) => [this.#compute("embed", embedding, "gather", mb, [], [])]);
    return { name: "embed", block: "embed", micro_batches: this.microBatches, launches };
  }

  #moeCell(): Cell {
    const part = (id: string, name: string, mb: number, waits: string[] = [], records: string[] = []) =>
      this.#compute(
        "moe",
        nodes.find((each) => each.id === id)!,
        name,
        mb,
        waits,
        records,
      );
    const before = this.#eachMicroBatch((mb) => [
      part("u", "norm", mb),
      part("gate", "score", mb),
      part("gate", "select", mb),
      part("sent", "assign", mb, [], [`assigned.${mb}`]),
      this.#transfer("counts", "sent", mb, "sent", "received", [`assigned.${mb}`], [`counted.${mb}`]),
      part("sent", "pack", mb, [], [`packed.${mb}`]),
    ]);
    const between = this.#eachMicroBatch((mb) => [
      this.#read(mb),
      this.#transfer(
        "dispatch",
        "sent",
        mb,
        "send_rows",
        "arrived_rows",
        [`packed.${mb}`],
        [`arrived.${mb}`],
      ),
      part("sent", "unpack", mb, [`arrived.${mb}`]),
      part("y", "gate_up", mb),
      part("y", "down", mb),
      part("routed", "repack", mb, [], [`repacked.${mb}`]),
      this.#transfer(
        "combine",
        "routed",
        mb,
        "leaving_rows",
        "returned_rows",
        [`repacked.${mb}`],
        [`returned.${mb}`],
      ),
    ]);
    const after = this.#eachMicroBatch((mb) => [
      part("routed", "reduce", mb, [`returned.${mb}`]),
      part("out", "add", mb),
    ]);
    return {
      name: "moe",
      block: "moe",
      micro_batches: this.microBatches,
      launches: [...before, ...between, ...after],
    };
  }

  #eachMicroBatch(launches: (microBatch: number) => Launch[]): Launch[] {
    return Array.from({ length: this.microBatches }, (_, each) => launches(each)).flat();
  }

  #compute(
    block: string,
    each: Node,
    partName: string,
    microBatch: number,
    waits: string[],
    records: string[],
  ): ComputeLaunch {
    const operator = operatorNamed(each.op);
    const part = operator.parts.find(({ name }) => name === partName)!;
    const lifted = each.output.kind === "routed" && each.op !== "dispatch";
    const received = part.rows === "received" || (part.rows === "node" && lifted);
    const rows: Expr = received ? "moe.received" : "tokens";
    const environment = valueEnvironment(this.dimensions, [this.exchange]);
    const work = part.work(each.dims, rows, 1, each.options, { copiesSent: 0, forwarded: 0 });
    return {
      kind: "compute",
      id: `${each.id}.${partName}.${microBatch}`,
      node: each.id,
      part: partName,
      micro_batch: microBatch,
      stream: "compute",
      waits,
      records,
      operands: part.operands.flatMap((spec) =>
        spec.liftedOnly === true && !lifted ? [] : [this.#operand(block, each, part, spec, microBatch)],
      ),
      rows: { begin: sized(0, environment), end: sized(rows, environment) },
      ...(received || each.op === "dispatch" || each.op === "combine" ? { exchange: "moe" } : {}),
      work: { class: work.class, flops: { expr: 0, value: 0 }, bytes: { expr: 0, value: 0 } },
      span,
    };
  }

  #operand(block: string, each: Node, part: Part, { name, access, role }: OperandSpec, mb: number): Operand {
    const [buffer, instance] = this.#bufferOf(block, each, role, mb);
    return { name, buffer, instance, access };
  }

  #transfer(
    phase: string,
    id: string,
    mb: number,
    send: "sent" | "send_rows" | "leaving_rows",
    receive: "received" | "arrived_rows" | "returned_rows",
    waits: string[],
    records: string[],
  ): Launch {
    const counts: Operand[] =
      phase === "counts"
        ? []
        : [
            { name: "sent_counts", buffer: this.#exchangeBuffer("sent", mb), instance: 0, access: "read" },
            {
              name: "received_counts",
              buffer: this.#exchangeBuffer("received", mb),
              instance: 0,
              access: "read",
            },
          ];
    return {
      kind: "transfer",
      id: `${phase}.${mb}`,
      node: id,
      exchange: "moe",
      phase,
      micro_batch: mb,
      stream: "comm",
      waits,
      records,
      operands: [
        { name: "send", buffer: this.#exchangeBuffer(send, mb), instance: 0, access: "read" },
        { name: "receive", buffer: this.#exchangeBuffer(receive, mb), instance: 0, access: "write" },
        ...counts,
      ],
      span,
    };
  }

  #read(mb: number): Launch {
    return {
      kind: "read_counts",
      id: `read.${mb}`,
      node: "sent",
      exchange: "moe",
      micro_batch: mb,
      waits: [`counted.${mb}`],
      operands: [
        { name: "sent", buffer: this.#exchangeBuffer("sent", mb), instance: 0, access: "read" },
        { name: "received", buffer: this.#exchangeBuffer("received", mb), instance: 0, access: "read" },
      ],
      span,
    };
  }

  #bufferOf(block: string, each: Node, role: OperandRole, mb: number): [string, Expr] {
    switch (role.kind) {
      case "input":
        return this.#valueOf(block, each.inputs[role.port]!, role.field, mb, true);
      case "output":
        return this.#valueOf(block, each.id, role.field, mb, false);
      case "weight":
        return this.#weight(block, each, role.weight);
      case "temporary": {
        const width =
          typeof role.width === "function" ? role.width(each.dims) : inDims(role.width, each.dims);
        const rows = each.output.kind === "routed" ? "capacity" : "tokens";
        return [this.#activation(`${each.id}.${role.temporary}.${mb}`, role.precision, rows, width), 0];
      }
      case "segments":
        return [this.#exchangeBuffer("received", mb), 0];
      case "exchange":
        return role.buffer === "replica_begin" ||
          role.buffer === "replica_slot" ||
          role.buffer === "slot_begin"
          ? [this.#table(role.buffer), 0]
          : [this.#exchangeBuffer(role.buffer, mb), 0];
      case "state":
        throw new Error("the tiny model has no state");
    }
  }

  /** The residual stream alternates between two instances by layer. */
  #valueOf(
    block: string,
    value: string,
    field: "experts" | "weights" | undefined,
    mb: number,
    isInput: boolean,
  ): [string, Expr] {
    if (value === "ids") return [this.#input(mb), 0];
    if (value === "e" || value === "out" || value === "x") {
      const instance = remainder(isInput && value === "x" ? sum("layer", 1) : "layer", 2);
      return [this.#activation(`stream.${mb}`, "activations", "tokens", "hidden", 2), instance];
    }
    if (value === "sent") return [this.#exchangeBuffer("expert_rows", mb), 0];
    if (value === "y") return [this.#exchangeBuffer("result_rows", mb), 0];
    if (field === undefined)
      return [this.#activation(`${block}.${value}.${mb}`, "activations", "tokens", "hidden"), 0];
    const precision = field === "experts" ? "index" : "gate";
    return [this.#activation(`${value}.${field}.${mb}`, precision, "tokens", "top_k"), 0];
  }

  #weight(block: string, each: Node, weight: string): [string, Expr] {
    const spec = operatorNamed(each.op)
      .weights(each.dims)
      .find(({ name }) => name === weight)!;
    const lifted = each.output.kind === "routed";
    const layers = block === "moe" ? this.moeLayers : 1;
    const name = this.#add({
      name: `weight.${each.id}.${weight}`,
      kind: "weights",
      precision: spec.precision,
      shape: [...(lifted ? [this.#mostSlots()] : []), ...spec.shape],
      instances: layers,
      init: {
        kind: "weight",
        block,
        node: each.id,
        weight,
        per_slot: lifted,
        ...(lifted ? { placement: "experts" } : {}),
      },
    });
    return [name, block === "moe" ? difference("layer", 1) : 0];
  }

  #table(table: "replica_begin" | "replica_slot" | "slot_begin"): string {
    const length = {
      replica_begin: this.experts + 1,
      replica_slot: this.placement.slots,
      slot_begin: this.ranks + 1,
    };
    return this.#add({
      name: table,
      kind: "table",
      precision: "index",
      shape: [length[table]],
      instances: 1,
      init: { kind: "table", placement: "experts", table },
    });
  }

  #input(mb: number): string {
    return this.#add({
      name: `ids.${mb}`,
      kind: "input",
      precision: "index",
      shape: ["tokens"],
      instances: 1,
      init: { kind: "input", micro_batch: mb },
    });
  }

  #activation(name: string, precision: PrecisionClass, rows: string, width: Expr, instances = 1): string {
    const extent: Expr = rows === "capacity" ? this.exchange.capacity_rows.expr : rows;
    return this.#add({ name, kind: "activation", precision, shape: [extent, width], instances });
  }

  #exchangeBuffer(name: string, mb: number): string {
    const pairs = product("tokens", "top_k");
    const capacity = this.exchange.capacity_rows.expr;
    const add = (shape: Expr[], layout?: string, precision: PrecisionClass = "dispatch") =>
      this.#add({
        name: `${name}.${mb}`,
        kind: precision === "index" ? "counts" : "exchange",
        precision,
        shape,
        instances: 1,
        ...(layout === undefined ? {} : { layout: { exchange: "moe", layout } }),
      });
    switch (name) {
      case "pair_row":
        return add(["tokens", "top_k"], undefined, "index");
      case "sent":
        return add([this.placement.slots], "by_slot", "index");
      case "received":
        return add([this.ranks, this.#mostSlots()], "by_source", "index");
      case "send_rows":
      case "returned_rows":
        return add([pairs, "hidden"], "by_slot");
      case "arrived_rows":
      case "leaving_rows":
        return add([capacity, "hidden"], "by_source");
      case "expert_rows":
      case "result_rows":
        return add([capacity, "hidden"]);
      default:
        throw new Error(`no exchange buffer ${name}`);
    }
  }

  #mostSlots(): number {
    const { slot_begin } = this.placement;
    return Math.max(...slot_begin.slice(1).map((end, rank) => end - slot_begin[rank]!));
  }

  #add(buffer: Omit<Buffer, "instances" | "instance_bytes" | "region"> & { instances: number }): string {
    const bytes: Expr = ["align", product(...buffer.shape, `${buffer.precision}_bytes`), 16];
    const environment = dimensionEnvironment(this.dimensions);
    if (!this.buffers.has(buffer.name))
      this.buffers.set(buffer.name, {
        ...buffer,
        instances: sized(buffer.instances, environment),
        instance_bytes: sized(bytes, environment),
        region: buffer.name,
      });
    return buffer.name;
  }

  /** A region for each buffer, one behind the other. */
  #layOut(): { regions: Region[]; total: Region["bytes"] } {
    const environment = dimensionEnvironment(this.dimensions);
    let end: Expr = 0;
    let value = 0;
    const regions = [...this.buffers.values()].map((buffer): Region => {
      const bytes = sized(product(buffer.instances.expr, buffer.instance_bytes.expr), environment);
      const region = { name: buffer.region, offset: { expr: end, value }, bytes };
      end = `${buffer.region}.end`;
      value += bytes.value;
      return region;
    });
    return { regions, total: { expr: end, value } };
  }
}
