// Law of steering: a dispatch sends tokens where its gate chose, to the replicas that its placement's tables name, so it reads
// both tables and the indices of the experts; and the gate's weights, which scale results, are read where these are added: by the
// combine, or, where nodes add them, by the dispatch, which sends them along.
import type { Exchange, TableInit } from "../plan/index.js";
import { courseName, coursesOf, type Course } from "./courses.js";
import { reads, writes, type Access, type Facts, type Occurrence, type RoleFacts } from "./facts.js";
import type { Counterexample } from "./result.js";
import { aboutPlan } from "./story.js";

/** Tables that say which slot a token takes. */
const TABLES = ["replica_begin", "replica_slot"] as const satisfies readonly TableInit["table"][];

export function* steeringFaults(facts: Facts, role: RoleFacts): Iterable<Counterexample> {
  for (const course of coursesOf(role))
    for (const exchange of facts.plan.exchanges.filter((each) => each.block === course.block)) {
      const fault = courseFault(exchange, course);
      if (fault === undefined) continue;
      yield aboutPlan(
        [`in ${courseName(course)}, exchange \`${exchange.name}\``, ...fault.story],
        facts.index.node(exchange.block, fault.node).span,
      );
      return;
    }
}

function courseFault(
  { dispatch, combine, gate, partial_sums: sums = false }: Exchange,
  { occurrences }: Course,
): { readonly story: readonly string[]; readonly node: string } | undefined {
  const readBy = (node: string): readonly Access[] =>
    occurrences.flatMap((each) =>
      each.launch.kind === "compute" && each.launch.node === node ? each.accesses.filter(reads) : [],
    );
  const made = resultsOf(occurrences, gate);
  const takes = (node: string, precision: string): boolean =>
    readBy(node).some(({ buffer }) => made.has(buffer.name) && buffer.precision === precision);
  const tables = new Set(
    readBy(dispatch).flatMap(({ buffer: { init } }) => (init?.kind === "table" ? init.table : [])),
  );
  const table = TABLES.find((each) => !tables.has(each));
  if (table !== undefined)
    return {
      story: [
        `no launch of \`${dispatch}\` reads table \`${table}\``,
        "so tokens do not go where their experts are",
      ],
      node: dispatch,
    };
  if (!takes(dispatch, "index"))
    return {
      story: [`no launch of \`${dispatch}\` reads which experts \`${gate}\` chose`],
      node: dispatch,
    };
  const [weighing, other] = sums ? [dispatch, combine] : [combine, dispatch];
  if (!takes(weighing, "gate"))
    return {
      story: [
        `no launch of \`${weighing}\` reads the weights of \`${gate}\``,
        "so results are added as they are",
      ],
      node: weighing,
    };
  if (takes(other, "gate"))
    return {
      story: [`\`${other}\` reads the weights of \`${gate}\``, `but results are weighed by \`${weighing}\``],
      node: other,
    };
  return undefined;
}

/** Buffers that a node's launches write. */
const resultsOf = (occurrences: readonly Occurrence[], node: string): ReadonlySet<string> =>
  new Set(
    occurrences.flatMap(({ launch, accesses }) =>
      launch.node === node ? accesses.filter(writes).map(({ buffer }) => buffer.name) : [],
    ),
  );
