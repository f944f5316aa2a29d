// A token policy says what it needs and nothing that belongs to another: fixed rows and their factor, or a bound on counted ones.
import type { Exchange } from "../../plan/index.js";
import { complaint, wholeNumber, type Complaint } from "./complaint.js";

export function* policyIsDefinite({ name, tokens, atom_rows, phases }: Exchange): Iterable<Complaint> {
  const what = `exchange \`${name}\``;
  const { policy, factor, bound, overflow } = tokens;
  switch (policy) {
    case "capacity":
      if (factor === undefined || atom_rows === undefined) {
        yield complaint(`${what} has capacity, but no \`factor\` or no \`atom_rows\``);
        return;
      }
      yield* wholeNumber(`\`atom_rows\` of ${what}`, atom_rows.value, 1);
      if (bound !== undefined || overflow !== undefined)
        yield complaint(`${what} has capacity and a bound: what exceeds a capacity is dropped`);
      for (const phase of phases)
        if (phase.carries !== "rows")
          yield complaint(
            `phase \`${phase.name}\` of ${what} carries ${phase.carries}, but its atoms all have the same rows`,
          );
      return;
    case "dropless":
      if (factor !== undefined || atom_rows !== undefined)
        yield complaint(`${what} is dropless, but has a \`factor\` or \`atom_rows\``);
      if ((bound === undefined) !== (overflow === undefined))
        yield complaint(
          bound === undefined
            ? `${what} says what happens beyond a bound (${overflow ?? ""}), but has none`
            : `${what} has a bound of ${bound}, but does not say what happens beyond it`,
        );
      return;
    default:
      policy satisfies never;
  }
}
