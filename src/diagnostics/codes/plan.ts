// Codes of reading a plan file: truncated, foreign or damaged plans.
import { defineCodes } from "../define.js";

export const planCodes = defineCodes({});
