// Law of whole numbers: launches write data of class `index` only to steer by it: gates the experts that their dispatches read,
// and dispatches and combines what they count and number. Anything else would be cut down to whole numbers.
import { isOnHost } from "../plan/index.js";
import type { Facts } from "./facts.js";
import type { Counterexample } from "./result.js";
import { aboutPlan } from "./story.js";

export function* wholeNumberFaults(facts: Facts): Iterable<Counterexample> {
  const readByDispatch = new Set(
    facts.plan.cells.flatMap(({ block, launches }) =>
      launches.flatMap(({ node, operands }) =>
        facts.exchangeOf(block, node)?.dispatch === node ? operands.map(({ buffer }) => buffer) : [],
      ),
    ),
  );
  for (const cell of facts.plan.cells)
    for (const launch of cell.launches) {
      if (isOnHost(launch)) continue;
      const { id, output } = facts.index.node(cell.block, launch.node);
      const exchange = facts.exchangeOf(cell.block, id);
      if (exchange?.dispatch === id || exchange?.combine === id) continue;
      for (const { access, buffer, name } of launch.operands) {
        if (access === "read" || facts.index.buffer(buffer).precision !== "index") continue;
        if (output.kind === "gate" && readByDispatch.has(buffer)) continue;
        yield aboutPlan(
          [
            `\`${launch.id}\` of cell \`${cell.name}\` writes \`${buffer}\` as \`${name}\`, in whole numbers`,
            "no dispatch steers by them, so it is a value of the model that loses its fractions",
          ],
          launch.span,
        );
        return;
      }
    }
}
