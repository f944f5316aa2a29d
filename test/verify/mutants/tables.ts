// Damage to placements: which expert lives where, and which replica a token takes, on one side or as all sides agree.
import type { Init, LayerPlacement, LaunchPlan, Placement } from "../../../src/plan/index.js";
import { mutantsOf, ofNamed, swap, type Damage, type MutantKind } from "./mutant.js";

const ofPlacements = (plan: LaunchPlan, damages: (placement: Placement) => Iterable<Damage<Placement>>) =>
  ofNamed(plan, ({ placements }) => placements, damages);

const ofTables = (plan: LaunchPlan, damages: (tables: LayerPlacement) => Iterable<Damage<LayerPlacement>>) =>
  mutantsOf(
    plan.placements.flatMap((placement, which) =>
      placement.layers.map((_, layer) => ({
        name: `${placement.name} ${layer}`,
        find: (mutant: LaunchPlan) => mutant.placements[which]!.layers[layer]!,
      })),
    ),
    plan,
    damages,
  );

/** Damages to neighbouring entries of a table that differ. */
const neighbours = (
  table: readonly number[],
  apply: (tables: LayerPlacement, at: number) => void,
): readonly Damage<LayerPlacement>[] =>
  table
    .slice(1)
    .flatMap((value, at) =>
      value === table[at] ? [] : { what: String(at), apply: (tables) => apply(tables, at) },
    );

/** Turns of the layer with the most. */
const mostTurns = ({ layers }: Placement): number =>
  Math.max(...layers.map(({ replica_slot: slots }) => slots.length));

/** Slots of the rank with the most. */
const mostSlots = ({ slot_begin: begins }: Placement): number =>
  Math.max(...begins.slice(1).map((end, rank) => end - begins[rank]!));

/** Whether a table sends every expert's tokens to slots that hold it, and some to each slot. */
function tablesAgree(placement: Placement): string | undefined {
  for (const { expert_of_slot: experts, replica_begin: begins, replica_slot: slots } of placement.layers) {
    if (new Set(slots).size !== placement.slots) return undefined;
    for (let expert = 0; expert < placement.experts; expert++)
      if (slots.slice(begins[expert], begins[expert + 1]).some((slot) => experts[slot] !== expert))
        return undefined;
    for (let rank = 0; rank + 1 < placement.slot_begin.length; rank++) {
      const own = experts.slice(placement.slot_begin[rank], placement.slot_begin[rank + 1]);
      if (new Set(own).size !== own.length) return undefined;
    }
  }
  return "another placement: the tables still send each expert's tokens to the slots that hold it, and weights follow them";
}

const inits = (plan: LaunchPlan, damages: (init: Init, buffer: string) => Iterable<Damage<Init>>) =>
  plan.memory.buffers.flatMap(({ name, init }, at) =>
    init === undefined
      ? []
      : mutantsOf([{ name, find: (mutant: LaunchPlan) => mutant.memory.buffers[at]!.init! }], plan, (found) =>
          damages(found, name),
        ),
  );

export const tableKinds: readonly MutantKind[] = [
  {
    name: "two experts' slots exchanged in the tables of the sender",
    mutants: (plan) =>
      plan.placements.flatMap((placement, which) =>
        placement.layers.flatMap((tables, layer) =>
          tables.replica_slot.slice(1).map((_, at) => ({
            place: `${placement.name} ${layer}: ${at}`,
            apply: (mutant: LaunchPlan) =>
              swap(mutant.placements[which]!.layers[layer]!.replica_slot, at, at + 1),
            harmless: (mutant: LaunchPlan) => tablesAgree(mutant.placements[which]!),
          })),
        ),
      ),
  },
  {
    name: "two slots' experts exchanged in the tables of the host",
    mutants: (plan) =>
      ofTables(plan, ({ expert_of_slot: experts }) =>
        neighbours(experts, (tables, at) => swap(tables.expert_of_slot, at, at + 1)),
      ),
  },
  {
    name: "two experts' slots exchanged on both sides",
    mutants: (plan) =>
      plan.placements.flatMap((placement, which) =>
        placement.layers.flatMap((tables, layer) =>
          tables.replica_slot.slice(1).map((_, at) => ({
            place: `${placement.name} ${layer}: ${at}`,
            apply: (mutant: LaunchPlan) => {
              const { replica_slot: slots, expert_of_slot: experts } =
                mutant.placements[which]!.layers[layer]!;
              swap(experts, slots[at]!, slots[at + 1]!);
              swap(slots, at, at + 1);
            },
            harmless: (mutant: LaunchPlan) => tablesAgree(mutant.placements[which]!),
          })),
        ),
      ),
  },
  {
    name: "a turn given to another slot",
    mutants: (plan) =>
      plan.placements.flatMap((placement, which) =>
        placement.layers.flatMap((tables, layer) =>
          tables.replica_slot.flatMap((slot, at) =>
            // The slot of a turn before, perhaps of the same expert's, and one far away.
            [tables.replica_slot[at - 1], (slot + Math.ceil(placement.slots / 2)) % placement.slots].flatMap(
              (other) =>
                other === undefined || other === slot
                  ? []
                  : {
                      place: `${placement.name} ${layer}: ${at} to ${other}`,
                      apply: (mutant: LaunchPlan) => {
                        mutant.placements[which]!.layers[layer]!.replica_slot[at] = other;
                      },
                      harmless: (mutant: LaunchPlan) => tablesAgree(mutant.placements[which]!),
                    },
            ),
          ),
        ),
      ),
  },
  {
    name: "a turn more, or less",
    mutants: (plan) =>
      plan.placements.flatMap((placement, which) =>
        placement.layers.flatMap((tables, layer) =>
          tables.replica_slot.flatMap((slot, at) =>
            [0, 2].map((copies) => ({
              place: `${placement.name} ${layer}: ${at} ${copies} times`,
              apply: (mutant: LaunchPlan) => {
                const { replica_begin: begins, replica_slot: slots } =
                  mutant.placements[which]!.layers[layer]!;
                slots.splice(at, 1, ...new Array<number>(copies).fill(slot));
                for (let expert = 0; expert < begins.length; expert++)
                  if (begins[expert]! > at) begins[expert]! += copies - 1;
              },
              harmless: (mutant: LaunchPlan) =>
                mostTurns(mutant.placements[which]!) === mostTurns(placement)
                  ? tablesAgree(mutant.placements[which]!)
                  : undefined,
            })),
          ),
        ),
      ),
  },
  {
    name: "an expert's replicas taken for another's",
    mutants: (plan) =>
      ofTables(plan, ({ replica_begin: begins }) =>
        begins.slice(1, -1).flatMap((_, at) => [
          ...[1, -1].map((by) => ({
            what: `${at + 1}: ${by}`,
            apply: (tables: LayerPlacement) => {
              tables.replica_begin[at + 1]! += by;
            },
          })),
        ]),
      ),
  },
  {
    name: "a slot of another rank",
    mutants: (plan) =>
      ofPlacements(plan, (placed) => {
        const most = mostSlots(placed);
        return placed.slot_begin.slice(1, -1).flatMap((_, at) =>
          [1, -1].map((by) => ({
            what: `${at + 1}: ${by}`,
            apply: (placement) => {
              placement.slot_begin[at + 1]! += by;
            },
            harmless: ({ placements: [mutant] }) =>
              mutant !== undefined && mostSlots(mutant) <= most ? tablesAgree(mutant) : undefined,
          })),
        );
      }),
  },
  {
    name: "an expert more, or less, than the gate chooses from",
    mutants: (plan) =>
      ofPlacements(plan, ({ experts, layers }) => [
        {
          what: "less",
          apply: (placement) => {
            placement.experts--;
            for (const tables of placement.layers) {
              tables.replica_begin.splice(experts - 1, 1);
              tables.expert_of_slot = tables.expert_of_slot.map((each) => Math.min(each, experts - 2));
            }
          },
        },
        ...(layers.every(({ replica_begin: begins }) => begins.at(-1)! - begins.at(-2)! > 1)
          ? [
              {
                what: "more",
                apply: (placement: Placement) => {
                  placement.experts++;
                  for (const tables of placement.layers) {
                    const last = tables.replica_begin.at(-1)!;
                    tables.replica_begin.splice(-1, 0, last - 1);
                    tables.expert_of_slot[tables.replica_slot[last - 1]!] = experts;
                  }
                },
              },
            ]
          : []),
      ]),
  },
  {
    name: "two layers' tables exchanged",
    mutants: (plan) =>
      plan.placements.flatMap((placement, which) =>
        placement.layers.slice(1).map((_, at) => ({
          place: `${placement.name}: ${at}`,
          apply: (mutant: LaunchPlan) => swap(mutant.placements[which]!.layers, at, at + 1),
          harmless: (mutant: LaunchPlan) => tablesAgree(mutant.placements[which]!),
        })),
      ),
  },
  {
    name: "a layer's tables left out",
    mutants: (plan) =>
      ofPlacements(plan, ({ layers }) =>
        layers.map((_, at) => ({
          what: String(at),
          apply: (placement) => void placement.layers.splice(at, 1),
        })),
      ),
  },
  {
    name: "weights of another node",
    mutants: (plan) =>
      inits(plan, (init) =>
        init.kind !== "weight"
          ? []
          : plan.model.blocks
              .find(({ name }) => name === init.block)!
              .nodes.filter(({ id }) => id !== init.node)
              .map(({ id }) => ({
                what: id,
                apply: (found) => {
                  if (found.kind === "weight") found.node = id;
                },
              })),
      ),
  },
  {
    name: "another weight of the same node",
    mutants: (plan) =>
      inits(plan, (init) =>
        init.kind !== "weight"
          ? []
          : plan.memory.buffers.flatMap(({ init: other }) =>
              other?.kind !== "weight" ||
              other.block !== init.block ||
              other.node !== init.node ||
              other.weight === init.weight
                ? []
                : {
                    what: other.weight,
                    apply: (found) => {
                      if (found.kind === "weight") found.weight = other.weight;
                    },
                  },
            ),
      ),
  },
  {
    name: "weights for experts where there are none, or the other way round",
    mutants: (plan) =>
      inits(plan, (init) =>
        init.kind !== "weight"
          ? []
          : [
              {
                apply: (found) => {
                  if (found.kind !== "weight") return;
                  found.per_slot = !found.per_slot;
                  if (found.per_slot) found.placement = plan.placements[0]?.name ?? "";
                  else delete found.placement;
                },
              },
            ],
      ),
  },
  {
    name: "another table in a buffer",
    mutants: (plan) =>
      inits(plan, (init) =>
        init.kind !== "table"
          ? []
          : (["replica_begin", "replica_slot", "slot_begin", "atom_rows"] as const)
              .filter((table) => table !== init.table)
              .map((table) => ({
                what: table,
                apply: (found) => {
                  if (found.kind === "table") found.table = table;
                },
              })),
      ),
  },
  {
    name: "state or input of another micro-batch",
    mutants: (plan) =>
      inits(plan, (init) =>
        (init.kind === "state" || init.kind === "input") && plan.schedule.micro_batches > 1
          ? [
              {
                apply: (found) => {
                  if (found.kind === "state" || found.kind === "input")
                    found.micro_batch = (found.micro_batch + 1) % plan.schedule.micro_batches;
                },
              },
            ]
          : [],
      ),
  },
  {
    name: "a buffer that holds nothing before the step",
    mutants: (plan) =>
      plan.memory.buffers.flatMap(({ name, init }, at) =>
        init === undefined
          ? []
          : {
              place: name,
              apply: (mutant: LaunchPlan) => {
                delete mutant.memory.buffers[at]!.init;
                mutant.memory.buffers[at]!.kind = "activation";
              },
            },
      ),
  },
];
