// Codes of commands: what the command line asks and cannot have, and where a result cannot go.
import { defineCodes } from "../define.js";
import { message } from "../param-message.js";

export const commandCodes = defineCodes({
  "wrong-arguments": {
    severity: "error",
    message: message`The command line is not understood: ${"problem"}.`,
    hint: message`${"advice"}`,
  },
  "schedule-not-chosen": {
    severity: "error",
    message: message`${"file"} declares several schedules: ${"names"}.`,
    hint: message`Choose one of them, such as --schedule ${"example"}.`,
  },
  "unknown-schedule": {
    severity: "error",
    message: message`${"file"} declares no schedule "${"name"}".`,
    hint: message`${"suggestion"}`,
    label: message`unknown`,
  },
  "unknown-target": {
    severity: "error",
    message: message`Weft cannot emit "${"target"}".`,
    hint: message`${"suggestion"}`,
    label: message`unknown`,
  },
  "unknown-code": {
    severity: "error",
    message: message`No diagnostic has the code "${"code"}".`,
    hint: message`${"suggestion"}`,
    label: message`unknown`,
  },
  "malformed-limit": {
    severity: "error",
    message: message`The limit "${"text"}" is not understood: ${"problem"}.`,
    hint: message`${"advice"}`,
  },
  "unknown-limit": {
    severity: "error",
    message: message`Nothing that is compared is called "${"name"}".`,
    hint: message`${"suggestion"}`,
    label: message`unknown`,
  },
  "limit-not-met": {
    severity: "error",
    message: message`The limit ${"limit"} is not met: ${"what"} goes from ${"before"} to ${"after"}${"change"}, and may be ${"allowed"}.`,
    hint: message`"weft explain" says what the step and the memory of either plan hang on. Change less, or raise the limit.`,
    label: message`${"after"}`,
  },
  "not-emittable": {
    severity: "error",
    message: message`The plan cannot be emitted as a CUDA program: ${"reason"}.`,
    hint: message`${"advice"}`,
  },
  "unwritable-output": {
    severity: "error",
    message: message`${"path"} cannot be written: ${"reason"}.`,
    hint: message`Name a folder that exists or can be made, and that you may write to. Nothing was changed there.`,
  },
  "no-webgpu": {
    severity: "error",
    message: message`There is no WebGPU device that could execute this. ${"reason"}`,
    hint: message`Or execute on the CPU: --backend cpu.`,
  },
  "no-compiler": {
    severity: "error",
    message: message`The emitted program cannot be built here for lack of a C++ compiler. ${"reason"}`,
    hint: message`Install g++ 9 or newer, or name it in the environment variable CXX. Or execute the plan itself: --backend cpu.`,
  },
  "over-capacity": {
    severity: "error",
    message: message`The exchange stops before it begins: ${"what"}.`,
    hint: message`Make a plan with more room (capacity_rows), or send fewer tokens there. Another --data-seed draws other traffic.`,
  },
  "cpu-instead": {
    severity: "warning",
    message: message`There is no WebGPU device that could execute this, so the CPU does. ${"reason"}`,
    hint: message`--backend cpu says so without this warning; --backend webgpu insists.`,
  },
});

/** Codes whose fault is the command line's alone: exit code 2. */
export const usageCodes: ReadonlySet<string> = new Set([
  "wrong-arguments",
  "schedule-not-chosen",
  "unknown-schedule",
  "unknown-target",
  "unknown-code",
  "malformed-limit",
  "unknown-limit",
  "malformed-override",
  "unknown-override",
  "duplicate-override",
]);
