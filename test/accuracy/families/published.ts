// Figures that others published of their own kernels.
import type { Family } from "../family.js";
import { publishedDeepEpCases, type PublishedDeepEp } from "./published-deepep.js";

export const published: Family = {
  name: "published",
  file: "published.json",
  knobs: [],
  listed: true,
  cases: ({ json }) => (hasDeepEp(json) ? publishedDeepEpCases(json) : []),
};

const PARTS = ["deepep_published_h800", "deepep_v2", "hybrid_ep_h100"];

const hasDeepEp = (json: unknown): json is PublishedDeepEp =>
  typeof json === "object" && json !== null && PARTS.every((part) => part in json);
