// Emitted programs of examples, and the tools that build them.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { emitCuda, type EmittedFile } from "../../../src/emit/cuda/emit.js";
import { compile, openEntry } from "../../../src/index.js";
import { writePlan, type LaunchPlan } from "../../../src/plan/index.js";

const execute = promisify(execFile);

/** The plan of an example with options `--set`. Works without a test runner. */
export async function planOfExample(name: string, overrides: readonly string[]): Promise<LaunchPlan> {
  const { compiled, diagnostics } = await compile({ entry: openEntry(`examples/${name}.weft`), overrides });
  if (compiled !== undefined) return compiled.plan;
  throw new Error(`${name} does not compile: ${diagnostics.sorted()[0]?.message ?? "nobody knows why"}`);
}

/** The program of a plan. */
export function programOf(plan: LaunchPlan): readonly EmittedFile[] {
  return emitCuda(plan, { planSha256: createHash("sha256").update(writePlan(plan)).digest("hex") });
}

export function writeFiles(folder: string, files: readonly EmittedFile[]): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Calls `use` with a folder that is removed afterwards. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "weft-test-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a command prints on both streams. @throws an error with that text where it fails */
export async function output(command: string, args: readonly string[], cwd: string): Promise<string> {
  try {
    const { stdout, stderr } = await execute(command, args, { cwd, maxBuffer: 2 ** 28 });
    return stdout + stderr;
  } catch (error) {
    const { stdout = "", stderr = "", message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(`${message}\n${stdout}${stderr}`, { cause: error });
  }
}

/** Results in the order of the items; as many are in work as there are cores. */
export async function onAllCores<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const pending = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of pending) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}

/** The path of a tool, on the PATH or where CUDA is usually installed. */
export function tool(name: string): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/local/cuda/bin"];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/**
 * Whether tests that need tools can run. Where they cannot, says so; builds that promise to test everything (CI=true) must have
 * them, so nothing is left out there.
 */
export function canRun(what: string, names: readonly string[]): boolean {
  const missing = names.filter((name) => tool(name) === undefined);
  if (missing.length === 0) return true;
  const { CI } = process.env;
  if (CI !== undefined && CI !== "" && CI !== "false") return true;
  console.warn(`skipped: ${what}, for lack of ${missing.join(" and ")}`);
  return false;
}
