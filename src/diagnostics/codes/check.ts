// Codes of check: names, units, shapes and imports.
import { defineCodes } from "../define.js";

export const checkCodes = defineCodes({});
