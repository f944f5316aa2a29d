// Codes of placement alone: what `weft place` is given, and what it is asked for.
import { defineCodes } from "../define.js";
import { message } from "../param-message.js";

export const placementCodes = defineCodes({
  "malformed-placement-input": {
    severity: "error",
    message: message`${"path"}, ${"place"}: ${"reason"}.`,
    hint: message`${"advice"}`,
  },
  "impossible-placement": {
    severity: "error",
    message: message`No placement keeps what is asked for. ${"place"}: ${"reason"}.`,
    hint: message`${"advice"}`,
  },
  "constraints-not-kept": {
    severity: "error",
    message: message`After the moves ${"what"}: ${"reason"}.`,
    hint: message`${"advice"}`,
  },
  "not-emittable-placement": {
    severity: "error",
    message: message`The placement cannot be emitted for ${"system"}: ${"reason"}.`,
    hint: message`${"advice"}`,
  },
  "too-large-for-exact": {
    severity: "error",
    message: message`--exact places layers of up to ${"most"} pairs of an expert and a GPU, and these have ${"pairs"}.`,
    hint: message`Leave it out: the search says how far it is from a lower bound at any size, and --budget lets it take longer.`,
  },
  "not-one-declaration": {
    severity: "error",
    message: message`${"file"} should declare or import one ${"what"}, and there are: ${"found"}.`,
    hint: message`Name a file with one ${"what"}, or one of the library, such as weft:models/deepseek-v3 or weft:clusters/h800.`,
  },
  "no-such-experts": {
    severity: "error",
    message: message`The model "${"model"}" does not say what these experts cost: ${"reason"}.`,
    hint: message`${"advice"}`,
  },
});
