// What a campaign prints: a line for each kind, one for each plan, what refuted and what pardoned, and every survivor.
import type { Outcome } from "./judge.js";
import type { KindResult } from "./campaign.js";

/** A kind's result on the plan of a name. */
export interface Row extends KindResult {
  readonly plan: string;
}

type Counts = Readonly<Record<Outcome | "places" | "applied" | "counted", number>>;

const columns = ["places", "applied", "killed", "harmless", "rejected", "survivor"] as const;
const NAME_WIDTH = 76;
const WIDTH = 10;

/** `applied`: mutants that differ from their plan. `counted`: those of them that have a plan's shape. */
function sum(rows: readonly Row[]): Counts {
  const of = (outcome: Outcome): number => rows.reduce((total, each) => total + each.outcomes[outcome], 0);
  const found = {
    killed: of("killed"),
    harmless: of("harmless"),
    rejected: of("rejected"),
    unchanged: of("unchanged"),
    survivor: of("survivor"),
  };
  const counted = found.killed + found.harmless + found.survivor;
  return {
    ...found,
    places: rows.reduce((total, each) => total + each.places, 0),
    applied: counted + found.rejected,
    counted,
  };
}

const line = (name: string, cells: readonly (string | number)[]): string =>
  `${name.padEnd(NAME_WIDTH)}${cells.map((each) => String(each).padStart(WIDTH)).join("")}`;

const numbers = (counts: Counts): readonly number[] => columns.map((each) => counts[each]);

function* groupsOf(
  rows: readonly Row[],
  key: (row: Row) => string,
): Iterable<readonly [string, readonly Row[]]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  yield* groups;
}

function* byGroup(heading: string, rows: readonly Row[], key: (row: Row) => string): Iterable<string> {
  yield line(heading, columns);
  for (const [name, own] of groupsOf(rows, key)) yield line(name, numbers(sum(own)));
  yield line("all", numbers(sum(rows)));
}

function* reasonsOf(rows: readonly Row[]): Iterable<string> {
  const total = new Map<string, number>();
  for (const { reasons } of rows)
    for (const [reason, times] of reasons) total.set(reason, (total.get(reason) ?? 0) + times);
  for (const [reason, times] of [...total].sort(([, left], [, right]) => right - left))
    yield `${String(times).padStart(WIDTH)}  ${reason}`;
}

/** A word of a shell's command line. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** The tables as text. `whole`: each kind of each plan on a line of its own. */
export function report(rows: readonly Row[], whole: boolean): string {
  const kinds = new Set(rows.map(({ kind }) => kind)).size;
  const { counted, survivor } = sum(rows);
  return [
    ...byGroup("kind", rows, ({ kind }) => kind),
    "",
    ...byGroup("plan", rows, ({ plan }) => plan),
    "",
    ...(whole ? [...byGroup("plan, kind", rows, ({ plan, kind }) => `${plan}: ${kind}`), ""] : []),
    ...reasonsOf(rows),
    "",
    ...rows.flatMap(({ plan, kind, survivors }) =>
      survivors.flatMap(({ place, reason }) => [
        `survivor: ${plan}, ${kind}, at ${place}: ${reason}`,
        `  npm run mutation -- --example ${plan} --kind ${quoted(kind)} --place ${quoted(place)}`,
      ]),
    ),
    `${kinds} kinds, ${counted} mutants counted, ${survivor} survivors`,
    "",
  ].join("\n");
}
