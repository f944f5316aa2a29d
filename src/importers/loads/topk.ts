// The experts that tokens chose, as a list of lists of numbers. -1 stands for no expert, as recorders fill what a gate left open.
import { shown, Unreadable, within } from "./fault.js";
import { listAt } from "./numbers.js";
import { MOST_EXPERTS } from "./tally.js";

const HINT = "Write the numbers of the experts that each token chose, all different: [[12, 45], [3, 7]].";

/** [token] its experts, without what is -1. All tokens have rows of one length. `most` is one more than the greatest number. */
export function tokensAt(value: unknown, place: string, most = MOST_EXPERTS): readonly (readonly number[])[] {
  if (!Array.isArray(value)) throw new Unreadable(place, `it is ${shown(value)}, not a list of tokens`, HINT);
  // One token alone may stand for itself.
  const rows: readonly unknown[] = typeof value[0] === "number" ? [value] : (value as unknown[]);
  const tokens = rows.map((row, token) =>
    expertsAt(row, () => within(place, `token ${String(token)}`), most),
  );
  const width = lengthOf(rows[0]);
  const ragged = rows.findIndex((row) => lengthOf(row) !== width);
  if (ragged >= 0)
    throw new Unreadable(
      within(place, `token ${String(ragged)}`),
      `it chooses ${String(lengthOf(rows[ragged]))} experts, and token 0 chooses ${String(width)}`,
      "A gate chooses as many experts for every token; write -1 where it left one open.",
    );
  return tokens;
}

const lengthOf = (row: unknown): number => (Array.isArray(row) ? row.length : 0);

function expertsAt(value: unknown, place: () => string, most: number): readonly number[] {
  if (!Array.isArray(value) || value.length === 0) listAt(value, place(), "a list of experts", HINT);
  const row = value as readonly unknown[];
  for (let at = 0; at < row.length; at++) {
    const expert = row[at];
    if (typeof expert !== "number" || !Number.isInteger(expert) || expert < -1 || expert >= most)
      throw new Unreadable(
        place(),
        `it chooses ${shown(expert)}, and experts are 0 to ${String(most - 1)}`,
        HINT,
      );
    if (expert >= 0 && row.indexOf(expert) < at)
      throw new Unreadable(place(), `it chooses expert ${String(expert)} twice`, HINT);
  }
  const experts = row as readonly number[];
  return experts.includes(-1) ? experts.filter((expert) => expert >= 0) : experts;
}
