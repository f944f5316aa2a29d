// The exchange pass: each dispatch and combine as phases of transfer steps on a communicator.
import { InternalError } from "../../diagnostics/internal-error.js";
import type { Program } from "../../check/program.js";
import { valueEnvironment } from "../../plan/dimensions.js";
import { evaluate, expression, product } from "../../plan/expression.js";
import { AtomSpace, countByColumn } from "../../plan/atoms.js";
import { mostSlots } from "../../plan/placement.js";
import type {
  AtomLayout,
  Dimension,
  Exchange,
  Expr,
  Group,
  Phase,
  Placement,
  TokenPolicy,
} from "../../plan/types.gen.js";
import type { Candidate } from "../candidate.js";
import { BOUND_DIMENSION, BOUND_SCALE, ownSlotsDimension } from "../dimensions.js";
import type { ExchangeSite } from "../lower/exchanges.js";
import { directExchange, rowsOfOneToken, worstCaseRows } from "./direct.js";

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

/** Rows that the declared token policy lets a rank receive. */
function capacityRows(tokens: TokenPolicy, group: Group, topK: Expr, ownSlots: Expr): Expr {
  const worst = worstCaseRows(group.size, topK, ownSlots);
  if (tokens.bound === undefined) return worst;
  const bounded = expression("ceil_div", product(BOUND_DIMENSION, "tokens", topK), BOUND_SCALE);
  // A round has a token of each rank at least.
  const room =
    tokens.overflow === "rounds"
      ? expression("max", bounded, rowsOfOneToken(group.size, topK, ownSlots))
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
): Exchange[] {
  const { policy, bound, overflow } = program.schedule.exchange.tokens;
  const tokens: TokenPolicy = {
    policy,
    ...(bound === undefined ? {} : { bound, overflow: overflow ?? "abort" }),
  };
  return sites.map((site, index) => {
    const placement = placements[index];
    const topK = site.gate.dims["top_k"];
    if (placement === undefined || topK === undefined)
      throw new InternalError(`${site.name} has no placement or top_k`);
    const shape = directExchange(candidate.exchange, group.size, mostSlots(placement), overflow === "rounds");
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
      transport: "nccl",
      algorithm: candidate.exchange,
      tokens,
      mean_rows: value(product("tokens", topK)),
      capacity_rows: value(capacityRows(tokens, group, topK, ownSlotsDimension(placement.name))),
      layouts: shape.layouts,
      phases: shape.phases,
    };
  });
}

/** Whether kernels sort the rows of an exchange by slot: only where a message carries the rows of several slots. */
export const sortsRows = (exchange: Exchange): boolean => exchange.algorithm === "direct_by_peer";

/** Whether every rank learns the counts of all: where they must agree on whether some rank receives more than fits. */
export const gathersCounts = ({ tokens }: Exchange): boolean => tokens.overflow === "rounds";

/** The checker behind the exchange pass: in every step peers expect each other, and over all steps of a phase that carries rows each atom travels once. Throws InternalError. */
export function checkExchanged(
  exchanges: readonly Exchange[],
  placements: readonly Placement[],
  group: Group,
): void {
  for (const each of exchanges) {
    const placement = placements.find(({ name }) => name === each.placement);
    if (placement === undefined) throw new InternalError(`${each.name} has no placement`);
    const space = new AtomSpace(each, placement);
    for (const phase of each.phases) checkPhase(each, space, phase, group.size);
  }
}

/** Atoms one by one, whatever a buffer makes of them. */
const PAIRS = { order: ["source", "slot"] } satisfies Pick<AtomLayout, "order">;

function checkPhase(exchange: Exchange, space: AtomSpace, phase: Phase, ranks: number): void {
  const what = `${exchange.name}.${phase.name}`;
  const sent = new Set<number>();
  for (const step of phase.steps)
    for (let rank = 0; rank < ranks; rank++) {
      const on = (where: number) => (name: string) => (name === "rank" ? where : undefined);
      const to = evaluate(step.to, on(rank));
      if (evaluate(step.from, on(to)) !== rank)
        throw new InternalError(`${what}: rank ${String(to)} expects another peer`);
      if (phase.carries === "counts") continue;
      const { columns } = countByColumn(step.send, PAIRS, space, on(rank));
      for (const source of space.ranksIn(step.send.source, on(rank)))
        for (const slot of columns) {
          const atom = source * space.slots + slot;
          if (sent.has(atom))
            throw new InternalError(`${what} carries atom (${String(source)}, ${String(slot)}) twice`);
          sent.add(atom);
        }
    }
  const atoms = space.ranks * space.slots;
  if (phase.carries !== "counts" && sent.size !== atoms)
    throw new InternalError(`${what} carries ${String(sent.size)} of ${String(atoms)} atoms`);
}
