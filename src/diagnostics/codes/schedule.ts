// Codes of the passes: choices that a schedule pins and the model or the cluster does not allow.
import { defineCodes } from "../define.js";
import { message } from "../param-message.js";

export const scheduleCodes = defineCodes({
  "no-schedule": {
    severity: "error",
    message: message`${"file"} declares no schedule, so there is nothing to compile.`,
    hint: message`Add "schedule NAME of MODEL on CLUSTER(...) { ... }". "weft check" takes files without one.`,
    label: message`no schedule`,
  },
  "missing-setting": {
    severity: "error",
    message: message`The schedule "${"schedule"}" does not set "${"name"}".`,
    hint: message`Add a line such as: ${"example"}`,
    label: message`"${"name"}" is missing`,
  },
  "not-in-mode": {
    severity: "error",
    message: message`"${"name"}" has no meaning in mode "${"mode"}": ${"reason"}.`,
    hint: message`${"advice"}`,
    label: message`not in ${"mode"}`,
  },
  "larger-than-cluster": {
    severity: "error",
    message: message`The schedule needs ${"needed"} GPUs, but cluster "${"cluster"}" has ${"available"}.`,
    hint: message`${"advice"}`,
    label: message`${"needed"} GPUs`,
  },
  "too-many-ranks": {
    severity: "error",
    message: message`The schedule runs on ${"world"} GPUs, and Weft plans for ${"most"} at most.`,
    hint: message`Give the cluster fewer nodes, or the schedule a smaller dp: data-parallel replicas of an expert-parallel group do the same, so a plan for some of them tells all.`,
    label: message`${"world"} GPUs`,
  },
  "does-not-divide": {
    severity: "error",
    message: message`${"what"} is ${"value"}, which does not divide ${"whole"}.`,
    hint: message`${"reason"} The nearest legal ${"choice"}.`,
    label: message`${"remainder"}`,
  },
  "too-few-experts": {
    severity: "error",
    message: message`ep is ${"ep"}, but gate "${"gate"}" has only ${"experts"} experts: some GPUs would hold none.`,
    hint: message`${"advice"}`,
    label: message`more GPUs than experts`,
  },
  "slots-out-of-range": {
    severity: "error",
    message: message`${"what"} gives gate "${"gate"}" ${"slots"} slots for ${"experts"} experts on ${"ep"}: ${"reason"}.`,
    hint: message`The nearest legal value is ${"nearest"}.`,
    label: message`${"slots"} slots`,
  },
  "placement-not-possible": {
    severity: "error",
    message: message`The experts of gate "${"gate"}" cannot be placed so: ${"reason"}.`,
    hint: message`${"hint"}`,
    label: message`not possible`,
  },
  "malformed-constraints": {
    severity: "error",
    message: message`${"path"} does not hold placement constraints: ${"place"}: ${"reason"}.`,
    hint: message`${"hint"}`,
    label: message`no constraints`,
  },
  "exchange-not-allowed": {
    severity: "error",
    message: message`The exchange cannot be ${"choice"}: ${"reason"}.`,
    hint: message`${"advice"}`,
    label: message`not possible here`,
  },
  "precision-not-allowed": {
    severity: "error",
    message: message`${"class"} cannot be ${"dtype"}: ${"reason"}.`,
    hint: message`${"suggestion"}`,
    label: message`not allowed for ${"class"}`,
  },
  "measured-loads": {
    severity: "error",
    message: message`${"path"} does not hold measured loads: ${"reason"}.`,
    hint: message`Write a JSON matrix tokens[layer][expert] of non-negative numbers, one row for each MoE layer (fewer rows repeat from the start), or name a trace or dump that "weft place" reads.`,
    label: message`not measured loads`,
  },
  "malformed-profile": {
    severity: "error",
    message: message`${"path"} does not hold measured times: ${"reason"}.`,
    hint: message`${"advice"}`,
    label: message`no profile`,
  },
  "unknown-measured-operator": {
    severity: "warning",
    message: message`${"path"} measures "${"name"}", which is no operator of Weft or of the model.`,
    hint: message`${"suggestion"}`,
    label: message`measures an unknown operator`,
  },
  "profile-of-other-machine": {
    severity: "warning",
    message: message`${"path"} was measured on ${"measured"}, and the schedule runs on ${"cluster"}.`,
    hint: message`The times count as if they had been measured on ${"cluster"}. Measure there, or leave the profile out.`,
    label: message`measured elsewhere`,
  },
  "wrong-requirement": {
    severity: "error",
    message: message`A schedule cannot require this: ${"reason"}.`,
    hint: message`${"advice"}`,
    label: message`${"reason"}`,
  },
});
