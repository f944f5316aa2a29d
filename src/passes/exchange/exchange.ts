// The exchange pass: each dispatch and combine as phases of transfer steps on a communicator.
import { InternalError } from "../../diagnostics/internal-error.js";
import type { Program } from "../../check/program.js";
import { valueEnvironment } from "../../plan/dimensions.js";
import { evaluate, expression, product } from "../../plan/expression.js";
import { AtomSpace } from "../../plan/atoms.js";
import { slotRangeOf } from "../../plan/chunks.js";
import { mostSlots } from "../../plan/placement.js";
import type {
  Dimension,
  Exchange,
  Expr,
  Group,
  Phase,
  Placement,
  TokenPolicy,
} from "../../plan/types.gen.js";
import { passesOn, type Candidate } from "../candidate.js";
import { atomRowsOf, receivedAtCapacity, sentAtCapacity } from "../capacity.js";
import { BOUND_DIMENSION, BOUND_SCALE, ownSlotsDimension } from "../dimensions.js";
import type { ExchangeSite } from "../lower/exchanges.js";
import { withoutChunk } from "./chunks.js";
import { worstCaseRows } from "./direct.js";
import { ACROSS_GROUP } from "./node-aware.js";
import { nodeShape, type NodeShape } from "../../plan/nodes.js";
import { mostCopies, mostForwarded } from "./nodes.js";
import { rowsOfOneToken } from "./round-tokens.js";
import type { exchangeShape } from "./shape.js";

/** Name of the communicator of expert parallelism. */
export const EXPERT_GROUP = "ep";

/** The expert-parallel communicator: consecutive ranks, as many instances as fit. */
export function expertGroup(program: Program, candidate: Candidate): Group {
  const { dp, ep } = program.schedule.parallel;
  return {
    name: EXPERT_GROUP,
    size: ep,
    instances: Array.from({ length: dp / ep }, (_, instance) =>
      Array.from({ length: ep }, (_unused, rank) => instance * ep + rank),
    ),
    sms: candidate.sms,
  };
}

/** The communicator that carries what crosses nodes, of the same ranks. */
export const acrossGroup = (group: Group): Group => ({ ...group, name: ACROSS_GROUP });

/** Rows that the declared token policy lets a rank receive, and where it does forward. */
function capacityRows(
  tokens: TokenPolicy,
  group: Group,
  nodes: NodeShape | undefined,
  topK: Expr,
  ownSlots: Expr,
): Expr {
  const received = worstCaseRows(group.size, topK, ownSlots);
  const worst = nodes === undefined ? received : expression("max", received, mostForwarded(topK, nodes));
  if (tokens.bound === undefined) return worst;
  const bounded = expression("ceil_div", product(BOUND_DIMENSION, "tokens", topK), BOUND_SCALE);
  // A round has a token of each rank at least.
  const room =
    tokens.overflow === "rounds"
      ? expression("max", bounded, rowsOfOneToken({ ranks: group.size, nodes: nodes?.nodes, topK, ownSlots }))
      : bounded;
  return expression("min", worst, room);
}

export function exchange(
  program: Program,
  sites: readonly ExchangeSite[],
  placements: readonly Placement[],
  dimensions: readonly Dimension[],
  group: Group,
  candidate: Candidate,
  shapeOf: typeof exchangeShape,
): Exchange[] {
  const { policy, bound, overflow, factor } = program.schedule.exchange.tokens;
  const tokens: TokenPolicy = {
    policy,
    ...(bound === undefined ? {} : { bound, overflow: overflow ?? "abort" }),
    ...(factor === undefined ? {} : { factor }),
  };
  return sites.map((site, index) => {
    const placement = placements[index];
    const topK = site.gate.dims["top_k"];
    if (placement === undefined || topK === undefined)
      throw new InternalError(`${site.name} has no placement or top_k`);
    const atomRows = atomRowsOf(tokens, placement);
    const counts = atomRows !== undefined ? "fixed" : overflow === "rounds" ? "gathered" : "told";
    const nodes = candidate.exchange === "node_aware" ? nodeShape(program.machine, group.size) : undefined;
    const { partialSums } = program.schedule.exchange;
    const shape = shapeOf(
      candidate.exchange,
      group.size,
      mostSlots(placement),
      counts,
      passesOn(candidate.exchange) ? nodeShape(program.machine, group.size)?.ranksPerNode : undefined,
      partialSums,
      candidate.chunks,
    );
    const environment = valueEnvironment(dimensions, []);
    const value = (expr: Expr): { expr: Expr; value: number } => ({
      expr,
      value: evaluate(expr, environment),
    });
    return {
      name: site.name,
      block: site.block,
      gate: site.gate.id,
      dispatch: site.dispatch.id,
      combine: site.combine.id,
      placement: placement.name,
      group: group.name,
      ...(nodes === undefined ? {} : { ranks_per_node: nodes.ranksPerNode, partial_sums: partialSums }),
      transport: program.schedule.exchange.transport,
      algorithm: candidate.exchange,
      tokens,
      ...(nodes === undefined ? {} : { most_copies: value(mostCopies(topK, nodes)) }),
      ...(atomRows === undefined
        ? {
            mean_rows: value(product("tokens", topK)),
            capacity_rows: value(capacityRows(tokens, group, nodes, topK, ownSlotsDimension(placement.name))),
          }
        : {
            atom_rows: value(atomRows),
            mean_rows: value(sentAtCapacity(atomRows, placement)),
            capacity_rows: value(receivedAtCapacity(atomRows, placement, group)),
          }),
      ...(shape.chunks === undefined ? {} : { chunks: shape.chunks }),
      layouts: shape.layouts,
      phases: shape.phases,
    };
  });
}

/** Whether kernels sort the rows of an exchange by slot: only where a message carries the rows of several slots. */
export const sortsRows = (exchange: Exchange): boolean => exchange.algorithm === "direct_by_peer";

/** Whether every rank learns the counts of all: where they must agree on whether some rank receives more than fits, or pass rows on. */
export const gathersCounts = ({ algorithm, tokens }: Exchange): boolean =>
  tokens.overflow === "rounds" || algorithm === "gather";

/** Whether some transfers cross nodes alone, on a communicator of their own. */
export const crossesApart = ({ phases }: Exchange): boolean =>
  phases.some(({ group }) => group !== undefined);

/** Whether tokens travel as copies for nodes. */
export const isNodeAware = (exchange: Exchange): boolean => exchange.ranks_per_node !== undefined;

/** The checker behind the exchange pass: in every step peers expect each other, and over all steps of a phase that carries rows, or of its chunks, each atom travels once. Throws InternalError. */
export function checkExchanged(
  exchanges: readonly Exchange[],
  placements: readonly Placement[],
  group: Group,
): void {
  for (const each of exchanges) {
    const placement = placements.find(({ name }) => name === each.placement);
    if (placement === undefined) throw new InternalError(`${each.name} has no placement`);
    const space = new AtomSpace(each, placement);
    for (const phase of wholePhases(each)) checkPhase(each, space, phase, group.size);
  }
}

/** The phases, those of the chunks that go one way taken as one. */
function wholePhases({ phases }: Exchange): Phase[] {
  const whole = new Map<string, Phase>();
  for (const phase of phases) {
    const name = withoutChunk(phase.name);
    const steps = [...(whole.get(name)?.steps ?? []), ...phase.steps];
    whole.set(name, { ...phase, name, steps });
  }
  return [...whole.values()];
}

function checkPhase(
  exchange: Exchange,
  space: AtomSpace,
  { name, carries, steps }: Phase,
  ranks: number,
): void {
  const what = `${exchange.name}.${name}`;
  const sent = new Uint8Array(space.ranks * space.slots);
  for (const { to: toExpr, from, send } of steps)
    for (let rank = 0; rank < ranks; rank++) {
      const on = (where: number) => (variable: string) => (variable === "rank" ? where : undefined);
      const to = evaluate(toExpr, on(rank));
      if (evaluate(from, on(to)) !== rank)
        throw new InternalError(`${what}: rank ${String(to)} expects another peer`);
      if (carries === "counts") continue;
      const slots = space.slotsOf(space.ranksIn(send.host, on(rank)), slotRangeOf(send, on(rank)));
      for (const source of space.ranksIn(send.source, on(rank)))
        for (const slot of slots) {
          const atom = source * space.slots + slot;
          if (sent[atom] === 1)
            throw new InternalError(`${what} carries atom (${String(source)}, ${String(slot)}) twice`);
          sent[atom] = 1;
        }
    }
  const left = carries === "counts" ? -1 : sent.indexOf(0);
  if (left >= 0)
    throw new InternalError(
      `${what} leaves atom (${String(Math.floor(left / space.slots))}, ${String(left % space.slots)}) where it is`,
    );
}
