// Executes an exchange plan on real bytes, in an order that a seed picks, and holds what every rank has afterwards against what
// the routing alone says.
import { countsOfRouting, type ExchangePlan, type Routing } from "../../exchange-plan/index.js";
import type { OpenDevice } from "../webgpu/device.js";
import { beyondCapacity } from "./capacity.js";
import { CpuExchangeMemory, PoisonRead } from "./cpu.js";
import { ExchangeFailed, type ExchangeFailure } from "./failure.js";
import type { ExchangeMemory, ExchangeShape, Message } from "./memory.js";
import { describeMove, movesOf, type Move } from "./moves.js";
import { wrongRow } from "./oracle.js";
import { execute } from "./order.js";
import { Payload } from "./payload.js";
import { PlanMemory } from "./plan-memory.js";
import { planWork, type PlannedLaunch } from "./plan-work.js";
import { reduceExchange } from "./reduce.js";
import type { ExchangeRunResult } from "./result.js";
import { RowIndex } from "./rows.js";
import { drawTraffic, type TrafficKind } from "./traffic.js";

export interface ExchangeRunOptions {
  readonly backend: "webgpu" | "cpu";
  /** Decides the order in which ranks go on and messages move, alone. */
  readonly seed?: number;
  /** Decides traffic and what rows hold, alone. */
  readonly dataSeed?: number;
  /** Traffic to draw, or to take as it is; drawn from the demand by default. */
  readonly traffic?: TrafficKind | Routing;
  /** An open WebGPU device to use and to leave open; without it one is opened and closed. */
  readonly device?: OpenDevice;
  /** Called now and then with the share of a stage that is done, 0 to 1. */
  readonly onProgress?: (share: number, stage: "preparing" | "executing") => void;
}

/**
 * Executes a plan. What is wrong with it, or too much for it, is in the result's `failure`.
 * @throws {BackendUnavailable} where there is no WebGPU device, or none that is large enough
 */
export async function runExchangePlan(
  whole: ExchangePlan,
  options: ExchangeRunOptions,
): Promise<ExchangeRunResult> {
  const { backend, seed = 0, dataSeed = 0, traffic = "demand" } = options;
  const given = typeof traffic !== "string";
  const { plan, scale, reduced } = given ? { plan: whole, scale: 1, reduced: [] } : reduceExchange(whole);
  const routing = given ? traffic : drawTraffic(traffic, plan, dataSeed, scale);
  const { onProgress } = options;
  const exchange = prepare(plan, routing, dataSeed, (share) => onProgress?.(share, "preparing"));
  const done = "failure" in exchange ? exchange : await executeChecked(exchange, options, seed);
  const messages = "failure" in exchange ? [] : exchange.memory.messages;
  return {
    format: "weft.run/1",
    ok: done.failure === undefined,
    backend,
    ...(done.adapter === undefined ? {} : { adapter: done.adapter }),
    seed,
    data_seed: dataSeed,
    traffic: given ? "given" : traffic,
    direction: plan.direction,
    ranks: plan.ranks,
    launches: plan.launches.length,
    reduced,
    row_bytes: plan.row_bytes,
    tokens: routing.reduce((sum, { length }) => sum + length, 0),
    rows: routing.reduce((sum, tokens) => tokens.reduce((rows, { length }) => rows + length, sum), 0),
    messages: messages.length,
    bytes_per_tier: bytesPerTier(plan, messages),
    ...(done.failure === undefined ? {} : { failure: done.failure }),
  };
}

interface Prepared {
  readonly plan: ExchangePlan;
  readonly routing: Routing;
  readonly moves: readonly Move[];
  readonly memory: PlanMemory;
  readonly launches: readonly PlannedLaunch[];
  readonly shape: ExchangeShape;
  /** [rank] */
  readonly inputs: readonly Uint32Array[];
}

interface Done {
  readonly failure?: ExchangeFailure;
  readonly adapter?: string;
}

/** Everything but the execution; or why there is none. */
function prepare(
  plan: ExchangePlan,
  routing: Routing,
  dataSeed: number,
  onProgress: (share: number) => void,
): Prepared | { readonly failure: ExchangeFailure; readonly adapter?: undefined } {
  const rowWords = Math.ceil(plan.row_bytes / 4);
  const index = new RowIndex(routing, plan);
  const moves = movesOf(plan, countsOfRouting(routing, plan), onProgress);
  const tooMuch = beyondCapacity(plan, moves);
  if (tooMuch !== undefined) return { failure: tooMuch };
  const memory = new PlanMemory(plan, index, moves, rowWords);
  const payload = new Payload(routing, dataSeed, rowWords);
  const inputs = routing.map((tokens, rank) =>
    payload.inputOf(
      rank,
      plan.direction === "dispatch" ? tokens.length : index.rowsFor[rank]!,
      plan.direction,
    ),
  );
  try {
    const launches = planWork(plan, memory, moves);
    return { plan, routing, moves, memory, launches, shape: { words: memory.words, rowWords }, inputs };
  } catch (error) {
    if (error instanceof ExchangeFailed) return { failure: error.failure };
    throw error;
  }
}

async function executeChecked(exchange: Prepared, options: ExchangeRunOptions, seed: number): Promise<Done> {
  const onProgress = (share: number): void => options.onProgress?.(share, "executing");
  if (options.backend === "cpu")
    return executeOn(new CpuExchangeMemory(exchange.shape), exchange, seed, onProgress);
  const { WebGpuExchangeMemory } = await import("./webgpu.js");
  const device = options.device ?? (await (await import("../webgpu/device.js")).openDevice());
  try {
    const done = await executeOn(
      await WebGpuExchangeMemory.create(device, exchange.shape),
      exchange,
      seed,
      onProgress,
    );
    if (done.failure === undefined) return done;
    // The CPU sees which move reads what is not there.
    const again = await executeOn(new CpuExchangeMemory(exchange.shape), exchange, seed);
    return { ...done, failure: again.failure ?? done.failure };
  } finally {
    if (options.device === undefined) device.destroy();
  }
}

async function executeOn(
  memory: ExchangeMemory,
  { plan, routing, moves, memory: planned, launches, shape, inputs }: Prepared,
  seed: number,
  onProgress?: (share: number) => void,
): Promise<Done> {
  const adapter = memory.adapter === undefined ? {} : { adapter: memory.adapter };
  const dispatch = plan.direction === "dispatch";
  try {
    inputs.forEach((input, rank) => {
      memory.write(rank, dispatch ? 0 : planned.rowsBegin(rank), input);
    });
    if (!dispatch) writeEmptySums(memory, routing, shape.rowWords);
    execute(launches, plan.ranks, memory, seed, onProgress);
    const results = await memory.read(
      routing.map((tokens, rank) =>
        dispatch
          ? { word: planned.rowsBegin(rank), words: planned.index.rowsFor[rank]! * shape.rowWords }
          : { word: 0, words: tokens.length * shape.rowWords },
      ),
    );
    const failure = wrongRow(routing, plan.direction, inputs, results, shape.rowWords);
    return failure === undefined ? adapter : { ...adapter, failure };
  } catch (error) {
    if (!(error instanceof PoisonRead)) throw error;
    const { rank, move } = error;
    const message = `rank ${rank} sends on what has not arrived: ${describeMove(plan, moves[move]!)}`;
    return { ...adapter, failure: { kind: "poison", rank, message } };
  } finally {
    memory.destroy();
  }
}

/** Of tokens that go nowhere, nothing comes back. */
function writeEmptySums(memory: ExchangeMemory, routing: Routing, rowWords: number): void {
  routing.forEach((tokens, rank) => {
    tokens.forEach((destinations, token) => {
      if (destinations.length === 0) memory.write(rank, token * rowWords, new Uint32Array(rowWords));
    });
  });
}

/** Bytes of messages by the tier that joins both of their ends. */
function bytesPerTier({ machine }: ExchangePlan, messages: readonly Message[]): Record<string, number> {
  let unit = 1;
  const tiers = machine.tiers.map(({ name, joins }) => ({ name, unit: (unit *= joins), bytes: 0 }));
  for (const { from, to, words } of messages) {
    const tier = tiers.find((each) => Math.floor(from / each.unit) === Math.floor(to / each.unit));
    if (tier !== undefined) tier.bytes += 4 * words;
  }
  return Object.fromEntries(tiers.map(({ name, bytes }) => [name, bytes]));
}
