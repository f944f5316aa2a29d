// What the reports of a placement say in words: for the terminal and for the page alike.
import { counted, grouped, percent, significant, size, time } from "../units.js";
import { mean } from "./figures.js";
import type { PlacementReport } from "./report.js";
import { unmendedIn } from "./unmended.js";

/** What was placed on what. */
export function titleOf(report: PlacementReport): string {
  const { layers, experts, gpus, nodes, slots, top_k: topK, groups, top_groups: topGroups } = report;
  const [least, most] = [Math.min(...report.slots_per_gpu), Math.max(...report.slots_per_gpu)];
  const own = least === most ? `${grouped(most)} a GPU` : `${grouped(least)} to ${grouped(most)} a GPU`;
  const gate =
    groups === 1
      ? `${grouped(topK)} of ${grouped(experts)} experts a token`
      : `${grouped(topK)} of ${grouped(experts)} experts a token, out of ${grouped(topGroups)} of ${grouped(groups)} groups`;
  return `${counted(layers, "layer")}, ${gate}, on ${counted(gpus, "GPU")} in ${counted(nodes, "node")} with ${grouped(slots)} slots (${own})`;
}

/** Whose prices, and how to have others. */
export function pricedWith({ priced_with: priced }: PlacementReport): string {
  const { weights, dispatch, combine } = priced.precision;
  const tokens = `${grouped(priced.tokens_per_gpu)} tokens a GPU`;
  return priced.assumed
    ? `Priced with DeepSeek-V3's shapes on H800, ${tokens}: name a --model and a --cluster for yours`
    : `Priced with ${priced.model} on ${priced.cluster}, ${tokens}, weights in ${weights}, dispatch in ${dispatch}, combine in ${combine}`;
}

/** Sentences on the whole placement, the notes first. */
export function remarks(report: PlacementReport): readonly string[] {
  const { layers, start_was_best: best } = report;
  return [
    ...report.notes,
    ...emptyWords(report),
    ...groupWords(report),
    ...exactWords(report),
    ...(report.rebalance === undefined && report.exact === undefined
      ? [
          `A placement packed by simple rules, from which the search starts, was already best in ${grouped(best.filter((each) => each).length)} of ${counted(layers, "layer")}.`,
        ]
      : []),
    ...moveWords(report),
    ...speedWords(report),
    ...memoryWords(report),
    ...windowWords(report),
    ...unevenWords(report),
    ...coactivationWords(report),
  ];
}

/** Where groups were to be kept and are not, `moveWords` says so. */
function groupWords(report: PlacementReport): readonly string[] {
  const { groups, group_rule: rule, groups_on_nodes: areKept } = report;
  if (groups === 1) return [];
  if (rule === "priced") return ["Groups go wherever the layer takes least time."];
  return areKept ? ["Groups are kept on nodes."] : [];
}

function emptyWords({ max_load: loads }: PlacementReport): readonly string[] {
  const empty = loads.filter((load) => load === 0).length;
  return empty === 0
    ? []
    : [`${counted(empty, "layer")} without any token: experts there are taken as equally loaded.`];
}

function exactWords({ exact, layers }: PlacementReport): readonly string[] {
  if (exact === undefined) return [];
  const proved = exact.proved.filter((each) => each).length;
  const gap = Math.max(...exact.gap);
  return [
    `HiGHS ended its search for the least greatest load in ${grouped(proved)} of ${counted(layers, "layer")}; nothing is proved of times. No placement has a greatest load that is lower by more than ${percent(gap, 1)} in any layer.`,
  ];
}

function moveWords({ rebalance }: PlacementReport): readonly string[] {
  if (rebalance === undefined) return [];
  const { moves, before_us: before, resplit_us: resplit, after_us: after, fresh_us: fresh } = rebalance;
  const freshMoves = rebalance.layers.reduce((sum, each) => sum + each.fresh_moves, 0);
  const unmended = unmendedIn(rebalance);
  const gain = moves.length === 0 ? 0 : (resplit - after) / moves.length;
  const spare = rebalance.layers_without_spare.length;
  return [
    `All layers take ${time(before)} as experts are, ${time(resplit)} with their tokens divided better, ${time(after)} after ${counted(moves.length, "move")}, and ${time(fresh)} if placed from nothing, which takes ${counted(freshMoves, "move")} at least.`,
    ...(moves.length === 0
      ? []
      : [
          `Moves copy ${size(rebalance.moved_bytes)} of weights, in ${time(rebalance.moving_us)} if all at once. ${gainWords(gain, rebalance.forced_moves)}`,
        ]),
    ...(unmended === undefined ? [] : [`${capital(unmended.what)}: ${unmended.reason}.`]),
    ...(spare === 0
      ? []
      : [
          `In ${counted(spare, "layer")} every expert has one replica, so nothing can move without a slot more.`,
        ]),
  ];
}

/** What a move gains in the mean beyond a better division of tokens; moves that constraints need may cost more than all others gain. */
function gainWords(gainUs: number, forced: number): string {
  const each = "in the mean, every time the model runs";
  if (gainUs >= 0)
    return `Beyond a better division of tokens each gains ${time(gainUs)} ${each}; moves that gain only together share that evenly.`;
  return `Pins or groups need ${counted(forced, "move")} of them: beside what a better division of tokens alone would gain, each move costs ${time(-gainUs)} ${each}.`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function speedWords({ speeds }: PlacementReport): readonly string[] {
  const slower = speeds.filter((speed) => speed !== 1).length;
  if (slower === 0) return [];
  return [
    `${slower === 1 ? "One GPU is" : `${grouped(slower)} GPUs are`} slower: loads are compared over the speed of their GPU, in balancedness, greatest load and lower bound.`,
  ];
}

function memoryWords({ slots, experts, replica_bytes_per_gpu: bytes }: PlacementReport): readonly string[] {
  if (slots === experts) return ["There are no replicas: every expert has one slot."];
  return [
    `${slots - experts === 1 ? "One replica a layer takes" : `${grouped(slots - experts)} replicas a layer take`} ${size(bytes)} of a GPU's memory, over all layers and in the mean of GPUs.`,
  ];
}

function windowWords({ windows }: PlacementReport): readonly string[] {
  if (windows === undefined) return [];
  const placed = windowChoice(windows.placed_for);
  const worst = Math.min(...windows.worst_balancedness);
  const layer = windows.worst_balancedness.indexOf(worst);
  const slowest = Math.max(...windows.worst_time_us);
  const slow = windows.worst_time_us.indexOf(slowest);
  return [
    `Placed for ${placed} of ${counted(windows.count, "window")}; in its worst window a layer's balancedness, as split, is ${significant(mean(windows.worst_balancedness))} in the mean of layers, and ${significant(worst)} in layer ${String(layer)}, window ${String(windows.worst_window[layer])}. The slowest is layer ${String(slow)} in window ${String(windows.slowest_window[slow])}, with ${time(slowest)}.`,
  ];
}

function windowChoice(choice: "mean" | "worst" | number): string {
  switch (choice) {
    case "mean":
      return "the mean";
    case "worst":
      return "the worst window";
    default:
      return `window ${String(choice)}`;
  }
}

/** As served, a placement from nothing has GPUs as even as the rule's, but where it knows more than the loads, or must keep what it is asked to. */
function unevenWords({
  rebalance,
  split_balancedness: balancedness,
  rule,
  layers,
}: PlacementReport): readonly string[] {
  const less = balancedness.filter((each, layer) => each < rule.balancedness[layer]! * (1 - 1e-9)).length;
  if (less === 0 || rebalance !== undefined) return [];
  return [
    `In ${grouped(less)} of ${counted(layers, "layer")} GPUs are less even, by the shares that are served, than by the rule, which knows the loads alone and keeps to no constraint.`,
  ];
}

function coactivationWords({ coactivation, slow_bytes: bytes }: PlacementReport): readonly string[] {
  if (coactivation === undefined) return [];
  const without = coactivation.slow_bytes_without.reduce((sum, each) => sum + each, 0);
  const used = bytes.reduce((sum, each) => sum + each, 0);
  return [
    `Knowing which experts are chosen together saves ${percent(without - used, without)} of the bytes that cross nodes: ${size(without)} without, ${size(used)} with it.`,
  ];
}
