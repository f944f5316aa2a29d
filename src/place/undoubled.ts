// A layer as EPLB would place it if a GPU held no expert twice: its choice between groups on nodes and all experts everywhere, its
// numbers of replicas and its packing.
import { nodeCount, type PlacedLayer, type PlaceProblem } from "./problem.js";
import { rulePolicy, ruledLayer } from "./rule.js";
import { pack, pieceLoads, piecesOf, replicaCounts } from "./search/pack.js";
import { ClusterTerms } from "./search/terms.js";
import { sharesOf } from "./shares.js";

/** Whether EPLB's rule gives a placement that keeps what is asked for. It heeds no pins, and wants GPUs alike. */
export function suitsRule(problem: PlaceProblem): boolean {
  const { gpus, gate, groupRule, pins, loads } = problem;
  const used = gpus.slots.filter((own) => own > 0);
  const most = Math.max(...used);
  if (pins.length > 0 || most - Math.min(...used) > 1) return false;
  const policy = rulePolicy(problem);
  if (groupRule === "hard" && gate.groups > 1 && policy === "spread") return false;
  return policy === "spread" || most <= (loads[0]?.length ?? 0) / nodeCount(gpus);
}

/** The problem must suit the rule. */
export function undoubledLayer(problem: PlaceProblem, layer: number): PlacedLayer {
  const cluster = new ClusterTerms({ ...problem, pins: [] });
  const shares = sharesOf(problem.loads[layer]!);
  const { policy, placed } = ruledLayer(problem, layer);
  const expertOf = new Int32Array(cluster.slots);
  for (const gpus of policy === "spread" ? [cluster.gpusOf.flat()] : cluster.gpusOf) {
    const slots = gpus.flatMap((gpu) =>
      Array.from(
        { length: cluster.begins[gpu + 1]! - cluster.begins[gpu]! },
        (_, own) => cluster.begins[gpu]! + own,
      ),
    );
    const experts = [...new Set(slots.map((slot) => placed.expertOfSlot[slot]!))].sort((a, b) => a - b);
    const none = new Int32Array(cluster.experts);
    const counts = replicaCounts(shares, experts, slots.length, gpus.length, none);
    pack(piecesOf(pieceLoads(shares, counts), counts, experts), gpus, cluster, expertOf);
  }
  return { expertOfSlot: Array.from(expertOf), turns: cluster.evenTurns };
}
