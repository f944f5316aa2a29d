// Expected loads of experts, from what the schedule says about routing.
import { InternalError } from "../../diagnostics/internal-error.js";
import type { Program, RoutingSpec } from "../../check/program.js";
import { dimensionEnvironment } from "../../plan/dimensions.js";
import { evaluate } from "../../plan/expression.js";
import type { Routing } from "../../plan/types.gen.js";
import type { ExchangeSite } from "../lower/exchanges.js";

/** Expected routing of each gate. */
export function routingOf(program: Program, sites: readonly ExchangeSite[]): Routing[] {
  const environment = dimensionEnvironment(program.dimensions);
  return sites.map(({ name, block, gate }) => {
    const [experts, topK] = [gate.dims["experts"], gate.dims["top_k"]];
    if (experts === undefined || topK === undefined)
      throw new InternalError(`the gate of ${name} has no experts`);
    return {
      ...{ block, gate: gate.id, distribution: program.schedule.routing.text },
      loads: expectedLoads(
        program.schedule.routing.value,
        layersUsing(program, block),
        evaluate(experts, environment),
        evaluate(topK, environment),
      ),
    };
  });
}

/** Layers that use a block. */
export function layersUsing({ model }: Program, block: string): number {
  return model.layers.filter((run) => run.block === block).reduce((sum, run) => sum + run.repeat, 0);
}

/**
 * Share of (token, expert) pairs that each expert receives: [layer][expert], each row summing to 1, or a single row
 * where layers do not differ. A token goes to an expert at most once, so no share exceeds 1 / top_k.
 */
export function expectedLoads(
  routing: RoutingSpec,
  layers: number,
  experts: number,
  topK: number,
): number[][] {
  return wantedLoads(routing, layers, experts).map((row) => feasible(row, 1 / topK));
}

/** Cuts shares off at a limit and gives what they lose to the others in proportion, until none is above it. */
function feasible(row: readonly number[], limit: number): number[] {
  const full = new Set<number>();
  for (;;) {
    const free = row.reduce((sum, share, expert) => (full.has(expert) ? sum : sum + share), 0);
    const scale = free === 0 ? 0 : (1 - full.size * limit) / free;
    const over = row.flatMap((share, expert) => (!full.has(expert) && share * scale > limit ? [expert] : []));
    if (over.length === 0 || full.size + over.length === row.length)
      return row.map((share, expert) => (full.has(expert) || over.includes(expert) ? limit : share * scale));
    for (const expert of over) full.add(expert);
  }
}

function wantedLoads(routing: RoutingSpec, layers: number, experts: number): number[][] {
  switch (routing.kind) {
    case "uniform":
      return [new Array<number>(experts).fill(1 / experts)];
    case "zipf":
      return perLayer(layers, (layer) => {
        const shares = Array.from({ length: experts }, (_, rank) => (rank + 1) ** -routing.exponent);
        return normalise(shuffle(shares, generator(routing.seed, layer)));
      });
    case "lognormal":
      return perLayer(layers, (layer) => {
        const random = generator(routing.seed, layer);
        return normalise(Array.from({ length: experts }, () => Math.exp(routing.sigma * normal(random))));
      });
    case "measured":
      return perLayer(layers, (layer) => {
        const row = routing.tokens[layer % routing.tokens.length];
        if (row?.length !== experts)
          throw new InternalError(`measured loads are not of ${String(experts)} experts`);
        return normalise(row);
      });
    default:
      return routing satisfies never;
  }
}

function perLayer(layers: number, row: (layer: number) => number[]): number[][] {
  return Array.from({ length: layers }, (_, layer) => row(layer));
}

function normalise(row: readonly number[]): number[] {
  const total = row.reduce((sum, each) => sum + each, 0);
  return row.map((each) => (total === 0 ? 1 / row.length : each / total));
}

/** A generator of uniform numbers in (0, 1) for a seed and a layer: xorshift32 behind a multiplicative hash. */
function generator(seed: number, layer: number): () => number {
  let state = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(layer + 1, 0x85ebca6b)) | 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) + 0.5) / 2 ** 32;
  };
  for (let skip = 0; skip < 8; skip++) next();
  return next;
}

/** A standard normal number, by Box and Muller. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}

/** Fisher and Yates. */
function shuffle(items: readonly number[], random: () => number): number[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other] ?? 0, result[last] ?? 0];
  }
  return result;
}
