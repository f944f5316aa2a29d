// The report for people: a table of all families and machines, then what misses its target, and why.
import { table } from "../bench/table.js";
import type { Assessment, FamilyResult, Listed, UnknownMachine } from "./assess.js";
import type { Deployment } from "./deployments.js";
import { COMMON_TARGET, MACHINE_OUT_TARGET, type Family } from "./family.js";

const percent = (share: number | null): string => (share === null ? "-" : `${(100 * share).toFixed(1)} %`);
const signed = (share: number): string => `${share < 0 ? "-" : "+"}${percent(Math.abs(share))}`;

const HEAD = [
  ...["family", "machine", "cases", "parameters", "median", "p90"],
  ...["fold median", "fold p90", "machine out"],
];

export function renderAccuracy(
  families: readonly (readonly [Family, FamilyResult])[],
  more: readonly Assessment[],
  problems: readonly string[],
): string {
  const rows = [...families.flatMap(([, { assessments }]) => assessments), ...more];
  const unknown = families.flatMap(([, result]) => result.unknown);
  return [
    table(HEAD, rows.map(cellsOf)),
    "",
    "Errors are |predicted / measured - 1|: median and p90 with what ships; fold with a fit that has not seen the row; machine",
    "out with the machine's datasheet and what was fitted to the others. Parameters: the numbers that fits of a machine move.",
    ...families.flatMap(([, { listed }]) => listing(listed)),
    ...families.flatMap(([family, result]) => misses(family, result)),
    ...families.flatMap(([{ name, remarks = [] }]) => remarks.map((remark) => `${name}: ${remark}`)),
    ...unknown.map(unknownLine),
    ...problems.map((problem) => `Left out: ${problem}.`),
    ...families.flatMap(([{ name }, { fits }]) =>
      fits.map(({ machine, values }) => `fit of ${name}, ${machine}: ${JSON.stringify(values)}`),
    ),
    "",
  ].join("\n");
}

function cellsOf(row: Assessment): readonly string[] {
  return [
    ...[row.family, row.machine, String(row.cases), String(row.parameters)],
    ...[row.median, row.p90, row.fold_median, row.fold_p90, row.machine_out_median].map(percent),
  ];
}

/** Every case of a family that lists them. */
function listing(listed: readonly Listed[]): readonly string[] {
  if (listed.length === 0) return [];
  const rows = listed.map(({ family, machine, label, measured_us, predicted_us }) => [
    `${family}: ${label}`,
    machine,
    measured_us.toFixed(1),
    predicted_us.toFixed(1),
    signed(predicted_us / measured_us - 1),
  ]);
  return ["", table(["", "machine", "published us", "predicted us", "error"], rows), ""];
}

/** Deployments beside their publication, each with the parts of the difference. */
export function renderDeployments(deployments: readonly Deployment[]): string {
  const rows = deployments.map((each) => [
    each.example,
    each.transport,
    rate(each.published_tokens_per_s_per_node),
    rate(each.predicted_tokens_per_s_per_node),
    rate(each.comparable_tokens_per_s_per_node),
    signed(each.comparable_tokens_per_s_per_node / each.published_tokens_per_s_per_node - 1),
  ]);
  const items = deployments.map(
    ({ example, transport, publication, step_time_us, items: parts }) =>
      `${example}, ${transport}: published ${publication}; predicted a step of ${milliseconds(step_time_us)}; to the published rate: ${parts
        .map(({ what, time_us }) => `${time_us < 0 ? "-" : "+"}${milliseconds(Math.abs(time_us))} ${what}`)
        .join("; ")}.`,
  );
  const head = ["new tokens/s of a node", "transport", "published", "predicted", "comparable", "error"];
  return [table(head, rows), "", ...items, ""].join("\n");
}

const rate = (tokens: number): string => Math.round(tokens).toLocaleString("en-US");
const milliseconds = (us: number): string => `${(us / 1e3).toFixed(1)} ms`;

/** A line for each machine that misses a target, with what is missed most. */
function misses({ name, target = COMMON_TARGET }: Family, { assessments }: FamilyResult): readonly string[] {
  return assessments.flatMap((row) => {
    const over = [
      ...above("median", row.median, target.median),
      ...above("p90", row.p90, target.p90),
      ...above("fold median", row.fold_median, target.median),
      ...above("fold p90", row.fold_p90, target.p90),
      ...above("machine out", row.machine_out_median, MACHINE_OUT_TARGET),
    ];
    const worst = row.worst.map(({ label, error }) => `${label} ${signed(error)}`).join("; ");
    return over.length === 0
      ? []
      : [`${name} on ${row.machine} misses: ${over.join(", ")}. Farthest off: ${worst}.`];
  });
}

const above = (what: string, value: number | null, target: number): readonly string[] =>
  value !== null && value > target ? [`${what} ${percent(value)} (target ${percent(target)})`] : [];

const unknownLine = ({ family, machine, cases }: UnknownMachine): string =>
  `${family}: the library has no cluster for ${machine} (${String(cases)} cases); add one to src/library/clusters.`;
