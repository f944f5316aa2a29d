// Damage to the order in which a rank's launches run: waits, records, places in the host's order, streams.
import { isOnHost, type Launch } from "../../../src/plan/index.js";
import { move, ofLaunches, recordsOf, swap, type MutantKind } from "./mutant.js";

/** Events that the launches of a cell record, in order. */
const eventsOf = (launches: readonly Launch[]): readonly string[] => launches.flatMap(recordsOf);

export const orderKinds: readonly MutantKind[] = [
  {
    name: "a wait dropped",
    mutants: (plan) =>
      ofLaunches(plan, ({ launch: { waits } }) =>
        waits.map((event) => ({
          what: event,
          apply: ({ launch }) => {
            launch.waits = launch.waits.filter((each) => each !== event);
          },
        })),
      ),
  },
  {
    name: "a record dropped",
    mutants: (plan) =>
      ofLaunches(plan, ({ launch: own }) =>
        recordsOf(own).map((event) => ({
          what: event,
          apply: ({ launch }) => {
            if (!isOnHost(launch)) launch.records = launch.records.filter((each) => each !== event);
          },
        })),
      ),
  },
  {
    name: "a wait for another event",
    mutants: (plan) =>
      ofLaunches(plan, ({ launch: { waits }, launches }) =>
        waits.flatMap((event, at) => {
          const events = eventsOf(launches);
          const other = events[(events.indexOf(event) + 1) % events.length];
          if (other === undefined || waits.includes(other)) return [];
          return {
            what: `${event} -> ${other}`,
            apply: ({ launch }) => {
              launch.waits[at] = other;
            },
          };
        }),
      ),
  },
  {
    name: "two launches' waits exchanged",
    mutants: (plan) =>
      ofLaunches(plan, ({ launches: all, at, launch: own }) => {
        const other = all.findIndex((each, place) => place > at && each.waits.length > 0);
        if (own.waits.length === 0 || other < 0) return [];
        return [
          {
            apply: ({ launch, launches }) => {
              [launch.waits, launches[other]!.waits] = [launches[other]!.waits, launch.waits];
            },
          },
        ];
      }),
  },
  {
    name: "an event recorded by the launch before",
    mutants: (plan) =>
      ofLaunches(plan, ({ launch: own, launches: all, at }) => {
        const before = all.findLastIndex(
          (each, place) => place < at && !isOnHost(each) && !isOnHost(own) && each.stream === own.stream,
        );
        return recordsOf(own).flatMap((event) =>
          before < 0
            ? []
            : {
                what: event,
                apply: ({ launch, launches }) => {
                  const earlier = launches[before]!;
                  if (isOnHost(launch) || isOnHost(earlier)) return;
                  launch.records = launch.records.filter((each) => each !== event);
                  earlier.records.push(event);
                },
              },
        );
      }),
  },
  {
    name: "neighbouring launches swapped",
    mutants: (plan) =>
      ofLaunches(plan, ({ launches: all, at }) =>
        at + 1 < all.length ? [{ apply: ({ launches }) => swap(launches, at, at + 1) }] : [],
      ),
  },
  {
    name: "a launch issued before all others of its cell",
    mutants: (plan) =>
      ofLaunches(plan, ({ at }) => (at === 0 ? [] : [{ apply: ({ launches }) => move(launches, at, 0) }])),
  },
  {
    name: "a launch issued behind all others of its cell",
    mutants: (plan) =>
      ofLaunches(plan, ({ at, launches: { length } }) =>
        at + 1 === length ? [] : [{ apply: ({ launches }) => move(launches, at, length - 1) }],
      ),
  },
  {
    name: "counts read behind the first launch that needs them",
    mutants: (plan) =>
      ofLaunches(plan, ({ launch, at, launches: all }) => {
        if (launch.kind !== "read_counts") return [];
        const user = all.findIndex(
          (each, place) =>
            place > at &&
            each.exchange === launch.exchange &&
            each.micro_batch === launch.micro_batch &&
            (each.layer_offset ?? 0) === (launch.layer_offset ?? 0) &&
            (each.kind === "transfer" || each.kind === "compute") &&
            !("phase" in each && each.phase.startsWith("counts")) &&
            !("rows" in each && each.rows.end.expr === "tokens"),
        );
        return user < 0 ? [] : [{ apply: ({ launches }) => move(launches, at, user) }];
      }),
  },
  {
    name: "a launch on another stream",
    mutants: (plan) =>
      ofLaunches(plan, ({ launch: own }) =>
        plan.roles[0]!.streams.flatMap(({ name }) =>
          isOnHost(own) || name === own.stream
            ? []
            : {
                what: name,
                apply: ({ launch }) => {
                  if (!isOnHost(launch)) launch.stream = name;
                },
              },
        ),
      ),
  },
];
