// Who waits for whom, over all ranks. Ranks that see the same timelines at the same places of their communicators are
// one class; the k-th operations of a communicator's ranks are one node, since none ends before all have begun. So are
// entries of kind rounds, in which all its ranks take part.
import type { LaunchPlan } from "../plan/index.js";
import type { Facts, RoleFacts } from "./facts.js";
import type { HappensBefore } from "./happens-before.js";

/** Ranks that no wait can tell apart. */
export interface RankClass {
  /** The lowest of them. */
  readonly rank: number;
  readonly ranks: ReadonlySet<number>;
  readonly role: RoleFacts;
  readonly order: HappensBefore;
}

/** `later` waits for `earlier`; both are host indices on a rank of the class. */
export interface WaitEdge {
  readonly rankClass: RankClass;
  readonly later: number;
  readonly earlier: number;
}

/**
 * Divides ranks into classes: first by role, then again and again by the classes of their peers, until nothing changes.
 * A cycle among classes is then a cycle among ranks.
 */
export function rankClasses(facts: Facts, orders: readonly HappensBefore[]): readonly RankClass[] {
  const { plan } = facts;
  const roleOf = new Map(
    facts.roles.flatMap((role, at) => role.role.ranks.map((rank) => [rank, at] as const)),
  );
  const keys = classKeys(plan, roleOf);
  const members = new Map<number, number[]>();
  for (const [rank, key] of [...keys].sort(([left], [right]) => left - right))
    members.set(key, [...(members.get(key) ?? []), rank]);
  return [...members.values()].map((ranks) => {
    const role = roleOf.get(ranks[0]!)!;
    return { rank: ranks[0]!, ranks: new Set(ranks), role: facts.roles[role]!, order: orders[role]! };
  });
}

/** A number for each rank, equal for ranks of one class. */
function classKeys(plan: LaunchPlan, roleOf: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
  let keys: ReadonlyMap<number, number> = roleOf;
  for (let size = 0; size !== new Set(keys.values()).size;) {
    size = new Set(keys.values()).size;
    const known = keys;
    const texts = new Map([...known].map(([rank, key]) => [rank, `${key}`]));
    for (const group of plan.groups)
      for (const instance of group.instances) {
        const peers = instance.map((rank) => known.get(rank) ?? -1).sort((left, right) => left - right);
        const seen = `${group.name}:${[...new Set(peers)].join(",")}`;
        for (const rank of instance) texts.set(rank, `${texts.get(rank) ?? ""} ${seen}`);
      }
    const numbers = new Map<string, number>();
    keys = new Map(
      [...texts].map(([rank, text]) => {
        if (!numbers.has(text)) numbers.set(text, numbers.size);
        return [rank, numbers.get(text)!];
      }),
    );
  }
  return keys;
}

/** The shortest cycle of waits, as its edges in order: each `earlier` is what the next one's `later` stands for. */
export function shortestCycle(facts: Facts, classes: readonly RankClass[]): readonly WaitEdge[] | undefined {
  const { nodeOf, nodes, shared } = numberNodes(facts, classes);
  const edges: (readonly [number, WaitEdge])[][] = Array.from({ length: nodes }, () => []);
  for (const [at, rankClass] of classes.entries())
    for (let later = 0; later < rankClass.role.occurrences.length; later++)
      for (const earlier of predecessors(rankClass.order, later))
        edges[nodeOf[at]![later]!]!.push([nodeOf[at]![earlier]!, { rankClass, later, earlier }]);
  const core = withoutAcyclicParts(edges);
  let best: readonly WaitEdge[] | undefined;
  // Every cycle passes through an operation that several classes share: all other waits point back in host order.
  for (const start of [...shared].filter((node) => core.has(node)).slice(0, MOST_STARTS)) {
    const cycle = shortestThrough(start, edges, core);
    if (cycle !== undefined && (best === undefined || cycle.length < best.length)) best = cycle;
  }
  return best;
}

/** Starts of the search for a shortest cycle; a deadlock is found in any case. */
const MOST_STARTS = 512;

function* predecessors(order: HappensBefore, later: number): Iterable<number> {
  for (const { record } of order.waits[later]!) if (record !== undefined) yield record;
  // Rounds may act in some exchanges and not in others: with all their waits the graph has those of every case.
  yield* order.awaited.get(later) ?? [];
  for (const each of [order.streamPredecessor, order.communicatorPredecessor, order.hostPredecessor])
    if (each[later]! >= 0) yield each[later]!;
}

function numberNodes(
  facts: Facts,
  classes: readonly RankClass[],
): { nodeOf: Int32Array[]; nodes: number; shared: Set<number> } {
  const operations = new Map<string, number>();
  const shared = new Set<number>();
  let nodes = 0;
  const nodeOf = classes.map(({ rank, role }) => {
    const issued = new Map<string, number>();
    const keys = new Map(
      facts.plan.groups.map((group) => [group.name, instanceKey(facts, classes, group.name, rank)]),
    );
    return Int32Array.from(role.occurrences, ({ launch }) => {
      if (launch.kind !== "transfer" && launch.kind !== "rounds") return nodes++;
      // A phase may have a communicator of its own beside its exchange's.
      const group =
        launch.kind === "transfer"
          ? facts.index.communicatorOf(launch)
          : facts.index.exchange(launch.exchange).group;
      const number = issued.get(group) ?? 0;
      issued.set(group, number + 1);
      const key = `${group} ${keys.get(group) ?? ""} ${number}`;
      const known = operations.get(key);
      if (known === undefined) operations.set(key, nodes);
      else shared.add(known);
      return known ?? nodes++;
    });
  });
  return { nodeOf, nodes, shared };
}

/** Names the kind of instance of a communicator that a rank is in: by the classes that meet there. */
function instanceKey(facts: Facts, classes: readonly RankClass[], group: string, rank: number): string {
  const instance = facts.index.group(group).instances.find((each) => each.includes(rank)) ?? [];
  return classes.flatMap((each, at) => (instance.some((peer) => each.ranks.has(peer)) ? [at] : [])).join(",");
}

/** Nodes that are left when all that wait for nothing left, and all that nothing left waits for, are taken away. */
function withoutAcyclicParts(
  edges: readonly (readonly (readonly [number, WaitEdge])[])[],
): ReadonlySet<number> {
  const left = new Set(edges.keys());
  const backward: number[][] = edges.map(() => []);
  const waiting = edges.map((each) => each.length);
  for (const [later, each] of edges.entries()) for (const [earlier] of each) backward[earlier]!.push(later);
  const ready = [...left].filter((node) => waiting[node] === 0);
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    left.delete(node);
    for (const later of backward[node]!) if (--waiting[later]! === 0) ready.push(later);
  }
  return left;
}

function shortestThrough(
  start: number,
  edges: readonly (readonly (readonly [number, WaitEdge])[])[],
  core: ReadonlySet<number>,
): readonly WaitEdge[] | undefined {
  const reachedBy = new Map<number, readonly [number, WaitEdge]>();
  const queue = [start];
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head]!;
    for (const [next, edge] of edges[node]!) {
      if (next === start) {
        const cycle = [edge];
        for (let at = node; at !== start;) {
          const [before, step] = reachedBy.get(at)!;
          cycle.unshift(step);
          at = before;
        }
        return cycle;
      }
      if (!core.has(next) || reachedBy.has(next)) continue;
      reachedBy.set(next, [node, edge]);
      queue.push(next);
    }
  }
  return undefined;
}
