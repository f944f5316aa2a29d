// README.md of an emitted program.
import type { LaunchPlan } from "../../plan/index.js";
import type { Functions } from "./functions.js";

export function readme(plan: LaunchPlan, _functions: Functions, planSha256: string): string {
  return `# ${plan.schedule.name} of ${plan.model.name}\n\nPlan ${planSha256}.\n`;
}
