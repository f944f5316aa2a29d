// Damage to what is launched: launches left out, doubled, or made for another part of the model.
import type { Launch } from "../../../src/plan/index.js";
import { launchesOf, ofLaunches, type MutantKind } from "./mutant.js";

/** A second launch that differs in its name alone. */
const again = (launch: Launch): Launch => ({ ...structuredClone(launch), id: `${launch.id} again` });

export const launchKinds: readonly MutantKind[] = [
  {
    name: "a launch dropped",
    mutants: (plan) =>
      ofLaunches(plan, ({ at }) => [{ apply: ({ launches }) => void launches.splice(at, 1) }]),
  },
  {
    name: "a launch doubled",
    mutants: (plan) =>
      ofLaunches(plan, ({ at, launch: own }) => [
        {
          apply: ({ launches, launch }) => void launches.splice(at, 0, again(launch)),
          // The host may read the same counts twice.
          ...(own.kind === "read_counts" ? { harmless: () => "reading counts changes nothing" } : {}),
        },
      ]),
  },
  {
    name: "a launch made again at the end of its cell",
    mutants: (plan) =>
      ofLaunches(plan, ({ launch: own }) =>
        own.kind === "read_counts"
          ? []
          : [{ apply: ({ launches, launch }) => void launches.push({ ...again(launch), waits: [] }) }],
      ),
  },
  {
    name: "a part of a node left out everywhere",
    mutants: (plan) => {
      const parts = new Map<string, Launch>();
      for (const cell of plan.cells)
        for (const launch of cell.launches) {
          const part = launch.kind === "compute" ? launch.part : launch.kind;
          parts.set(`${cell.block}.${launch.node} ${part}`, launch);
        }
      return [...parts].map(([place, { node, ...left }]) => ({
        place,
        apply: (mutant) => {
          for (const cell of mutant.cells)
            if (place.startsWith(`${cell.block}.`))
              cell.launches = cell.launches.filter(
                (each) =>
                  each.node !== node ||
                  each.kind !== left.kind ||
                  (each.kind === "compute" && "part" in left && each.part !== left.part),
              );
        },
      }));
    },
  },
  {
    name: "a launch of another micro-batch",
    mutants: (plan) =>
      ofLaunches(plan, ({ cell }) =>
        cell.micro_batches < 2
          ? []
          : [
              {
                apply: ({ launch }) => {
                  launch.micro_batch = (launch.micro_batch + 1) % cell.micro_batches;
                },
              },
            ],
      ),
  },
  {
    name: "a launch of the layer before",
    mutants: (plan) =>
      ofLaunches(plan, ({ cell }) =>
        cell.block === "embed"
          ? []
          : [
              {
                apply: ({ launch }) => {
                  launch.layer_offset = (launch.layer_offset ?? 0) === 0 ? -1 : 0;
                },
              },
            ],
      ),
  },
  {
    name: "a launch of another node",
    mutants: (plan) =>
      ofLaunches(plan, ({ cell, launch: own }) =>
        plan.model.blocks
          .find(({ name }) => name === cell.block)!
          .nodes.filter(({ id }) => id !== own.node)
          .map(({ id }) => ({
            what: id,
            apply: ({ launch }) => {
              launch.node = id;
            },
          })),
      ),
  },
  {
    name: "a launch of another part of its node",
    mutants: (plan) =>
      ofLaunches(plan, ({ launch: own }) => {
        if (own.kind !== "compute") return [];
        const parts = launchesOf(plan).flatMap((each) =>
          each.kind === "compute" && each.node === own.node && each.part !== own.part ? each.part : [],
        );
        return [...new Set(parts)].map((part) => ({
          what: part,
          apply: ({ launch }) => {
            if (launch.kind === "compute") launch.part = part;
          },
        }));
      }),
  },
  {
    name: "a launch that follows no exchange, or one that it does not belong to",
    mutants: (plan) =>
      ofLaunches(plan, ({ launch: own }) => {
        if (own.kind !== "compute") return [];
        const others = [...plan.exchanges.map(({ name }) => name), undefined];
        return others
          .filter((each) => each !== own.exchange)
          .map((other) => ({
            what: other ?? "none",
            apply: ({ launch }) => {
              if (launch.kind !== "compute") return;
              if (other === undefined) delete launch.exchange;
              else launch.exchange = other;
            },
          }));
      }),
  },
  {
    name: "a transfer that runs another phase",
    mutants: (plan) =>
      ofLaunches(plan, ({ launch: own }) =>
        own.kind !== "transfer"
          ? []
          : plan.exchanges
              .find(({ name }) => name === own.exchange)!
              .phases.filter(({ name }) => name !== own.phase)
              .map(({ name }) => ({
                what: name,
                apply: ({ launch }) => {
                  if (launch.kind === "transfer") launch.phase = name;
                },
              })),
      ),
  },
  {
    name: "a cell of fewer micro-batches",
    mutants: (plan) =>
      plan.cells.flatMap((cell, at) =>
        cell.micro_batches < 2
          ? []
          : {
              place: cell.name,
              apply: (mutant) => {
                const damaged = mutant.cells[at]!;
                damaged.micro_batches--;
                damaged.launches = damaged.launches.filter(
                  ({ micro_batch }) => micro_batch < damaged.micro_batches,
                );
              },
            },
      ),
  },
];
