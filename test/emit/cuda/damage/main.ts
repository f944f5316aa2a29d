// `npm run damage`: damage to the emitted program of every example, at all places or at some, in several orders and with several seeds.
import { parseArgs } from "node:util";
import { subjects, survey, tableOf } from "./survey.js";

export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      example: { type: "string", default: "" },
      kind: { type: "string", default: "" },
      /** Places of each kind, or all. */
      most: { type: "string", default: "3" },
      seeds: { type: "string", default: "2" },
    },
  });
  const { example, kind, most, seeds } = values;
  const surveyed = await survey({
    examples: Object.keys(subjects).filter((name) => name.includes(example)),
    kind,
    most: most === "all" ? Infinity : Number(most),
    seeds: Array.from({ length: Number(seeds) }, (_, at) => at + 1),
    log: (line) => console.error(line),
  });
  console.log(tableOf(surveyed));
  console.log("harmless: other waits of the program imply the same order, so there is nothing to be found");
  const left = surveyed.flatMap((each) =>
    each.missed.map(({ place, runs }) => {
      const how = runs.map(({ order, seed }) => `${order} ${String(seed)}`).join(", ");
      return `not found: ${each.example}: ${each.kind}: ${place} (${how})`;
    }),
  );
  if (left.length > 0) console.error(left.join("\n"));
  return left.length > 0 || surveyed.every(({ planted }) => planted.length === 0) ? 1 : 0;
}
