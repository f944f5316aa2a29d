// Law: every launch starts at last. No cycle of waits runs through hosts, streams, communicators and ranks; the ranks of
// a communicator issue the same operations in the same order; every wait of a cell refers to some record; and the host
// has read an exchange's counts before it issues what depends on them.
import { isOnHost, namesIn } from "../plan/index.js";
import type { Facts, Occurrence, RoleFacts } from "./facts.js";
import { directPredecessors, happensBefore, type HappensBefore } from "./happens-before.js";
import { fixedAtomRows } from "./fixed-rows.js";
import { count, type Counterexample, type Verdict } from "./result.js";
import { countNamed } from "./row-counts.js";
import { aboutLaunches, named, place, storyLaunch } from "./story.js";
import { rankClasses, shortestCycle, type WaitEdge } from "./wait-graph.js";

const assumptions = [
  "communicators of one rank may run at the same time: their CTAs fit on the device together",
  "streams queue as many launches as the host issues ahead",
];

export function progress(facts: Facts): Verdict {
  const orders = facts.roles.map((role) => happensBefore(facts, role));
  const waits = orders.reduce(
    (sum, { waits: all }) => sum + all.reduce((own, each) => own + each.length, 0),
    0,
  );
  const kinds = facts.roles.flatMap((role) => role.occurrences.map(({ launch }) => launch.kind));
  const transfers = kinds.filter((kind) => kind === "transfer").length;
  const hostReads = kinds.filter((kind) => kind === "read_counts").length;
  const checked = `${count(waits, "wait")} for events, ${count(transfers, "transfer")} on ${count(facts.plan.groups.length, "communicator")}, ${count(hostReads, "host read")}`;
  for (const counterexample of faults(facts, orders)) return { checked, assumptions, counterexample };
  return { checked, assumptions };
}

function* faults(facts: Facts, orders: readonly HappensBefore[]): Iterable<Counterexample> {
  const cycle = shortestCycle(facts, rankClasses(facts, orders));
  if (cycle !== undefined) yield tellCycle(cycle);
  yield* mismatches(facts);
  for (const [at, role] of facts.roles.entries()) {
    yield* deadWaits(role, orders[at]!);
    yield* unreadCounts(facts, role);
  }
}

function tellCycle(cycle: readonly WaitEdge[]): Counterexample {
  const story: string[] = [];
  const occurrenceOf = ({ rankClass }: WaitEdge, index: number): Occurrence =>
    rankClass.role.occurrences[index]!;
  for (const [at, edge] of cycle.entries()) {
    const [later, earlier] = [occurrenceOf(edge, edge.later), occurrenceOf(edge, edge.earlier)];
    const why =
      directPredecessors(edge.rankClass.order, later).find((each) => each.index === edge.earlier)?.why ??
      "waits for";
    story.push(`rank ${edge.rankClass.rank}: ${named(later)} on ${place(later)} ${why} ${named(earlier)}`);
    const next = cycle[(at + 1) % cycle.length]!;
    if (next.rankClass.rank !== edge.rankClass.rank)
      story.push(
        `that transfer ends on rank ${edge.rankClass.rank} only when rank ${next.rankClass.rank} has begun its part, ${named(occurrenceOf(next, next.later))}`,
      );
  }
  story.push("which is where this began: none of them ever starts");
  return {
    story,
    spans: cycle.map((edge) => occurrenceOf(edge, edge.later).launch.span),
    launches: cycle.map((edge) =>
      storyLaunch(edge.rankClass.role.role, edge.rankClass.rank, occurrenceOf(edge, edge.later)),
    ),
  };
}

/** Ranks of one communicator whose operations differ in kind, order or number. */
function* mismatches(facts: Facts): Iterable<Counterexample> {
  const compared = new Set<string>();
  for (const group of facts.plan.groups) {
    const operations = facts.roles.map(({ occurrences }) =>
      occurrences.filter(
        ({ launch }) =>
          (launch.kind === "transfer" && facts.index.communicatorOf(launch) === group.name) ||
          (launch.kind === "rounds" && facts.index.exchange(launch.exchange).group === group.name),
      ),
    );
    const roleOf = new Map(
      facts.roles.flatMap(({ role }, at) => role.ranks.map((rank) => [rank, at] as const)),
    );
    for (const instance of group.instances) {
      const [firstRank] = instance;
      if (firstRank === undefined) continue;
      for (const rank of instance) {
        const [left, right] = [roleOf.get(firstRank)!, roleOf.get(rank)!];
        const pair = `${group.name} ${left} ${right}`;
        if (left === right || compared.has(pair)) continue;
        compared.add(pair);
        const length = Math.max(operations[left]!.length, operations[right]!.length);
        for (let at = 0; at < length; at++) {
          const [mine, theirs] = [operations[left]![at], operations[right]![at]];
          if (mine && theirs && signature(mine) === signature(theirs)) continue;
          yield {
            story: [
              `operation ${at} of communicator \`${group.name}\` on rank ${firstRank} is ${mine ? named(mine) : "missing"}`,
              `on rank ${rank} it is ${theirs ? named(theirs) : "missing"}`,
              mine && theirs
                ? "so each sends what the other does not expect"
                : "so the other rank waits for ever",
            ],
            spans: [mine, theirs].flatMap((each) => (each ? [each.launch.span] : [])),
            launches: [
              ...(mine ? [storyLaunch(facts.roles[left]!.role, firstRank, mine)] : []),
              ...(theirs ? [storyLaunch(facts.roles[right]!.role, rank, theirs)] : []),
            ],
          };
          break;
        }
      }
    }
  }
}

function signature({ launch, layer, microBatch }: Occurrence): string {
  switch (launch.kind) {
    case "transfer":
      return JSON.stringify([launch.exchange, launch.phase, layer, microBatch]);
    case "rounds":
      return JSON.stringify([launch.exchange, "rounds", launch.tokens.value, layer, microBatch]);
    case "compute":
    case "read_counts":
      return "";
    default:
      return launch satisfies never;
  }
}

/**
 * Waits that protect nothing. A wait whose record comes later in its cell refers to the layer before, so its first
 * instance may find none; but where no instance finds one, somebody relies on an order that does not exist.
 */
function* deadWaits({ role, occurrences }: RoleFacts, order: HappensBefore): Iterable<Counterexample> {
  const recorded = new Set(occurrences.flatMap(({ launch }) => (isOnHost(launch) ? [] : launch.records)));
  const instances = new Map<
    string,
    { readonly first: Occurrence; readonly event: string; times: number; found: boolean }
  >();
  for (const occurrence of occurrences)
    for (const { event, record } of order.waits[occurrence.index]!) {
      const key = JSON.stringify([occurrence.cell.name, occurrence.launch.id, event]);
      const known = instances.get(key) ?? { first: occurrence, event, times: 0, found: false };
      known.times++;
      known.found ||= record !== undefined;
      instances.set(key, known);
    }
  for (const { first, event, times, found } of instances.values()) {
    if (found || (times === 1 && recorded.has(event))) continue;
    const why = recorded.has(event)
      ? `it is recorded only after all ${times} waits of this launch`
      : "no launch of the role records it";
    yield aboutLaunches(
      role,
      [
        `${named(first)} on ${place(first)} waits for event \`${event}\``,
        why,
        "so the wait orders nothing, in any layer",
      ],
      first,
    );
  }
}

/** Launches that depend on run-time counts which the host has not read by then, or no longer holds. */
function* unreadCounts(facts: Facts, { role, occurrences }: RoleFacts): Iterable<Counterexample> {
  const lastRead = new Map<string, Occurrence>();
  for (const occurrence of occurrences) {
    const { launch, layer, microBatch } = occurrence;
    if (launch.kind === "read_counts") {
      lastRead.set(JSON.stringify([launch.exchange, microBatch]), occurrence);
      continue;
    }
    for (const exchange of countsNeeded(facts, occurrence)) {
      const read = lastRead.get(JSON.stringify([exchange, microBatch]));
      if (read?.layer === layer) continue;
      const held = read === undefined ? "has read none yet" : `last read those of layer ${read.layer}`;
      yield aboutLaunches(
        role,
        [
          `${named(occurrence)} needs the counts of \`${exchange}\` when it is issued`,
          `the host ${held} for micro-batch ${microBatch}`,
        ],
        ...(read === undefined ? [] : [read]),
        occurrence,
      );
    }
  }
}

/** Whether routing decides the counts of an exchange; else every host knows them before the step. */
const isCounted = (facts: Facts, exchange: string): boolean =>
  fixedAtomRows(facts.index.exchange(exchange)) === undefined;

/** Exchanges whose counts the host must know to issue a launch. */
function countsNeeded(facts: Facts, { launch }: Occurrence): readonly string[] {
  if (launch.kind === "read_counts") return [];
  // By them all ranks agree on whether there are rounds.
  if (launch.kind === "rounds") return [launch.exchange];
  if (launch.kind === "transfer") {
    const { carries } = facts.index.phase(launch.exchange, launch.phase);
    return carries !== "counts" && isCounted(facts, launch.exchange) ? [launch.exchange] : [];
  }
  const names = [launch.rows.begin, launch.rows.end].flatMap(({ expr }) => namesIn(expr));
  const counted = names.flatMap((name) => countNamed(name)?.exchange ?? []);
  return [...new Set(counted)].filter((exchange) => isCounted(facts, exchange));
}
