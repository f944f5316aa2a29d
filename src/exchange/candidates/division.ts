// The best division of an exchange over relays into so many waves, as a linear program: shares of the waves, and when what stays in
// a node moves, so that launches, each as long as its busiest port, take least in sum.
//
//   minimise   sum over launches l of t[l]
//   where      t[l] >= sum over hops h of move[h,p] w[l-h] + within[p] v[l] + holds     for every port p
//              sum of w = 1, sum of v = 1
import type { ModelData } from "highs";
import { solveLinear } from "../../linear/linear.js";
import { Rows } from "../../linear/rows.js";
import { busiestPorts, type Cut, type WaveCosts } from "./shares.js";

export interface Division {
  /** [wave] shares, 1 in sum. */
  readonly waves: readonly number[];
  /** [launch] shares of what stays in a node, 1 in sum. */
  readonly within: readonly number[];
  /** Microseconds that it is expected to take. */
  readonly us: number;
}

/** Shares below this are rounding, and would be launches of nothing. */
const LEAST_SHARE = 1e-4;

export function bestDivision(costs: WaveCosts, cut: Cut, waves: number): Division | undefined {
  const { movesUs, holdsUs, withinUs, launchUs } = busiestPorts(costs);
  const hops = movesUs.length;
  const launches = waves + hops - 1;
  const ports = withinUs.length;
  // Columns: the waves, what stays by launch, the launches' times.
  const within = waves;
  const time = waves + launches;
  const count = time + launches;
  const rows = new Rows();
  rows.equal(
    1,
    Array.from({ length: waves }, (_, wave) => [wave, 1]),
  );
  rows.equal(
    1,
    Array.from({ length: launches }, (_, launch) => [within + launch, 1]),
  );
  for (let launch = 0; launch < launches; launch++)
    for (let port = 0; port < ports; port++) {
      const terms: [number, number][] = [[time + launch, -1]];
      let held = 0;
      for (let hop = 0; hop < hops; hop++) {
        const wave = launch - hop;
        if (wave < 0 || wave >= waves) continue;
        const hold = holdsUs[hop]![port]!;
        if (cut === "every message") held += hold;
        terms.push([wave, movesUs[hop]![port]! + (cut === "every message" ? 0 : hold)]);
      }
      terms.push([within + launch, withinUs[port]!]);
      rows.atMost(-held, terms);
    }
  const data: ModelData = {
    numCols: count,
    colCost: Float64Array.from({ length: count }, (_, column) => (column >= time ? 1 : 0)),
    colLower: new Float64Array(count),
    colUpper: new Float64Array(count).fill(Infinity),
    ...rows.data(count),
  };
  const values = solveLinear(data);
  if (values === undefined) return undefined;
  const us = values.subarray(time).reduce((sum, each) => sum + each, launches * launchUs);
  return { waves: cleaned(values.subarray(0, within)), within: cleaned(values.subarray(within, time)), us };
}

/** Without rounding: shares that are next to nothing are nothing. */
function cleaned(shares: Float64Array): number[] {
  const kept = Array.from(shares, (share) => (share < LEAST_SHARE ? 0 : share));
  const sum = kept.reduce((total, each) => total + each, 0);
  return kept.map((each) => each / sum);
}
