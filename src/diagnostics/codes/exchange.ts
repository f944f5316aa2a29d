// Codes of an exchange alone: what `weft exchange` is given, and what it is asked for.
import { defineCodes } from "../define.js";
import { message } from "../param-message.js";

export const exchangeCodes = defineCodes({
  "malformed-traffic": {
    severity: "error",
    message: message`${"path"}, ${"place"}: ${"reason"}.`,
    hint: message`${"advice"}`,
  },
  "traffic-not-of-cluster": {
    severity: "error",
    message: message`The traffic of ${"ranks"} GPUs does not fit cluster "${"cluster"}": ${"reason"}.`,
    hint: message`${"advice"}`,
  },
  "unknown-algorithm": {
    severity: "error",
    message: message`No exchange algorithm is called "${"name"}".`,
    hint: message`${"suggestion"}`,
    label: message`unknown`,
  },
  "algorithm-not-applicable": {
    severity: "error",
    message: message`The algorithm "${"name"}" cannot schedule this exchange: ${"reason"}.`,
    hint: message`Leave out --algorithm: then the fastest of those that can is taken.`,
  },
  "bound-below-traffic": {
    severity: "error",
    message: message`A rank may receive ${"capacity"} rows, and GPU ${"gpu"} is to receive ${"most"}.`,
    hint: message`${"advice"}`,
  },
  "not-emittable-exchange": {
    severity: "error",
    message: message`The exchange cannot be written as ${"target"}: it exceeds the limit "${"limit"}", ${"reason"}.`,
    hint: message`${"advice"}`,
  },
});
