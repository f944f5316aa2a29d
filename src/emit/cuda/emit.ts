// The CUDA/NCCL program of a plan, as files: those that follow from the plan, and those that every program has.
import { format } from "@wasm-fmt/clang-format";
import { InternalError } from "../../diagnostics/internal-error.js";
import type { Launch, LaunchPlan } from "../../plan/index.js";
import style from "./folder/.clang-format";
import { emulationFiles, fixedFiles } from "./files.gen.js";
import { cellsFile, stepFile } from "./cells.js";
import { ProgramNames } from "./context.js";
import { printFile } from "./cpp/print.js";
import { comment, type Declaration } from "./cpp/tree.js";
import { factsFile } from "./facts.js";
import { Functions } from "./functions.js";
import { launchFile } from "./launch-functions.js";
import { modelFile, modelHeader } from "./model.js";
import { planHeader } from "./plan-header.js";
import { Events, programHeader } from "./program-header.js";
import { readme } from "./readme.js";
import { tablesHeader } from "./tables.js";

export interface EmittedFile {
  /** Relative to the folder of the program. */
  readonly path: string;
  readonly text: string;
}

export interface EmitOptions {
  /** Of the plan as written, in hexadecimal. */
  readonly planSha256: string;
}

const kernels = new Set<Launch["kind"]>(["compute"]);
const exchanges = new Set<Launch["kind"]>(["transfer", "read_counts", "rounds"]);

/** The program's files in order of their paths. */
export function emitCuda(plan: LaunchPlan, { planSha256 }: EmitOptions): readonly EmittedFile[] {
  const names = new ProgramNames(plan);
  const functions = new Functions(names.index, names.memory);
  const events = new Events(names);
  const banner = comment(
    `${plan.schedule.name} of ${plan.model.name} on ${plan.machine.name}, ${String(plan.world)} ranks. Written by ${plan.generator} from the plan ${planSha256.slice(0, 12)}; a change of the schedule file writes it again.`,
  );
  const generated: Readonly<Record<string, readonly Declaration[]>> = {
    "program/plan.h": planHeader(plan, names),
    "program/memory.h": names.memory.header(plan, names),
    "program/tables.h": tablesHeader(names),
    "program/program.h": programHeader(names, functions, events),
    "program/launches.cu": launchFile(names, functions, kernels),
    "program/exchanges.cu": launchFile(names, functions, exchanges),
    "program/cells.cu": cellsFile(names, functions, events),
    "program/step.cu": stepFile(names),
    "program/facts.cpp": factsFile(names, planSha256),
    "program/model.h": modelHeader(names),
    "program/model.cpp": modelFile(names),
  };
  const program = Object.entries(generated).map(([path, declarations]) => ({
    path,
    text: inStyle(printFile([banner, ...declarations])),
  }));
  const read = { path: "README.md", text: readme(names, functions, program, planSha256) };
  return inOrder([...program, read, ...fixedFiles]);
}

/** What executes the program on a CPU; it stands beside the program's folder, which it leaves as it is. */
export const emitEmulation = (): readonly EmittedFile[] => inOrder(emulationFiles);

/** As clang-format leaves it, by the style that the folder has; long tables are their own affair. */
function inStyle(text: string): string {
  const whole = text.replace(/\n+$/, "\n");
  return whole.includes("// clang-format off") ? whole : format(whole, "program.cpp", style);
}

function inOrder(files: readonly EmittedFile[]): readonly EmittedFile[] {
  const sorted = [...files].sort((left, right) => (left.path < right.path ? -1 : 1));
  sorted.forEach(({ path }, index) => {
    if (sorted[index + 1]?.path === path) throw new InternalError(`two emitted files are called ${path}`);
  });
  return sorted;
}
