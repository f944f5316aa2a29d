// Kinds of damage to a compiled plan, each at every place where it applies. A mutant that the verifier lets pass must be
// shown harmless by an argument that stands on its own.
import {
  areApart,
  expandTimeline,
  isOnHost,
  PlanIndex,
  slotsOf,
  type Expr,
  type Launch,
  type LaunchInstance,
  type LaunchPlan,
} from "../../src/plan/index.js";

export interface Mutant {
  readonly place: string;
  readonly apply: (plan: LaunchPlan) => void;
  /** Why this damage does no harm; absent where it always does. */
  readonly harmless?: () => string | undefined;
}

export interface MutantKind {
  readonly name: string;
  readonly mutants: (plan: LaunchPlan) => readonly Mutant[];
}

interface Site {
  readonly cell: number;
  readonly at: number;
  readonly launch: Launch;
  readonly name: string;
}

const sites = (plan: LaunchPlan): readonly Site[] =>
  plan.cells.flatMap((cell, index) =>
    cell.launches.map((launch, at) => ({ cell: index, at, launch, name: `${cell.name}.${launch.id}` })),
  );
const launchAt = (plan: LaunchPlan, { cell, at }: Site): Launch => plan.cells[cell]!.launches[at]!;
const waitsOf = (launch: Launch): readonly string[] => launch.waits;
const recordsOf = (launch: Launch): readonly string[] => (isOnHost(launch) ? [] : launch.records);

/** Launches that must have finished before each launch of the timeline starts, worked out anew as sets. */
function ancestors(
  plan: LaunchPlan,
  without?: { readonly launch: string; readonly event: string },
): Set<number>[] {
  const index = new PlanIndex(plan);
  const last = new Map<string, number>();
  const sets: Set<number>[] = [];
  for (const { launch, index: at } of expandTimeline(plan, plan.roles[0]!)) {
    const own = isOnHost(launch) ? "host" : `stream ${launch.stream}`;
    const after = [
      "host",
      own,
      ...waitsOf(launch)
        .filter((event) => launch.id !== without?.launch || event !== without.event)
        .map((event) => `event ${event}`),
    ];
    const communicator = launch.kind === "transfer" ? `group ${index.exchange(launch.exchange).group}` : own;
    const set = new Set<number>();
    for (const key of [...after, communicator]) {
      const earlier = last.get(key);
      if (earlier === undefined) continue;
      set.add(earlier);
      for (const each of sets[earlier]!) set.add(each);
    }
    sets.push(set);
    for (const key of [own, communicator, ...recordsOf(launch).map((event) => `event ${event}`)])
      last.set(key, at);
  }
  return sets;
}

/** A dropped wait does no harm where, in every layer, what it waited for has finished anyway, or was never issued before. */
function waitIsImplied(plan: LaunchPlan, launch: string, event: string): string | undefined {
  const sets = ancestors(plan, { launch, event });
  let record: number | undefined;
  for (const occurrence of expandTimeline(plan, plan.roles[0]!)) {
    if (occurrence.launch.id === launch && record !== undefined && !sets[occurrence.index]!.has(record))
      return undefined;
    if (recordsOf(occurrence.launch).includes(event)) record = occurrence.index;
  }
  return "another path implies the wait in every layer";
}

/** Two launches whose bytes do not conflict in any layer may be issued in either order, if the rest of the proof holds. */
function doNotConflict(plan: LaunchPlan, cell: string, first: string, second: string): string | undefined {
  const index = new PlanIndex(plan);
  const all = expandTimeline(plan, plan.roles[0]!).filter((each) => each.cell.name === cell);
  for (const left of all.filter((each) => each.launch.id === first))
    for (const right of all.filter(
      (each) => each.launch.id === second && Math.abs(each.layer - left.layer) <= 1,
    ))
      for (const a of left.launch.operands)
        for (const b of right.launch.operands) {
          if (a.access === "read" && b.access === "read") continue;
          if (a.buffer === b.buffer && areOtherChunks(left, right)) continue;
          const [x, y] = [index.addressOf(a, left.layer), index.addressOf(b, right.layer)];
          if (x.begin < y.end && y.begin < x.end) return undefined;
        }
  return "the two launches touch no common bytes that one of them writes";
}

/** Whether two launches are of different chunks of one use of an exchange, or of two uses that never stand in one cell's instance. */
function areOtherChunks(left: LaunchInstance, right: LaunchInstance): boolean {
  const [one, other] = [slotsOf(left.launch), slotsOf(right.launch)];
  const alike =
    left.launch.micro_batch === right.launch.micro_batch &&
    (left.launch.layer_offset ?? 0) === (right.launch.layer_offset ?? 0);
  return alike && one !== undefined && other !== undefined && areApart(one, other);
}

export const mutantKinds: readonly MutantKind[] = [
  {
    name: "a wait dropped",
    mutants: (plan) =>
      sites(plan).flatMap((site) =>
        waitsOf(site.launch).map((event) => ({
          place: `${site.name} ${event}`,
          apply: (mutant) => {
            launchAt(mutant, site).waits = waitsOf(site.launch).filter((each) => each !== event);
          },
          harmless: () => waitIsImplied(plan, site.launch.id, event),
        })),
      ),
  },
  {
    name: "a record dropped",
    mutants: (plan) =>
      sites(plan).flatMap((site) =>
        recordsOf(site.launch).map((event) => ({
          place: `${site.name} ${event}`,
          apply: (mutant) => {
            const launch = launchAt(mutant, site);
            if (!isOnHost(launch)) launch.records = launch.records.filter((each) => each !== event);
          },
        })),
      ),
  },
  {
    name: "a launch dropped",
    mutants: (plan) =>
      sites(plan).map((site) => ({
        place: site.name,
        apply: (mutant) => void mutant.cells[site.cell]!.launches.splice(site.at, 1),
      })),
  },
  {
    name: "a launch doubled",
    mutants: (plan) =>
      sites(plan).map((site) => ({
        place: site.name,
        apply: (mutant) =>
          void mutant.cells[site.cell]!.launches.splice(site.at, 0, {
            ...structuredClone(site.launch),
            id: `${site.launch.id} again`,
          }),
        // The host may read the same counts twice.
        ...(site.launch.kind === "read_counts" ? { harmless: () => "reading counts changes nothing" } : {}),
      })),
  },
  {
    name: "neighbouring launches swapped",
    mutants: (plan) =>
      sites(plan)
        .filter(({ cell, at }) => at + 1 < plan.cells[cell]!.launches.length)
        .map((site) => ({
          place: site.name,
          apply: (mutant) => {
            const { launches } = mutant.cells[site.cell]!;
            [launches[site.at], launches[site.at + 1]] = [launches[site.at + 1]!, launches[site.at]!];
          },
          harmless: () =>
            doNotConflict(
              plan,
              plan.cells[site.cell]!.name,
              site.launch.id,
              plan.cells[site.cell]!.launches[site.at + 1]!.id,
            ),
        })),
  },
  {
    name: "a launch of another micro-batch",
    mutants: (plan) =>
      sites(plan)
        .filter(({ cell }) => plan.cells[cell]!.micro_batches > 1)
        .map((site) => ({
          place: site.name,
          apply: (mutant) => {
            const launch = launchAt(mutant, site);
            launch.micro_batch = (launch.micro_batch + 1) % mutant.cells[site.cell]!.micro_batches;
          },
        })),
  },
  {
    name: "a launch of the layer before",
    mutants: (plan) =>
      sites(plan)
        .filter(({ cell }) => plan.cells[cell]!.block !== "embed")
        .map((site) => ({
          place: site.name,
          apply: (mutant) => {
            const launch = launchAt(mutant, site);
            launch.layer_offset = (launch.layer_offset ?? 0) === 0 ? -1 : 0;
          },
        })),
  },
  {
    name: "another instance of a buffer",
    mutants: (plan) =>
      sites(plan).flatMap((site) =>
        site.launch.operands.flatMap((operand, at) => {
          const instances = plan.memory.buffers.find((each) => each.name === operand.buffer)!.instances.value;
          if (instances < 2) return [];
          return {
            place: `${site.name} ${operand.name}`,
            apply: (mutant: LaunchPlan) => {
              launchAt(mutant, site).operands[at]!.instance = ["%", ["+", operand.instance, 1], instances];
            },
          };
        }),
      ),
  },
  {
    name: "another buffer of the same shape",
    mutants: (plan) =>
      sites(plan)
        // The second micro-batch mirrors the first.
        .filter(({ launch }) => launch.micro_batch === 0)
        .flatMap((site) =>
          site.launch.operands.flatMap((operand, at) => {
            const own = plan.memory.buffers.find((each) => each.name === operand.buffer)!;
            const shape = JSON.stringify(own.shape);
            return plan.memory.buffers
              .filter(
                (each) =>
                  each !== own &&
                  each.instances.value === own.instances.value &&
                  JSON.stringify(each.shape) === shape,
              )
              .map((other) => ({
                place: `${site.name} ${operand.name} -> ${other.name}`,
                apply: (mutant: LaunchPlan) => {
                  launchAt(mutant, site).operands[at]!.buffer = other.name;
                },
              }));
          }),
        ),
  },
  {
    name: "fewer rows",
    mutants: (plan) =>
      sites(plan).map((site) => ({
        place: site.name,
        apply: (mutant) => {
          const launch = launchAt(mutant, site);
          if (launch.kind !== "compute") return;
          const { expr, value } = launch.rows.end;
          launch.rows.end = { expr: ["-", expr, 1], value: value - 1 };
        },
      })),
  },
  {
    name: "a transfer step lost",
    mutants: (plan) =>
      steps(plan).map(({ place, find }) => ({
        place,
        apply: (mutant) => {
          const { list, at } = find(mutant);
          list.splice(at, 1);
        },
      })),
  },
  {
    name: "a transfer step doubled",
    mutants: (plan) =>
      steps(plan).map(({ place, find }) => ({
        place,
        apply: (mutant) => {
          const { list, at } = find(mutant);
          list.push(list[at]!);
        },
      })),
  },
  {
    name: "another peer",
    mutants: (plan) =>
      steps(plan).map(({ place, find, ranks }) => ({
        place,
        apply: (mutant) => {
          const { list, at } = find(mutant);
          list[at]!.to = ["%", ["+", list[at]!.to, 1], ranks];
        },
      })),
  },
  {
    name: "other atoms at both ends",
    mutants: (plan) =>
      steps(plan).map(({ place, find, ranks }) => ({
        place,
        apply: (mutant) => {
          const { list, at } = find(mutant);
          for (const set of [list[at]!.send, list[at]!.receive])
            set.host = ["%", ["+", set.host as Expr, 1], ranks];
        },
      })),
  },
  {
    name: "a region shrunk",
    mutants: (plan) =>
      plan.memory.regions.map((region, at) => ({
        place: region.name,
        apply: (mutant) => {
          const bytes = region.bytes.value - mutant.memory.alignment_bytes;
          mutant.memory.regions[at]!.bytes = { expr: bytes, value: bytes };
          for (const each of mutant.memory.regions) each.offset.expr = each.offset.value;
          mutant.memory.total.expr = mutant.memory.total.value;
        },
      })),
  },
  {
    name: "a region moved onto the one before",
    mutants: (plan) =>
      plan.memory.regions.slice(1).map((region, at) => ({
        place: region.name,
        apply: (mutant) => {
          for (const each of mutant.memory.regions) each.offset.expr = each.offset.value;
          mutant.memory.total.expr = mutant.memory.total.value;
          const offset = plan.memory.regions[at]!.offset.value;
          mutant.memory.regions[at + 1]!.offset = { expr: offset, value: offset };
        },
      })),
  },
  {
    name: "two operands of one launch in one region",
    mutants: (plan) =>
      sites(plan).flatMap((site) => {
        const written = site.launch.operands.filter((each) => each.access === "write");
        return written.flatMap((target) =>
          site.launch.operands
            .filter((each) => each !== target)
            .map((other) => ({
              place: `${site.name} ${target.name} on ${other.name}`,
              apply: (mutant: LaunchPlan) => {
                const { buffers } = mutant.memory;
                const buffer = (name: string) => buffers.find((each) => each.name === name)!;
                buffer(target.buffer).region = buffer(other.buffer).region;
              },
              harmless: () => {
                const index = new PlanIndex(plan);
                return index.buffer(target.buffer).region === index.buffer(other.buffer).region
                  ? "they are one region already"
                  : undefined;
              },
            })),
        );
      }),
  },
  {
    name: "two experts' slots exchanged in the tables of the sender",
    mutants: (plan) =>
      plan.placements.flatMap((placement, which) =>
        placement.layers.flatMap((tables, layer) =>
          tables.replica_slot.slice(1).map((_, at) => ({
            place: `${placement.name} ${layer} ${at}`,
            apply: (mutant: LaunchPlan) => {
              const slots = mutant.placements[which]!.layers[layer]!.replica_slot;
              [slots[at], slots[at + 1]] = [slots[at + 1]!, slots[at]!];
            },
            harmless: () =>
              tables.expert_of_slot[tables.replica_slot[at]!] ===
              tables.expert_of_slot[tables.replica_slot[at + 1]!]
                ? "both are replicas of one expert, and every rank reads the same tables"
                : undefined,
          })),
        ),
      ),
  },
  {
    name: "a capacity one row too small",
    mutants: (plan) =>
      plan.exchanges.map((exchange, at) => ({
        place: exchange.name,
        apply: (mutant) => {
          const value = exchange.capacity_rows.value - 1;
          mutant.exchanges[at]!.capacity_rows = { expr: value, value };
        },
      })),
  },
  {
    name: "a timeline entry dropped",
    mutants: (plan) =>
      plan.roles[0]!.timeline.map((entry, at) => ({
        place: `${entry.cell} ${entry.layer}`,
        apply: (mutant) => void mutant.roles[0]!.timeline.splice(at, 1),
      })),
  },
  {
    name: "a timeline entry of one layer less",
    mutants: (plan) =>
      plan.roles[0]!.timeline.flatMap((entry, at) =>
        entry.repeat < 2
          ? []
          : {
              place: `${entry.cell} ${entry.layer}`,
              apply: (mutant: LaunchPlan) => {
                mutant.roles[0]!.timeline[at]!.repeat--;
              },
            },
      ),
  },
];

function steps(plan: LaunchPlan) {
  return plan.exchanges.flatMap((exchange, which) =>
    exchange.phases.flatMap((phase, inOrder) =>
      phase.steps.map((_, at) => ({
        place: `${exchange.name}.${phase.name} ${at}`,
        ranks: plan.groups.find((each) => each.name === exchange.group)!.size,
        find: (mutant: LaunchPlan) => ({ list: mutant.exchanges[which]!.phases[inOrder]!.steps, at }),
      })),
    ),
  );
}
