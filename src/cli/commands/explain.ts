// weft explain: what a diagnostic means.
import { explainCode } from "../../index.js";
import { exitCodes, type Outcome } from "../outcome.js";
import { usageError } from "../usage.js";

export async function explainCommand(code: string): Promise<Outcome> {
  const found = await explainCode(code);
  if ("page" in found)
    return {
      exit: exitCodes.yes,
      diagnostics: [],
      omitted: 0,
      sources: [],
      fields: { code, page: found.page },
      result: found.page,
    };
  throw usageError("unknown-code", code, { code, suggestion: found.suggestion });
}
