// Law of ports: an operand of an operator's part is the same weight, or the input by the same place, wherever the plan launches
// the operator: two of them cannot change places in one node alone.
import type { Facts, RoleFacts } from "./facts.js";
import type { Meaning } from "./producers.js";
import type { Counterexample } from "./result.js";
import { aboutLaunches, named } from "./story.js";
import type { Read, Value } from "./values.js";

/** By operand of an operator's part: what it was the first time. */
export type Ports = Map<string, { readonly read: Read; readonly port: string }>;

export function* portFault(
  facts: Facts,
  role: RoleFacts["role"],
  ports: Ports,
  read: Read,
  value: Value,
  meaning: Meaning,
): Iterable<Counterexample> {
  const { occurrence, access } = read;
  if (occurrence.launch.kind !== "compute") return;
  const { op, inputs } = facts.nodeOf(occurrence);
  const port = portOf(inputs, value, meaning);
  if (port === undefined) return;
  const key = JSON.stringify([op, occurrence.launch.part, access.operand.name]);
  const first = ports.get(key);
  if (first === undefined) ports.set(key, { read, port });
  else if (first.port !== port)
    yield aboutLaunches(
      role,
      [
        `${named(first.read.occurrence)} has ${first.port} of \`${op}\` as \`${access.operand.name}\``,
        `${named(occurrence)} has ${port} of it as \`${access.operand.name}\``,
        "an operand of an operator's part is the same wherever it is launched",
      ],
      first.read.occurrence,
      occurrence,
    );
}

/** Undefined where a node takes one value twice, or where what is read is neither weight nor input. */
function portOf(inputs: readonly string[], { buffer, writers }: Value, meaning: Meaning): string | undefined {
  if (meaning.kind === "input") {
    const at = inputs.indexOf(meaning.input);
    return at === inputs.lastIndexOf(meaning.input) ? `input ${at}` : undefined;
  }
  return writers.length === 0 && buffer.init?.kind === "weight"
    ? `weight \`${buffer.init.weight}\``
    : undefined;
}
