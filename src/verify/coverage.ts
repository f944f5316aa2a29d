// Which part of the model the launches compute: every layer for every micro-batch, and in each of them every node, the
// rows of each of its parts divided among its launches without gap or overlap. In order is what the reads see to.
import {
  chunkedSlots,
  chunkStarts,
  countBefore,
  evaluate,
  extend,
  isOnHost,
  type ComputeLaunch,
  type Expr,
  type Node,
} from "../plan/index.js";
import { rowsFault } from "./chunks.js";
import { courseName, coursesOf, type Course } from "./courses.js";
import type { Facts, RoleFacts } from "./facts.js";
import { grouped, type Counterexample } from "./result.js";
import { countsOfLayout } from "./row-counts.js";
import { aboutLaunches, aboutPlan, named } from "./story.js";

/** Layers that a role's timeline leaves out for some micro-batch, or computes with another block. */
export function layerFaults(facts: Facts, role: RoleFacts): Iterable<Counterexample> {
  return [...foreignLayers(facts, role), ...missingLayers(facts, role)];
}

function* foreignLayers(facts: Facts, { role, occurrences }: RoleFacts): Iterable<Counterexample> {
  for (const occurrence of occurrences) {
    const { run } = facts.index.runOfLayer(occurrence.layer);
    if (run.block === occurrence.cell.block) continue;
    yield aboutLaunches(
      role,
      [
        `${named(occurrence)} stands in cell \`${occurrence.cell.name}\`, which evaluates block \`${occurrence.cell.block}\``,
        `layer ${occurrence.layer} is a \`${run.block}\``,
      ],
      occurrence,
    );
    return;
  }
}

function* missingLayers(facts: Facts, role: RoleFacts): Iterable<Counterexample> {
  const present = new Set(coursesOf(role).map(({ layer, microBatch }) => `${layer} ${microBatch}`));
  for (const run of facts.plan.model.layers)
    for (let layer = run.first; layer < run.first + run.repeat; layer++)
      for (let microBatch = 0; microBatch < facts.plan.schedule.micro_batches; microBatch++) {
        if (present.has(`${layer} ${microBatch}`) || facts.index.block(run.block).nodes.length === 0)
          continue;
        yield aboutPlan(
          [
            `role \`${role.role.name}\` launches nothing for layer ${layer}, micro-batch ${microBatch}`,
            `the layer is a \`${run.block}\``,
          ],
          run.span,
        );
        return;
      }
}

/** Nodes of a layer that no launch computes, and parts of nodes whose rows are not divided among launches. */
export function* partFaults(facts: Facts, course: Course): Iterable<Counterexample> {
  const where = `in ${courseName(course)}`;
  for (const node of facts.index.block(course.block).nodes) {
    const own = course.launches.filter((each) => each.node === node.id);
    if (own.every(isOnHost))
      yield aboutPlan([`no launch computes node \`${node.id}\` (${node.op}) ${where}`], node.span);
    const computed = own.filter((each) => each.kind === "compute");
    for (const part of missingParts(facts, course.block, node, computed))
      yield aboutPlan(
        [`no launch computes part \`${part}\` of node \`${node.id}\` (${node.op}) ${where}`],
        node.span,
      );
    for (const part of new Set(computed.map((each) => each.part))) {
      const launches = computed.filter((each) => each.part === part);
      const story = divisionFault(facts, course.block, node, launches);
      if (story !== undefined)
        yield aboutPlan(
          [`part \`${part}\` of node \`${node.id}\` ${where}`, ...story],
          ...launches.map((each) => each.span),
        );
    }
  }
}

/** Parts of a node's operator that nobody launches. Of a dispatch and a combine an exchange needs some, and who reads what they make says which. */
function missingParts(
  facts: Facts,
  block: string,
  node: Node,
  launches: readonly ComputeLaunch[],
): readonly string[] {
  const exchange = facts.exchangeOf(block, node.id);
  if (node.id === exchange?.dispatch || node.id === exchange?.combine) return [];
  const parts = facts.plan.operators.find(({ name }) => name === node.op)?.parts ?? [];
  return parts.map(({ name }) => name).filter((name) => launches.every(({ part }) => part !== name));
}

/** Numbers of received rows for which ranges are evaluated; a mean and a capacity are added. Ranges are sums and quotients, which agree everywhere if they agree on these. */
const SAMPLES = [0, 1, 2, 3, 5, 7, 64];
/** Between two counts of different rows. */
const FAR = 10_007;

function divisionFault(
  facts: Facts,
  block: string,
  node: Node,
  launches: readonly ComputeLaunch[],
): readonly string[] | undefined {
  const exchange = facts.exchangeOf(block, node.id);
  for (const launch of launches) {
    const story = rowsFault(exchange, launch);
    if (story !== undefined) return story;
  }
  const totals = allowedTotals(facts, block, node, launches);
  const samples =
    exchange === undefined ? [0] : [...SAMPLES, exchange.mean_rows.value, exchange.capacity_rows.value];
  let fits = totals;
  for (const received of samples) {
    const environment =
      exchange === undefined
        ? facts.index.environment
        : extend(facts.index.environment, {
            [`${exchange.name}.received`]: received,
            // Far from one another, so that no part has another's rows, nor another's but for some.
            [`${exchange.name}.forwarded`]: 2 * received + FAR,
            [`${exchange.name}.copies_received`]: 3 * received + 2 * FAR,
            [`${exchange.name}.copies_sent`]: 5 * received + 3 * FAR,
            [`${exchange.name}.sent`]: 7 * received + 4 * FAR,
            ...Object.fromEntries(
              chunkStarts(exchange).map((slot) => [
                `${exchange.name}.${countBefore(slot)}`,
                Math.floor((received * slot) / chunkedSlots(exchange)),
              ]),
            ),
          });
    const given = exchange === undefined ? "" : ` when ${grouped(received)} rows are received`;
    const ranges = launches
      .map(({ id, rows }) => ({
        id,
        begin: evaluate(rows.begin.expr, environment),
        end: evaluate(rows.end.expr, environment),
      }))
      .sort((left, right) => left.begin - right.begin || left.end - right.end);
    let end = 0;
    for (const [at, range] of ranges.entries()) {
      const before = at === 0 ? "row 0" : `\`${ranges[at - 1]!.id}\``;
      if (range.begin > end)
        return [
          `rows ${end} to ${range.begin}, between ${before} and \`${range.id}\`, are computed by no launch${given}`,
        ];
      if (range.begin < end)
        return [`rows ${range.begin} to ${end} are computed by both ${before} and \`${range.id}\`${given}`];
      if (range.end < range.begin)
        return [`\`${range.id}\` computes rows ${range.begin} to ${range.end}${given}`];
      end = range.end;
    }
    fits = fits.filter((total) => evaluate(total, environment) === end);
    if (fits.length === 0)
      return [`its launches end at row ${end}${given}, but the node has ${rowsText(totals, environment)}`];
  }
  return undefined;
}

const rowsText = (totals: readonly Expr[], environment: Parameters<typeof evaluate>[1]): string =>
  `${[...new Set(totals.map((total) => grouped(evaluate(total, environment))))].join(" or ")} rows`;

/**
 * Rows that a part of a node may have: those of its result, and around an exchange those of what it touches, tokens or rows on
 * some side of it; but tokens where it writes something for each of them.
 */
function allowedTotals(
  facts: Facts,
  block: string,
  node: Node,
  launches: readonly ComputeLaunch[],
): readonly Expr[] {
  const exchange = facts.exchangeOf(block, node.id);
  const tokens = facts.index.block(block).input.type.shape[0] ?? 0;
  if (exchange === undefined) return [node.output.shape[0] ?? tokens];
  const lifted = node.id !== exchange.dispatch && node.id !== exchange.combine;
  if (lifted) return [`${exchange.name}.received`];
  const reader = facts.atomReader(exchange);
  const totals = new Set<Expr>();
  for (const { operands } of launches)
    for (const { buffer: name, access } of operands) {
      const { kind, layout: held, shape } = facts.index.buffer(name);
      const byToken = JSON.stringify(shape[0]) === JSON.stringify(tokens);
      // What is written token by token has a row for each of them.
      if (byToken && held === undefined && access !== "read") return [tokens];
      if (byToken) totals.add(tokens);
      const layout = exchange.layouts.find((each) => each.name === held?.layout);
      if (layout === undefined || kind === "counts" || held?.exchange !== exchange.name) continue;
      for (const count of countsOfLayout(reader, exchange, layout)) totals.add(`${exchange.name}.${count}`);
    }
  return [...totals];
}
