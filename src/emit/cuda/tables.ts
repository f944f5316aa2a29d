// program/tables.h: which expert lives in which slot, in each layer. It is data and nobody reads it line by line, so each table is
// one line, and the number of lines does not grow with layers or ranks.
import type { Placement } from "../../plan/index.js";
import { atom, blank, braces, comment, text, type Declaration, type Expression } from "./cpp/tree.js";
import type { ProgramNames } from "./context.js";

const numbers = (values: readonly number[]): Expression => atom(`{${values.join(", ")}}`);

const table = (type: string, name: string, values: readonly number[]): Declaration => ({
  kind: "variable",
  type: `inline constexpr ${type}`,
  name: `${name}[]`,
  value: numbers(values),
});

export function tablesHeader(names: ProgramNames): readonly Declaration[] {
  const { plan } = names;
  return [
    { kind: "once" },
    blank,
    { kind: "include", path: "runtime/facts.h" },
    blank,
    comment("clang-format off"),
    {
      kind: "namespace",
      name: "weft::plan",
      body: [
        ...plan.placements.flatMap((each) => placementTables(names, each)),
        ...plan.groups
          .filter(({ size, instances }) =>
            instances.some((ranks, colour) => ranks.some((rank, key) => rank !== colour * size + key)),
          )
          .flatMap(({ name, instances }): Declaration[] => {
            const members = instances.flatMap((ranks, colour) =>
              ranks.map((rank, key) => [rank, colour, key] as const),
            );
            const byRank = [...members].sort(([left], [right]) => left - right);
            return [
              comment(`${name}: colour and key of each rank.`),
              {
                kind: "variable",
                type: "inline constexpr int",
                name: `${names.constants.of(`group ${name}`, `${name} ranks`)}[][2]`,
                value: atom(
                  `{${byRank.map(([, colour, key]) => `{${String(colour)}, ${String(key)}}`).join(", ")}}`,
                ),
              },
              blank,
            ];
          }),
        ...roleTable(names),
      ],
    },
    blank,
  ];
}

/** The role of each rank, where there are several. */
function roleTable({ plan }: ProgramNames): readonly Declaration[] {
  if (plan.roles.length === 1) return [];
  const roles = Array.from({ length: plan.world }, (_, rank) =>
    plan.roles.findIndex(({ ranks }) => ranks.includes(rank)),
  );
  return [
    table("int", "kRoles", roles),
    {
      kind: "function",
      result: "inline int",
      name: "role_of",
      parameters: [{ type: "int", name: "rank" }],
      body: [{ kind: "return", value: atom("kRoles[rank]") }],
    },
  ];
}

function placementTables(names: ProgramNames, placement: Placement): readonly Declaration[] {
  const name = names.placementName(placement.name);
  const { layers } = placement;
  return [
    comment(
      `${placement.name}: ${String(placement.experts)} experts in ${String(placement.slots)} slots. Tables of layers stand one behind the other, each as long as it is.`,
    ),
    table("Index", `${name}SlotBegin`, placement.slot_begin),
    table(
      "Index",
      `${name}ExpertOfSlot`,
      layers.flatMap((each) => each.expert_of_slot),
    ),
    table(
      "Index",
      `${name}ReplicaBegin`,
      layers.flatMap((each) => each.replica_begin),
    ),
    table(
      "Index",
      `${name}ReplicaSlot`,
      layers.flatMap((each) => each.replica_slot),
    ),
    {
      kind: "variable",
      type: "inline constexpr PlacementFacts",
      name,
      value: braces(
        [
          text(placement.name),
          atom(placement.slot_begin.length - 1),
          atom(placement.experts),
          atom(placement.slots),
          atom(layers.length),
          ...["SlotBegin", "ExpertOfSlot", "ReplicaBegin", "ReplicaSlot"].map((each) =>
            atom(`${name}${each}`),
          ),
        ],
        "",
      ),
    },
    blank,
  ];
}
