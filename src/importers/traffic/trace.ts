// Routing traces as traffic: tokens with their ranks or their experts in one document, or records of Megatron-Core's router trace,
// in which experts are on the ranks in order, as many on each.
import { shown, Unreadable, within } from "../loads/fault.js";
import { parseJson } from "../loads/json.js";
import { wholeAt } from "../loads/numbers.js";
import { isObject, keysOf, type JsonRecord } from "../loads/record.js";
import { tokensAt } from "../loads/topk.js";
import { checkRanks } from "./counts.js";
import { Faulty } from "./fault.js";
import { rowsOfTokens, TokenList } from "./tokens.js";
import { MOST_RANKS, type RoutedTokens, type Traffic } from "./traffic.js";
import type { JsonPath } from "./where-in-json.js";

const TOKENS_HINT =
  "Write a list for each source GPU, with a list of destination GPUs for each token: [[[0, 3], [2]], [[1]]].";
const MOST_EXPERTS = 2 ** 16;

export const trafficOfTokens = (tokens: RoutedTokens): Traffic => ({
  ranks: tokens.ranks,
  cells: rowsOfTokens(tokens),
  unit: "rows",
  shared: { kind: "tokens", tokens },
});

/** `{"tokens": [source][token][rank]}`, or `{"experts": [source][token][expert], "expert_rank"?: [expert]}`. */
export function readTokens(data: JsonRecord): Traffic {
  const key = data["tokens"] === undefined ? "experts" : "tokens";
  const sources = listAt(data[key], [key], key);
  const ranks = sources.length;
  checkRanks(ranks);
  const rankOf = key === "tokens" ? undefined : ranksOfExperts(data, ranks);
  const most = rankOf?.length ?? ranks;
  const list = new TokenList(ranks);
  sources.forEach((each, source) => {
    listAt(each, [key, source], `${key} of GPU ${String(source)}`, 0).forEach((token, at) => {
      const path = [key, source, at];
      const place = `${key} of GPU ${String(source)}, token ${String(at)}`;
      const chosen = listAt(token, path, place, 0).map((one, index) => {
        if (typeof one === "number" && Number.isInteger(one) && one >= 0 && one < most) return one;
        const what = key === "tokens" ? "GPUs" : "experts";
        throw new Faulty(
          place,
          `it goes to ${shown(one)}, and ${what} are 0 to ${String(most - 1)}`,
          key === "tokens" ? TOKENS_HINT : EXPERTS_HINT,
          [...path, index],
        );
      });
      list.add(source, rankOf === undefined ? chosen : chosen.map((expert) => rankOf[expert]!));
    });
  });
  return trafficOfTokens(list.finish(1));
}

const EXPERTS_HINT =
  'Name the rank of each expert in "expert_rank", or how many experts there are in "num_experts": then they are on the ranks in order.';

/** [expert] its rank. */
function ranksOfExperts(data: JsonRecord, ranks: number): readonly number[] {
  const stated = data["expert_rank"];
  if (stated !== undefined)
    return listAt(stated, ["expert_rank"], "expert_rank").map((rank, expert) => {
      if (typeof rank === "number" && Number.isInteger(rank) && rank >= 0 && rank < ranks) return rank;
      throw new Faulty(
        `expert_rank, expert ${String(expert)}`,
        `it is on ${shown(rank)}, and GPUs are 0 to ${String(ranks - 1)}`,
        EXPERTS_HINT,
        ["expert_rank", expert],
      );
    });
  const experts = data["num_experts"];
  if (typeof experts === "number" && Number.isInteger(experts) && experts > 0 && experts <= MOST_EXPERTS)
    return inOrder(experts, ranks);
  throw new Faulty(
    "num_experts",
    `it is ${shown(experts)}, and nothing says which ranks the experts are on`,
    EXPERTS_HINT,
    experts === undefined ? [] : ["num_experts"],
  );
}

/** Experts on ranks in order, as many on each but perhaps the last. */
function inOrder(experts: number, ranks: number): readonly number[] {
  const each = Math.ceil(experts / ranks);
  return Array.from({ length: experts }, (_, expert) => Math.floor(expert / each));
}

function listAt(value: unknown, path: JsonPath, place: string, least = 1): readonly unknown[] {
  if (Array.isArray(value) && value.length >= least) return value as readonly unknown[];
  throw new Faulty(place, `it is ${shown(value)}, not a list`, TOKENS_HINT, path);
}

const LINE_HINT =
  'A line of a trace is {"step": 0, "layer": 3, "rank": 0, "top_indices": [[12, 45], [3, 7]]}, with a "rank" for each GPU that routes.';
const CHOICES = ["top_indices", "topk_indices", "topk_ids", "indices", "experts"];

/** Whether an object may be a line of a router trace. */
export const isRouterRecord = (record: JsonRecord): boolean =>
  record["rank"] !== undefined && CHOICES.some((key) => record[key] !== undefined);

/** Records of a router trace, a line each. Several layers and steps are as many exchanges: the traffic is their mean. */
export function readRouterTrace(text: string): Traffic {
  const chosen: { readonly rank: number; readonly tokens: readonly (readonly number[])[] }[] = [];
  const exchanges = new Set<string>();
  let [ranks, experts] = [0, 0];
  text.split("\n").forEach((line, at) => {
    if (!/\S/.test(line)) return;
    const place = `line ${String(at + 1)}`;
    const record = parseJson(line, place);
    if (!isObject(record)) throw new Unreadable(place, `it is ${shown(record)}, not an object`, LINE_HINT);
    const key = CHOICES.find((each) => record[each] !== undefined);
    if (key === undefined) throw new Unreadable(place, `it has no choices${keysOf(record)}`, LINE_HINT);
    const rank = wholeAt(record["rank"], within(place, "rank"), 0, MOST_RANKS - 1, LINE_HINT);
    const known = record["num_experts"];
    const most =
      known === undefined
        ? MOST_EXPERTS
        : wholeAt(known, within(place, "num_experts"), 1, MOST_EXPERTS, LINE_HINT);
    const tokens = tokensAt(record[key], place, most);
    for (const token of tokens) for (const expert of token) experts = Math.max(experts, expert + 1);
    if (known !== undefined) experts = Math.max(experts, most);
    ranks = Math.max(ranks, rank + 1);
    exchanges.add(
      JSON.stringify([
        record["step"],
        record["iteration"],
        record["block"],
        record["mtp_idx"],
        record["layer"],
      ]),
    );
    chosen.push({ rank, tokens });
  });
  if (chosen.length === 0) throw new Faulty("the file", "no line of it holds choices", LINE_HINT);
  const list = new TokenList(ranks);
  const rankOf = inOrder(experts, ranks);
  for (const { rank, tokens } of chosen)
    for (const token of tokens)
      list.add(
        rank,
        token.map((expert) => rankOf[expert]!),
      );
  return trafficOfTokens(list.finish(exchanges.size));
}
