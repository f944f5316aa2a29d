// Law of parts: launches of one part of a node are alike in every cell, micro-batch and chunk. Each has the same operands, of
// the same access, number format, extents and order of rows: so none works on less than another.
import type { Cell, ComputeLaunch, Operand } from "../plan/index.js";
import type { Facts } from "./facts.js";
import type { Counterexample } from "./result.js";

export function* unlikeFaults(facts: Facts): Iterable<Counterexample> {
  const first = new Map<string, { readonly cell: Cell; readonly launch: ComputeLaunch }>();
  for (const cell of facts.plan.cells)
    for (const launch of cell.launches) {
      if (launch.kind !== "compute") continue;
      const key = JSON.stringify([cell.block, launch.node, launch.part]);
      const known = first.get(key);
      if (known === undefined) {
        first.set(key, { cell, launch });
        continue;
      }
      const difference = unlike(facts, known.launch, launch);
      if (difference === undefined) continue;
      yield {
        story: [
          `\`${known.launch.id}\` of cell \`${known.cell.name}\` and \`${launch.id}\` of cell \`${cell.name}\` both compute part \`${launch.part}\` of node \`${launch.node}\``,
          difference,
        ],
        spans: [known.launch.span, launch.span],
        launches: [],
      };
    }
}

function unlike(facts: Facts, one: ComputeLaunch, other: ComputeLaunch): string | undefined {
  const names = new Set([...one.operands, ...other.operands].map(({ name }) => name));
  for (const name of names) {
    const [left, right] = [one, other].map(({ operands }) =>
      operands
        .filter((each) => each.name === name)
        .map((each) => described(facts, each))
        .join(" and "),
    ) as [string, string];
    if (left !== right)
      return `operand \`${name}\` of the one is ${left === "" ? "missing" : left}, that of the other ${right === "" ? "missing" : right}`;
  }
  return undefined;
}

function described({ index }: Facts, { buffer: name, access }: Operand): string {
  const { precision, shape, layout } = index.buffer(name);
  const order = layout === undefined ? "" : `, in layout \`${layout.layout}\``;
  return `${access} as ${precision} [${shape.map((each) => JSON.stringify(each)).join(", ")}]${order}`;
}
