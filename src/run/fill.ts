// Memory before the step: what the plan says is filled, and poison everywhere else.
import { InternalError } from "../diagnostics/internal-error.js";
import { evaluate, placementOfLayer, slotsOfRank, type Buffer, type Init } from "../plan/index.js";
import { fixedCountsOf } from "./fixed-counts.js";
import { POISON, type Backend } from "./backend.js";
import type { ExecutionContext } from "./context.js";
import type { ExecutionData } from "./data.js";

/** A rank's memory under construction. */
interface Image {
  readonly rank: number;
  readonly u32: Uint32Array;
  readonly f32: Float32Array;
}

type InitOf<Kind extends Init["kind"]> = Extract<Init, { kind: Kind }>;

/** Writes every rank's memory. */
export function fillMemory(
  backend: Pick<Backend, "write">,
  context: ExecutionContext,
  data: ExecutionData,
): void {
  const bytes = new ArrayBuffer(4 * context.rankWords);
  const views = { u32: new Uint32Array(bytes), f32: new Float32Array(bytes) };
  for (let rank = 0; rank < context.plan.world; rank++) {
    views.u32.fill(POISON);
    for (const buffer of context.plan.memory.buffers) fillBuffer({ rank, ...views }, buffer, context, data);
    backend.write(rank * context.rankWords, views.u32);
  }
}

function fillBuffer(image: Image, buffer: Buffer, context: ExecutionContext, data: ExecutionData): void {
  const { init } = buffer;
  if (init === undefined) return;
  const first = context.index.region(buffer.region).offset.value / 4;
  for (let instance = 0; instance < buffer.instances.value; instance++) {
    const word = first + (instance * buffer.instance_bytes.value) / 4;
    switch (init.kind) {
      case "weight":
        fillWeight(image, word, instance, init, context, data);
        break;
      case "table":
        image.u32.set(tableOf(init, instance, image.rank, context), word);
        break;
      case "state":
        fillState(image, word, instance, init, context, data);
        break;
      case "input":
        fillInput(image, word, init, context, data);
        break;
      default:
        init satisfies never;
    }
  }
}

function fillWeight(
  image: Image,
  word: number,
  instance: number,
  init: InitOf<"weight">,
  context: ExecutionContext,
  data: ExecutionData,
): void {
  const layer = layerOf(context, init.block, instance);
  const name = { layer, node: context.index.node(init.block, init.node), weight: init.weight };
  if (!init.per_slot) {
    image.f32.set(data.weight(name), word);
    return;
  }
  const placement = context.index.placement(init.placement ?? "");
  const { expert_of_slot } = placementOfLayer(placement, instance);
  const [first, end] = slotsOfRank(placement, context.rankWithin(placement, image.rank));
  for (let slot = first, at = word; slot < end; slot++) {
    const values = data.weight({ ...name, expert: expert_of_slot[slot]! });
    image.f32.set(values, at);
    at += values.length;
  }
}

function tableOf(
  { placement: name, table }: InitOf<"table">,
  instance: number,
  rank: number,
  context: ExecutionContext,
): ArrayLike<number> {
  const placement = context.index.placement(name);
  if (table === "atom_rows") return fixedCountsOf(context, placement, rank);
  return table === "slot_begin" ? placement.slot_begin : placementOfLayer(placement, instance)[table];
}

/** Fills the cached positions; those of the step's own tokens are for the launches to write. */
function fillState(
  image: Image,
  word: number,
  instance: number,
  init: InitOf<"state">,
  context: ExecutionContext,
  data: ExecutionData,
): void {
  const layer = layerOf(context, init.block, instance);
  const position = context.captures.ranksOfLayer[layer]!.indexOf(image.rank);
  if (position < 0) return;
  const { sequences, cached, length, width } = stateExtents(context, init.block, init.node, init.state);
  const values = data.state(
    layer,
    init.node,
    init.state,
    position,
    init.micro_batch,
    sequences * cached * width,
  );
  for (let sequence = 0; sequence < sequences; sequence++)
    image.f32.set(
      values.subarray(sequence * cached * width, (sequence + 1) * cached * width),
      word + sequence * (cached + length) * width,
    );
}

function fillInput(
  image: Image,
  word: number,
  { micro_batch }: InitOf<"input">,
  context: ExecutionContext,
  data: ExecutionData,
): void {
  const position = context.captures.ranksOfLayer[0]!.indexOf(image.rank);
  if (position < 0) return;
  const vocabulary = vocabularyOf(context);
  for (let row = 0; row < context.captures.tokens; row++)
    image.u32[word + row] = data.tokenId(position, micro_batch, row, vocabulary);
}

/** Extents of a state of a micro-batch: sequences, cached positions, new positions, values of each. */
export function stateExtents(context: ExecutionContext, block: string, nodeId: string, state: string) {
  const node = context.index.node(block, nodeId);
  const spec = context
    .operatorOf(node)
    .states(node.dims)
    .find((each) => each.name === state);
  if (spec === undefined) throw new InternalError(`${node.op} has no state ${state}`);
  const value = (expr: Parameters<typeof evaluate>[0]) => evaluate(expr, context.environment);
  return {
    sequences: value("sequences"),
    cached: value("context"),
    length: value("length"),
    width: value(spec.width),
  };
}

/** How many token ids the model's first block knows. */
export function vocabularyOf({ index, dimsOf }: ExecutionContext): number {
  const block = index.block(index.runOfLayer(0).run.block);
  for (const node of block.nodes) {
    const { vocab } = dimsOf(node);
    if (node.inputs.includes(block.input.name) && vocab !== undefined) return vocab;
  }
  throw new InternalError(`no node of block ${block.name} takes token ids`);
}

function layerOf(context: ExecutionContext, block: string, instance: number): number {
  const layer = context.layersOf(block)[instance];
  if (layer === undefined)
    throw new InternalError(`block ${block} is used by fewer than ${instance + 1} layers`);
  return layer;
}
