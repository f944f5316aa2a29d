// Codes of the passes: choices that a schedule pins and the model or the cluster does not allow.
import { defineCodes } from "../define.js";

export const scheduleCodes = defineCodes({});
