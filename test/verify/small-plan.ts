// Plans written by hand for the verifier: two ranks, a layer that embeds, two that route tokens to experts, one that
// ends. No pass made them. `exchanges` names the mixtures of experts in a layer, each on a communicator of its own.
import {
  evaluate,
  valueEnvironment,
  type Buffer,
  type Cell,
  type ComputeLaunch,
  type Dimension,
  type Exchange,
  type Expr,
  type HostRead,
  type Launch,
  type LaunchPlan,
  type Node,
  type Operand,
  type OperandRole,
  type Operator,
  type Sized,
  type Span,
  type TransferLaunch,
} from "../../src/plan/index.js";

const source = "embed\nmoe\nhead\n";
const [EMBED, MOE, HEAD] = [
  [0, 0, 5],
  [0, 6, 9],
  [0, 10, 14],
] as [Span, Span, Span];

const fixed = (name: string, value: number): Dimension => ({ name, kind: "fixed", value });
const dimensions: Dimension[] = [
  fixed("tokens", 4),
  fixed("hidden", 8),
  fixed("top_k", 2),
  fixed("slots", 4),
  fixed("own_slots", 2),
  fixed("bytes", 4),
  fixed("no_bytes", 0),
  { name: "pairs", kind: "derived", value: 8, expr: ["*", "tokens", "top_k"] },
  { name: "capacity", kind: "derived", value: 16, expr: ["*", 2, "pairs"] },
  fixed("turns", 5),
];
const sizes = valueEnvironment(dimensions, []);
const sized = (expr: Expr): Sized => ({ expr, value: evaluate(expr, sizes) });

const tokens = { kind: "tokens" as const, shape: ["tokens", "hidden"] as Expr[] };
const node = (id: string, op: string, inputs: string[], output: Node["output"], span: Span): Node => ({
  id,
  op,
  inputs,
  dims: {},
  options: {},
  output,
  span,
});

/** `read buffer`, `write buffer[expr]`: operands are named like their buffers, without the exchange, unless `name=` stands before. */
function operand(text: string): Operand {
  const [, access, name, buffer, instance] = /^(\w+) (?:(\w+)=)?([\w.@]+)(?:\[(.+)\])?$/.exec(text)!;
  return {
    name: name ?? lastName(buffer!),
    buffer: buffer!,
    instance: instance === undefined ? 0 : (JSON.parse(instance) as Expr),
    access: access as Operand["access"],
  };
}

/** A name without its exchange. */
const lastName = (name: string): string => name.split(".").at(-1)!;

interface Sync {
  readonly waits?: string[];
  readonly records?: string[];
}

function compute(
  id: string,
  nodeId: string,
  operands: string[],
  rows: Sized,
  { waits = [], records = [] }: Sync = {},
  exchange?: string,
): ComputeLaunch {
  return {
    kind: "compute",
    id,
    node: nodeId,
    part: lastName(id),
    micro_batch: 0,
    stream: "compute",
    waits,
    records,
    operands: operands.map(operand),
    rows: { begin: sized(0), end: rows },
    ...(exchange === undefined ? {} : { exchange }),
    work: { class: "memory", flops: sized(0), bytes: sized(0) },
    span: MOE,
  };
}

function transfer(
  exchange: string,
  phase: string,
  nodeId: string,
  operands: string[],
  sync: Required<Sync>,
): TransferLaunch {
  const id = `${exchange}.${phase}`;
  const base = { kind: "transfer" as const, id, node: nodeId, exchange, phase, micro_batch: 0 };
  return { ...base, stream: "network", ...sync, operands: operands.map(operand), span: MOE };
}

/** Launches of one mixture of experts `e`, from the normed tokens `u` to its combined result `e.c`. */
function mixture(e: string): Launch[] {
  const received: Sized = { expr: `${e}.received`, value: 8 };
  const all = sized("tokens");
  const read: HostRead = {
    kind: "read_counts",
    id: `${e}.read_counts`,
    node: `${e}.d`,
    exchange: e,
    micro_batch: 0,
    waits: [`${e}.told`],
    operands: [operand(`read sent=${e}.sent`), operand(`read received=${e}.received`)],
    span: MOE,
  };
  const tables = [`read ${e}.replica_begin`, `read ${e}.replica_slot`];
  return [
    compute(
      `${e}.route`,
      `${e}.gate`,
      ["read u", `read ${e}.router["layer_index"]`, `write ${e}.experts`, `write ${e}.weights`],
      all,
    ),
    compute(
      `${e}.assign`,
      `${e}.d`,
      [`read ${e}.experts`, ...tables, `write ${e}.pair_row`, `write ${e}.sent`],
      all,
      { records: [`${e}.counted`] },
      e,
    ),
    transfer(e, "counts", `${e}.d`, [`read send=${e}.sent`, `write receive=${e}.received`], {
      waits: [`${e}.counted`],
      records: [`${e}.told`],
    }),
    compute(
      `${e}.pack`,
      `${e}.d`,
      ["read u", `read ${e}.experts`, `read ${e}.pair_row`, `read ${e}.sent`, `write ${e}.send_rows`],
      all,
      { records: [`${e}.packed`] },
      e,
    ),
    read,
    transfer(e, "dispatch", `${e}.d`, [`read send=${e}.send_rows`, `write receive=${e}.arrived_rows`], {
      waits: [`${e}.packed`],
      records: [`${e}.arrived`],
    }),
    compute(
      `${e}.unpack`,
      `${e}.d`,
      [`read ${e}.arrived_rows`, `read ${e}.received`, `write ${e}.expert_rows`],
      received,
      { waits: [`${e}.arrived`] },
      e,
    ),
    compute(
      `${e}.expert`,
      `${e}.f`,
      [
        `read ${e}.expert_rows`,
        `read ${e}.received`,
        `read ${e}.matrix["layer_index"]`,
        `write ${e}.result_rows`,
      ],
      received,
      {},
      e,
    ),
    compute(
      `${e}.repack`,
      `${e}.c`,
      [`read ${e}.result_rows`, `read ${e}.received`, `write ${e}.leaving_rows`],
      received,
      { records: [`${e}.sorted`] },
      e,
    ),
    transfer(e, "combine", `${e}.c`, [`read send=${e}.leaving_rows`, `write receive=${e}.returned_rows`], {
      waits: [`${e}.sorted`],
      records: [`${e}.returned`],
    }),
    compute(
      `${e}.reduce`,
      `${e}.c`,
      [
        `read ${e}.returned_rows`,
        `read ${e}.experts`,
        `read ${e}.weights`,
        `read ${e}.pair_row`,
        `read ${e}.sent`,
        `write ${e}.result`,
      ],
      all,
      { waits: [`${e}.returned`] },
      e,
    ),
  ];
}

function exchangeNamed(e: string, gathered: boolean): Exchange {
  const ahead = (shift: number): Expr => (shift === 0 ? "rank" : ["%", ["+", "rank", shift], 2]);
  const behind = (shift: number): Expr => (shift === 0 ? "rank" : ["%", ["-", "rank", shift], 2]);
  const there = [0, 1].map((shift) => ({
    to: ahead(shift),
    from: behind(shift),
    send: { source: "rank", host: ahead(shift) },
    receive: { source: behind(shift), host: "rank" },
  }));
  const everywhere = there.map((step) => ({
    ...step,
    send: { source: "rank", host: "all" },
    receive: { source: step.from, host: "all" },
  }));
  const back = there.map(({ to, from, send, receive }) => ({
    to: from,
    from: to,
    send: receive,
    receive: send,
  }));
  return {
    name: e,
    block: "moe",
    gate: `${e}.gate`,
    dispatch: `${e}.d`,
    combine: `${e}.c`,
    placement: `${e}.placement`,
    group: `${e}.group`,
    transport: "nccl",
    algorithm: "by hand",
    tokens: { policy: "dropless" },
    mean_rows: sized("pairs"),
    capacity_rows: sized("capacity"),
    layouts: [
      { name: "sending", holds: { source: "rank", host: "all" }, order: ["slot", "source"] },
      { name: "arriving", holds: { source: "all", host: "rank" }, order: ["source", "slot"] },
      { name: "by_expert", holds: { source: "all", host: "rank" }, order: ["slot", "source"] },
      { name: "everybody", holds: { source: "all", host: "all" }, order: ["source", "slot"] },
    ],
    phases: [
      { name: "counts", carries: "counts", steps: gathered ? everywhere : structuredClone(there) },
      { name: "dispatch", carries: "rows", steps: structuredClone(there) },
      { name: "combine", carries: "rows", steps: back },
    ],
  };
}

/** `name: role`, with a sign before the name for what the part does: < reads, > writes. Roles are as the plan has them. */
function part(name: string, ...operands: string[]): Operator["parts"][number] {
  return {
    name,
    operands: operands.map((text) => {
      const [, sign, operandName, role] = /^([<>])(\w+): (.*)$/.exec(text)!;
      const [kind, which] = role!.split(" ");
      const [port, field] = (which ?? "").split(".");
      const named = ["weight", "state", "temporary", "exchange"].includes(kind!);
      return {
        name: operandName!,
        access: sign === "<" ? "read" : "write",
        role: {
          kind: kind as OperandRole["kind"],
          ...(kind === "input" ? { port: Number(port) } : named ? { name: which! } : {}),
          ...(field === undefined ? {} : { field: field as "experts" | "weights" }),
        },
        ...(kind === "segments" ? { lifted_only: true } : {}),
      };
    }),
  };
}

/** What the launches of this file compute. */
const operatorsFor = (exchanges: readonly string[]): Operator[] => [
  {
    name: "embedding",
    parts: [part("embedding", "<ids: input 0", "<table: weight matrix", ">stream: output")],
  },
  { name: "norm", parts: [part("norm", "<stream: input 0", ">u: output")] },
  {
    name: "route",
    parts: [
      part(
        "route",
        ...["<u: input 0", "<router: weight matrix"],
        ...[">experts: output .experts", ">weights: output .weights"],
      ),
    ],
  },
  {
    name: "dispatch",
    parts: [
      part(
        "assign",
        ...["<experts: input 1.experts", "<replica_begin: exchange replica_begin"],
        ...["<replica_slot: exchange replica_slot", ">pair_row: exchange pair_row", ">sent: exchange sent"],
      ),
      part(
        "pack",
        ...["<u: input 0", "<experts: input 1.experts", "<pair_row: exchange pair_row"],
        ...["<sent: exchange sent", ">send_rows: exchange send_rows"],
      ),
      part(
        "unpack",
        ...["<arrived_rows: exchange arrived_rows", "<received: exchange received"],
        ">expert_rows: exchange expert_rows",
      ),
    ],
  },
  {
    name: "linear",
    parts: [
      part(
        "expert",
        ...["<expert_rows: input 0", "<received: segments", "<matrix: weight matrix", ">result_rows: output"],
      ),
    ],
  },
  {
    name: "combine",
    parts: [
      part(
        "repack",
        ...["<result_rows: exchange result_rows", "<received: exchange received"],
        ">leaving_rows: exchange leaving_rows",
      ),
      part(
        "reduce",
        ...["<returned_rows: exchange returned_rows", "<experts: input 1.experts"],
        ...["<weights: input 1.weights", "<pair_row: exchange pair_row", "<sent: exchange sent"],
        ">result: output",
      ),
    ],
  },
  {
    name: "+",
    parts: [
      part("add", "<x: input 0", ...exchanges.map((e, at) => `<${e}_result: input ${at + 1}`), ">y: output"),
    ],
  },
  {
    name: "unembedding",
    parts: [part("logits", "<stream: input 0", "<unembed: weight matrix", ">output: output")],
  },
];

type Draft = Pick<Buffer, "name" | "kind" | "shape"> & Partial<Pick<Buffer, "layout" | "init" | "precision">>;

function buffersOf(e: string, gathered: boolean): (Draft & { instances?: number })[] {
  const held = (layout: string) => ({ layout: { exchange: e, layout } });
  const weight = (nodeId: string, placed: boolean) => ({
    precision: placed ? ("weights" as const) : ("gate" as const),
    init: {
      kind: "weight" as const,
      block: "moe",
      node: nodeId,
      weight: "matrix",
      per_slot: placed,
      ...(placed ? { placement: `${e}.placement` } : {}),
    },
  });
  const table = (name: "replica_begin" | "replica_slot") => ({
    init: { kind: "table" as const, placement: `${e}.placement`, table: name },
  });
  const index = { precision: "index" as const };
  return [
    {
      name: `${e}.router`,
      kind: "weights",
      shape: ["hidden", 3],
      instances: 2,
      ...weight(`${e}.gate`, false),
    },
    {
      name: `${e}.matrix`,
      kind: "weights",
      shape: ["own_slots", "hidden", "hidden"],
      instances: 2,
      ...weight(`${e}.f`, true),
    },
    { name: `${e}.replica_begin`, kind: "table", shape: [4], ...index, ...table("replica_begin") },
    { name: `${e}.replica_slot`, kind: "table", shape: ["turns"], ...index, ...table("replica_slot") },
    { name: `${e}.experts`, kind: "activation", shape: ["tokens", "top_k"], ...index },
    { name: `${e}.weights`, kind: "activation", shape: ["tokens", "top_k"], precision: "gate" },
    { name: `${e}.pair_row`, kind: "counts", shape: ["tokens", "top_k"], ...index },
    { name: `${e}.sent`, kind: "counts", shape: ["slots"], ...index, ...held("sending") },
    {
      name: `${e}.received`,
      kind: "counts",
      shape: [2, gathered ? "slots" : "own_slots"],
      ...index,
      ...held(gathered ? "everybody" : "arriving"),
    },
    { name: `${e}.send_rows`, kind: "exchange", shape: ["pairs", "hidden"], ...held("sending") },
    { name: `${e}.arrived_rows`, kind: "exchange", shape: ["capacity", "hidden"], ...held("arriving") },
    { name: `${e}.expert_rows`, kind: "exchange", shape: ["capacity", "hidden"], ...held("by_expert") },
    { name: `${e}.result_rows`, kind: "exchange", shape: ["capacity", "hidden"], ...held("by_expert") },
    { name: `${e}.leaving_rows`, kind: "exchange", shape: ["capacity", "hidden"], ...held("arriving") },
    { name: `${e}.returned_rows`, kind: "exchange", shape: ["pairs", "hidden"], ...held("sending") },
    { name: `${e}.result`, kind: "activation", shape: ["tokens", "hidden"] },
  ];
}

/** Each buffer in a region of its own, one after the other. */
function memoryOf(drafts: readonly (Draft & { instances?: number })[]): LaunchPlan["memory"] {
  let end: Sized = sized(0);
  const regions: LaunchPlan["memory"]["regions"] = [];
  const buffers = drafts.map(({ instances = 1, ...draft }): Buffer => {
    const instance = sized(["align", ["*", "bytes", ...draft.shape] as Expr, 16]);
    const bytes = sized(["*", instances, instance.expr]);
    regions.push({ name: draft.name, offset: end, bytes });
    end = { expr: `${draft.name}.end`, value: end.value + bytes.value };
    return {
      precision: "activations",
      ...draft,
      instances: sized(instances),
      instance_bytes: instance,
      region: draft.name,
    };
  });
  return { alignment_bytes: 16, regions, total: end, buffers };
}

/** A layer's launches; the mixtures follow one another in the given order. */
export function moeCell(name: string, exchanges: readonly string[]): Cell {
  const index: Expr = ["-", "layer", 1];
  const launches = [
    compute("norm", "u", ['read stream[["%","layer",2]]', "write u"], sized("tokens")),
    ...exchanges.flatMap(mixture),
    compute(
      "add",
      "sum",
      [
        'read x=stream[["%","layer",2]]',
        ...exchanges.map((e) => `read ${e}_result=${e}.result`),
        'write y=stream[["%",["+","layer",1],2]]',
      ],
      sized("tokens"),
    ),
  ];
  for (const launch of launches)
    for (const each of launch.operands) if (each.instance === "layer_index") each.instance = index;
  return { name, block: "moe", micro_batches: 1, launches };
}

/** A plan that holds in every respect; with gathered counts every rank knows what each sends to each slot. */
export function smallPlan(exchanges: readonly string[] = ["e"], gathered = false): LaunchPlan {
  const gate: Node["output"] = { kind: "gate", shape: ["tokens", "top_k"] };
  const routed = (e: string): Node["output"] => ({
    kind: "routed",
    shape: ["rows", "hidden"],
    gate: `${e}.gate`,
  });
  const alone = (name: string, nodeId: string, operands: string[]): Cell => ({
    name,
    block: name,
    micro_batches: 1,
    launches: [compute(nodeId, nodeId, operands, sized("tokens"))],
  });
  const matrix = (block: string, nodeId: string) => ({
    precision: "weights" as const,
    init: { kind: "weight" as const, block, node: nodeId, weight: "matrix", per_slot: false },
  });
  return {
    format: "weft.plan/1",
    generator: "by hand",
    schedule: { name: "small", mode: "prefill", micro_batches: 1, span: MOE },
    dimensions: structuredClone(dimensions),
    precisions: (["activations", "weights", "gate", "index"] as const).map((each) => ({
      class: each,
      dtype: each === "index" ? "u32" : "f32",
      bytes: "bytes",
      scale_bytes: "no_bytes",
    })),
    model: {
      name: "Small",
      span: MOE,
      blocks: [
        {
          name: "embed",
          input: { name: "ids", type: { kind: "ids", shape: ["tokens"] } },
          nodes: [node("embedding", "embedding", ["ids"], tokens, EMBED)],
          result: "embedding",
          span: EMBED,
        },
        {
          name: "moe",
          input: { name: "x", type: tokens },
          nodes: [
            node("u", "norm", ["x"], tokens, MOE),
            ...exchanges.flatMap((e) => [
              node(`${e}.gate`, "route", ["u"], gate, MOE),
              node(`${e}.d`, "dispatch", ["u", `${e}.gate`], routed(e), MOE),
              node(`${e}.f`, "linear", [`${e}.d`], routed(e), MOE),
              node(`${e}.c`, "combine", [`${e}.f`, `${e}.gate`], tokens, MOE),
            ]),
            node("sum", "+", ["x", ...exchanges.map((e) => `${e}.c`)], tokens, MOE),
          ],
          result: "sum",
          span: MOE,
        },
        {
          name: "head",
          input: { name: "x", type: tokens },
          nodes: [node("logits", "unembedding", ["x"], tokens, HEAD)],
          result: "logits",
          span: HEAD,
        },
      ],
      layers: [
        { block: "embed", first: 0, repeat: 1, span: EMBED },
        { block: "moe", first: 1, repeat: 2, span: MOE },
        { block: "head", first: 3, repeat: 1, span: HEAD },
      ],
    },
    operators: operatorsFor(exchanges),
    routing: [],
    machine: {
      name: "Pair",
      gpus: 2,
      gpu: { memory_bytes: 2 ** 20, memory_bandwidth_bytes_per_s: 1e12, sms: 16, peak_flops: { f32: 1e12 } },
      tiers: [
        {
          ...{ name: "link", kind: "switch", joins: 2, bandwidth_bytes_per_s: 1e11, efficiency: 1 },
          ...{ latency_us: 1, message_gap_us: 0, span: MOE },
        },
      ],
      span: MOE,
    },
    world: 2,
    groups: exchanges.map((e) => ({ name: `${e}.group`, size: 2, instances: [[0, 1]], sms: 4 })),
    // Three experts in four slots: expert 0 has a replica on each rank, of which the first takes two of three turns.
    placements: exchanges.map((e) => ({
      name: `${e}.placement`,
      block: "moe",
      gate: `${e}.gate`,
      experts: 3,
      slots: 4,
      slot_begin: [0, 2, 4],
      layers: [{ expert_of_slot: [0, 1, 0, 2], replica_begin: [0, 3, 4, 5], replica_slot: [0, 2, 0, 1, 3] }],
    })),
    exchanges: exchanges.map((e) => exchangeNamed(e, gathered)),
    memory: memoryOf([
      {
        name: "ids",
        kind: "input",
        shape: ["tokens"],
        precision: "index",
        init: { kind: "input", micro_batch: 0 },
      },
      { name: "table", kind: "weights", shape: [16, "hidden"], ...matrix("embed", "embedding") },
      { name: "stream", kind: "activation", shape: ["tokens", "hidden"], instances: 2 },
      { name: "u", kind: "activation", shape: ["tokens", "hidden"] },
      ...exchanges.flatMap((e) => buffersOf(e, gathered)),
      { name: "unembed", kind: "weights", shape: ["hidden", "hidden"], ...matrix("head", "logits") },
      { name: "output", kind: "output", shape: ["tokens", "hidden"] },
    ]),
    cells: [
      alone("embed", "embedding", ["read ids", "read table", 'write stream[["%",["+","layer",1],2]]']),
      moeCell("moe", exchanges),
      alone("head", "logits", ['read stream[["%","layer",2]]', "read unembed", "write output"]),
    ],
    roles: [
      {
        name: "all",
        ranks: [0, 1],
        streams: [
          { name: "compute", kind: "compute", priority: 0 },
          { name: "network", kind: "scale_up", priority: -1 },
        ],
        timeline: [
          { cell: "embed", layer: 0, repeat: 1, micro_batch: 0 },
          { cell: "moe", layer: 1, repeat: 2, micro_batch: 0 },
          { cell: "head", layer: 3, repeat: 1, micro_batch: 0 },
        ],
      },
    ],
    sources: [{ uri: "small.weft", text: source }],
  };
}
