// What the gate chooses for a token: as asked for, else as the input shows, else as the model has it.
import type { GateShape } from "../place/index.js";
import type { ExpertSite } from "./expert-cost.js";
import type { Matrix, PlaceExpertsOptions } from "./options.js";

export interface ChosenGate {
  readonly gate: GateShape;
  /** What was taken otherwise than asked for. */
  readonly notes: readonly string[];
}

type Asked = Pick<PlaceExpertsOptions, "topK" | "groups" | "topGroups" | "model">;

/** `seenTopK`: experts of a token, where the input tells. A sentence where what is asked for contradicts itself. */
export function gateOf(
  asked: Asked,
  site: ExpertSite,
  windows: readonly Matrix[],
  seenTopK: number | undefined,
): ChosenGate | { readonly problem: string; readonly advice: string } {
  const experts = windows[0]?.[0]?.length ?? 0;
  const groups = asked.groups ?? (asked.model === undefined ? 1 : site.groups);
  const topGroups = asked.topGroups ?? (groups === site.groups ? site.topGroups : groups);
  if (groups > experts)
    return {
      problem: `--groups ${String(groups)} divides ${String(experts)} experts`,
      advice: `State at most ${String(experts)} groups.`,
    };
  if (topGroups > groups)
    return {
      problem: `a token has experts of ${String(topGroups)} groups, and there are ${String(groups)}`,
      advice: `Write --top-groups ${String(groups)}, or fewer.`,
    };
  const reachable = Math.min(experts, topGroups * Math.ceil(experts / groups));
  if (asked.topK !== undefined && asked.topK > reachable)
    return {
      problem: `--top-k ${String(asked.topK)} is more than the ${String(reachable)} experts that a token can reach`,
      advice: `Write --top-k ${String(reachable)}, or less.`,
    };
  const wanted = Math.min(reachable, asked.topK ?? seenTopK ?? site.topK);
  const { most, layer, expert } = mostTopK(windows);
  const topK = Math.max(1, Math.min(wanted, most));
  const notes =
    topK === wanted
      ? []
      : [
          `Expert ${String(expert)} of layer ${String(layer)} has more than 1/${String(wanted)} of its layer's load, so tokens cannot each have ${String(wanted)} different experts: taken as ${String(topK)}.`,
        ];
  return { gate: { topK, groups, topGroups }, notes };
}

/** The most different experts that every token can have, and the expert whose load limits it. */
function mostTopK(windows: readonly Matrix[]): {
  readonly most: number;
  readonly layer: number;
  readonly expert: number;
} {
  let found = { most: Infinity, layer: 0, expert: 0 };
  for (const window of windows)
    window.forEach((row, layer) => {
      const greatest = row.reduce((best, load) => Math.max(best, load), 0);
      if (greatest === 0) return;
      // Loads that are rounded may exceed the share by a little.
      const most = Math.floor(row.reduce((sum, load) => sum + load / greatest, 0) * (1 + 1e-9));
      if (most < found.most) found = { most, layer, expert: row.indexOf(greatest) };
    });
  return found;
}
