// Codes of plans: what reading a plan file refuses, and what the passes find that no plan can satisfy.
import { defineCodes } from "../define.js";
import { message } from "../param-message.js";

export const planCodes = defineCodes({
  "plan-not-json": {
    severity: "error",
    message: message`${"path"} is not a complete JSON text: ${"problem"}.`,
    hint: message`A plan is what "weft compile FILE -o DIR" writes to DIR/plan.json. If a copy was cut short, copy it or make it again.`,
    label: message`not JSON from here`,
  },
  "plan-foreign": {
    severity: "error",
    message: message`${"path"} is not a plan that this Weft reads: its format is ${"found"}, not ${"formats"}.`,
    hint: message`Make it again with this version of Weft: "weft compile" writes launch plans, "weft exchange" exchange plans.`,
    label: message`another format`,
  },
  "plan-malformed": {
    severity: "error",
    message: message`${"path"} departs from the plan's schema at ${"pointer"}: ${"problem"}.`,
    hint: message`Nothing was executed or proved. The schema is ${"schema"}; make the plan again, or mend the program that wrote it.`,
    label: message`malformed plan`,
  },
  "plan-inconsistent": {
    severity: "error",
    message: message`${"path"} cannot be unfolded: ${"problem"}.`,
    hint: message`Run "weft verify" on it for the whole story, and compile the plan again.`,
    label: message`inconsistent plan`,
  },
  "plan-refuted": {
    severity: "error",
    message: message`${"path"} fails its proof of ${"property"}: ${"problem"}.`,
    hint: message`What a wrong plan costs means nothing. Run "weft verify" on it for the whole story.`,
    label: message`refuted plan`,
  },
  "does-not-fit-memory": {
    severity: "error",
    message: message`The schedule ${"schedule"} needs ${"needed"} on each GPU, and a GPU has ${"available"}: ${"largest"}.`,
    hint: message`${"remedy"}`,
    label: message`needs ${"needed"}`,
  },
  "requirement-not-met": {
    severity: "error",
    message: message`The schedule ${"schedule"} does not meet "require ${"requirement"}": the best plan has ${"actual"}.`,
    hint: message`${"remedy"}`,
    label: message`${"actual"}`,
  },
  "worst-case-does-not-fit": {
    severity: "error",
    message: message`Without a bound every token of the expert-parallel group may go to one rank: that is ${"rows"} rows, and the plan then needs ${"needed"} of ${"available"}.`,
    hint: message`Declare a bound, at most ${"largest_bound"}: exchange = auto(tokens: dropless(bound: ${"largest_bound"}, overflow: abort)).`,
    label: message`needs a bound`,
  },
  "bound-below-expected": {
    severity: "warning",
    message: message`At the declared routing rank ${"rank"} is expected to ${"does"} ${"rows"} rows in layer ${"layer"}, ${"times"} times the mean, and the bound is ${"bound"}: ${"consequence"}.`,
    hint: message`Declare a bound of at least ${"times"}, or spread the load with replicas: placement = auto(redundant: ...).`,
    label: message`below what is expected`,
  },
});
