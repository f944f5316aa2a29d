// All families, in the order of the report.
import type { Family } from "../family.js";
import { gemm } from "./gemm.js";

export const families: readonly Family[] = [gemm];
