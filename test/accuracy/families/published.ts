// Figures that others published of their own kernels.
import type { Family } from "../family.js";
import { publishedDeepEpCases, type PublishedDeepEp } from "./published-deepep.js";

export const published: Family = {
  name: "published",
  file: "published.json",
  knobs: [],
  listed: true,
  remarks: [
    "low latency on 8 GPUs is another path than on more: all rows stay on NVLink, of which the H800 has 200 GB/s where the machines of the tables have 450 and 900; what DeepEP reaches of that is fitted to its own rows of 8 and 16 GPUs",
    "bandwidths are logical: a token counts once for each of its nodes, its own included (on one node: for each of its GPUs); predictions are of the physical bytes",
  ],
  cases: ({ json }) => (hasDeepEp(json) ? publishedDeepEpCases(json) : []),
};

const PARTS = ["deepep_published_h800", "deepep_v2", "hybrid_ep_h100"];

const hasDeepEp = (json: unknown): json is PublishedDeepEp =>
  typeof json === "object" && json !== null && PARTS.every((part) => part in json);
