// Runs an emulated program, and reads what it reports.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InternalError } from "../../diagnostics/internal-error.js";

export const ORDERS = ["first-in", "random", "priorities"] as const;
/** By which rule the emulated GPUs go on: the oldest operation, any that can, or by priorities that change now and then. */
export type Order = (typeof ORDERS)[number];

/** What the emulation finds wrong. */
export interface Finding {
  readonly kind: "race" | "deadlock" | "mismatch" | "misuse" | "fault" | "failure";
  readonly rank: number;
  readonly message: string;
  /** Lines of the program: `program/cells.cu:12`. */
  readonly lines: readonly string[];
}

/** What the emulation writes. */
export interface EmulationReport {
  readonly ok: boolean;
  readonly operations: number;
  readonly launches: number;
  readonly transfers: number;
  readonly bytes: number;
  readonly findings: readonly Finding[];
}

export interface EmulationOptions {
  readonly seed: number;
  readonly order: Order;
  /** How many operations of NCCL a GPU has room for at once. */
  readonly resident?: "all" | "one" | undefined;
  /** KIND:RANK[:NUMBER] */
  readonly fault?: string | undefined;
  /** Folder of memory images, and folder that captured values are written to. */
  readonly data?: string | undefined;
  readonly checkpoints?: string | undefined;
  readonly limitSeconds?: number | undefined;
  /** Further options of the program itself. */
  readonly program?: readonly string[] | undefined;
}

/** A run of a program, whatever its end. */
export interface EmulationRun extends EmulationReport {
  /** What it printed on the standard error. */
  readonly stderr: string;
}

/** Runs a program; everything that it writes goes to `folder`. */
export async function emulate(
  executable: string,
  folder: string,
  options: EmulationOptions,
): Promise<EmulationRun> {
  const report = join(folder, "report.json");
  const { code, signal, stderr } = await outcomeOf(executable, [
    ...["--seed", String(options.seed), "--order", options.order, "--report", report],
    ...named({ resident: options.resident, fault: options.fault, limit: options.limitSeconds }),
    "--",
    ...["--warmup", "0", "--iterations", "1"],
    ...named({ data: options.data, checkpoints: options.checkpoints }),
    ...(options.program ?? []),
  ]);
  const end = signal === null ? `exit code ${String(code)}` : signal;
  const read = readReport(report);
  if (read === undefined) {
    const message = `the emulated program ended with ${end} and without a report: ${stderr.trim().slice(-2000)}`;
    // A program that its own mistakes bring down is the plan's or the emitter's affair; one that refuses its options is ours.
    if (code === 2) throw new InternalError(message);
    const finding: Finding = { kind: "failure", rank: -1, message, lines: [] };
    return { ok: false, operations: 0, launches: 0, transfers: 0, bytes: 0, findings: [finding], stderr };
  }
  if (code !== 0 && read.findings.length === 0)
    throw new InternalError(
      `the emulated program ended with ${end}, and its report finds nothing: ${stderr.trim().slice(-2000)}`,
    );
  return { ...read, stderr };
}

const named = (options: Readonly<Record<string, string | number | undefined>>): readonly string[] =>
  Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, String(value)],
  );

interface ProcessOutcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

function outcomeOf(executable: string, args: readonly string[]): Promise<ProcessOutcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(executable, args, { stdio: ["ignore", "ignore", "pipe"] });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, stderr }));
  });
}

function readReport(path: string): EmulationReport | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as EmulationReport;
  } catch {
    return undefined;
  }
}
