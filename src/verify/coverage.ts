// Which part of the model the launches compute: every layer for every micro-batch once and in order, and in each of
// them every node, the rows of each of its parts divided among its launches without gap or overlap.
import { evaluate, extend, type Cell, type ComputeLaunch, type Expr, type Node } from "../plan/index.js";
import type { Facts, RoleFacts } from "./facts.js";
import { grouped, type Counterexample } from "./result.js";
import { aboutPlan } from "./story.js";

/** Layers that a role's timeline leaves out, repeats, runs out of order or with the wrong cell. */
export function* timelineFaults(facts: Facts, { role }: RoleFacts): Iterable<Counterexample> {
  const { layers } = facts.index;
  const micro_batches = facts.plan.schedule.micro_batches;
  const next = new Array<number>(micro_batches).fill(0);
  for (const entry of role.timeline) {
    const cell = facts.index.cell(entry.cell);
    for (let layer = entry.layer; layer < entry.layer + entry.repeat; layer++) {
      const { run } = facts.index.runOfLayer(layer);
      if (run.block !== cell.block)
        yield aboutPlan(
          [
            `role \`${role.name}\` runs cell \`${cell.name}\` for layer ${layer}`,
            `the cell evaluates block \`${cell.block}\`, the layer is a \`${run.block}\``,
          ],
          run.span,
        );
      for (let own = 0; own < cell.micro_batches; own++) {
        const microBatch = entry.micro_batch + own;
        const expected = next[microBatch]!;
        if (layer !== expected)
          yield aboutPlan(
            [
              `role \`${role.name}\` runs layer ${layer} for micro-batch ${microBatch}`,
              expected === layers
                ? "that micro-batch has already been through all layers"
                : `the next that this micro-batch needs is layer ${expected}`,
            ],
            run.span,
          );
        next[microBatch] = layer + 1;
      }
    }
  }
  const unfinished = next.findIndex((each) => each !== layers);
  if (unfinished >= 0)
    yield aboutPlan(
      [
        `role \`${role.name}\` takes micro-batch ${unfinished} through ${next[unfinished]!} of ${layers} layers`,
      ],
      facts.index.runOfLayer(next[unfinished]!).run.span,
    );
}

/** Nodes of a cell's block that no launch computes, and parts of nodes whose rows are not divided among launches. */
export function* partFaults(facts: Facts, cell: Cell): Iterable<Counterexample> {
  const block = facts.index.block(cell.block);
  for (let microBatch = 0; microBatch < cell.micro_batches; microBatch++) {
    const launches = cell.launches.filter((each) => each.micro_batch === microBatch);
    const where = `in cell \`${cell.name}\`, micro-batch ${microBatch}`;
    for (const node of block.nodes) {
      const own = launches.filter((each) => each.node === node.id);
      if (own.every((each) => each.kind === "read_counts"))
        yield aboutPlan([`no launch computes node \`${node.id}\` (${node.op}) ${where}`], node.span);
      const computed = own.filter((each) => each.kind === "compute");
      for (const part of new Set(computed.map((each) => each.part))) {
        const story = divisionFault(
          facts,
          cell,
          node,
          computed.filter((each) => each.part === part),
        );
        if (story !== undefined)
          yield aboutPlan(
            [`part \`${part}\` of node \`${node.id}\` ${where}`, ...story],
            ...computed.filter((each) => each.part === part).map((each) => each.span),
          );
      }
    }
  }
}

/** Numbers of received rows for which ranges are evaluated; a mean and a capacity are added. Ranges are sums and quotients, which agree everywhere if they agree on these. */
const SAMPLES = [0, 1, 2, 3, 5, 7, 64];

function divisionFault(
  facts: Facts,
  cell: Cell,
  node: Node,
  launches: readonly ComputeLaunch[],
): readonly string[] | undefined {
  const exchange = facts.exchangeOf(cell.block, node.id);
  const totals = allowedTotals(facts, cell, node);
  const samples =
    exchange === undefined ? [0] : [...SAMPLES, exchange.mean_rows.value, exchange.capacity_rows.value];
  let fits = totals;
  for (const received of samples) {
    const environment =
      exchange === undefined
        ? facts.index.environment
        : extend(facts.index.environment, { [`${exchange.name}.received`]: received });
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

/** Rows that a part of a node may have: those of its result, and around an exchange those on either side. */
function allowedTotals(facts: Facts, { block }: Cell, node: Node): readonly Expr[] {
  const exchange = facts.exchangeOf(block, node.id);
  const tokens = facts.index.block(block).input.type.shape[0] ?? 0;
  if (exchange === undefined) return [node.output.shape[0] ?? tokens];
  const received = `${exchange.name}.received`;
  const lifted = node.id !== exchange.dispatch && node.id !== exchange.combine;
  return lifted ? [received] : [tokens, received, `${exchange.name}.sent`];
}
