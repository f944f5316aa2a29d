// What the reports of an exchange say in words: for the terminal and for the page alike.
import { counted, grouped, percent, size, time } from "../units.js";
import type { ExchangeReport } from "./report.js";

/** What is exchanged on what. */
export function titleOf(report: ExchangeReport): string {
  const { bytes, ranks, nodes, ranks_per_node: own, cluster, direction } = report;
  const where =
    nodes === 1
      ? counted(ranks, "GPU")
      : `${counted(ranks, "GPU")} in ${counted(nodes, "node")} of ${grouped(own)}`;
  const what = direction === "combine" ? "Combine" : "Dispatch";
  return `${what} of ${size(bytes)} between ${where}, ${cluster}`;
}

/** What the chosen algorithm is. */
export const algorithmWords = ({ algorithm, algorithm_words: words }: ExchangeReport): string =>
  words === "" ? `Scheduled as ${algorithm}.` : `The algorithm: ${words}.`;

/** A ratio of times: `1.05 x`. A bound of nothing has none. */
export const over = (us: number, boundUs: number): string =>
  boundUs === 0 ? "-" : `${(us / boundUs).toFixed(us / boundUs < 10 ? 3 : 1)} x`;

/** Sentences on what the times take for granted, and on what was not done and why. */
export function remarks(report: ExchangeReport): readonly string[] {
  return [
    `All launches are groups on one communicator of ${report.sms === 0 ? "copy engines" : counted(report.sms, "SM")}, in one order on every rank: hops of one launch move side by side, launches one after the other.`,
    ...copyWords(report),
    ...sumWords(report),
    ...capacityWords(report),
    "Transfers carry actual rows: the plan is right for any traffic, and fast for this one. Counts are taken to be known at both ends before the first launch.",
    "Times are predictions of the link model, not measurements.",
  ];
}

function copyWords({
  copies,
  copies_known: areKnown,
  nodes,
  direction,
  partial_sums: areAdded,
}: ExchangeReport): readonly string[] {
  if (nodes === 1) return [];
  if (!areKnown)
    return [
      "Nothing says which rows are of one token, so every row crosses nodes by itself: node_bytes in the traffic, or a routing trace, would let a token cross once for all of its destinations on a node.",
    ];
  if (!copies)
    return [
      "A token crosses nodes once for each of its destinations: this is faster here than once for each node.",
    ];
  if (direction === "dispatch")
    return ["A token crosses nodes once for all of its destinations on a node, and is taken apart there."];
  return areAdded
    ? []
    : ["What comes back for a token crosses nodes row by row: --partial-sums would let it be added before."];
}

const sumWords = ({ partial_sums: areAdded, copies }: ExchangeReport): readonly string[] =>
  areAdded && copies
    ? [
        "What the GPUs of a node give back for one token is added there before it crosses, in the precision of a row.",
      ]
    : [];

const capacityWords = ({ capacity_rows: rows }: ExchangeReport): readonly string[] =>
  rows === undefined
    ? []
    : [
        `A rank may receive ${counted(rows, "row")}, or hold as many for others; with more the exchange stops with an error.`,
      ];

/** How far the chosen schedule is from the bound, and what the bound is. */
export function boundWords({ time_us: us, bound_us: boundUs, bound_of: of }: ExchangeReport): string {
  if (boundUs === 0) return "There is nothing to move between GPUs.";
  return `${percent(us - boundUs, boundUs)} over the bound of ${time(boundUs)}: ${of}`;
}
