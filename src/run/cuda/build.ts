// Builds an emulated program from its files: what has been compiled before comes from a cache, the rest is compiled on all cores.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { InternalError } from "../../diagnostics/internal-error.js";
import type { EmittedFile } from "../../emit/cuda/emit.js";
import type { Compiler, RealHeaders } from "./compiler.js";
import { Includes } from "./includes.js";
import type { ObjectCache } from "./object-cache.js";
import { textOfUnit, unitsOf, type Unit } from "./units.js";

const execute = promisify(execFile);

/** Folders of a program and of the emulation, beside each other. */
const PROGRAM = "cuda";
const EMULATION = "cuda-emulated";
const STANDALONE = `${EMULATION}/emulation/standalone`;

const FLAGS = ["-std=c++17", "-O2", "-g1", "-pthread", "-DWEFT_EMULATION=1", "-DWEFT_MINIATURE=1"];
/** The program, kernels and host code alike, tells the emulation of its accesses to memory. */
const PROGRAM_FLAGS = [...FLAGS, "-fsanitize=thread"];

/** How many sources are compiled as one: as few as make compiling all of them quick, so that a change compiles little. */
const UNIT_SIZES = { [`${PROGRAM}/program`]: 2, [`${PROGRAM}/runtime`]: 8, [`${EMULATION}/emulation`]: 16 };

export interface BuildOptions {
  readonly compiler: Compiler;
  /** Without them the emulation's own declarations of CUDA and NCCL serve. */
  readonly headers?: RealHeaders | undefined;
  readonly cache?: ObjectCache | undefined;
  /** Called with the share of objects that are there, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** An emulated program, built. */
export interface Built {
  readonly executable: string;
  readonly objects: number;
  /** Of them, how many were compiled now. */
  readonly compiled: number;
}

/** The compiler refuses what was emitted. */
export class BuildFailure extends InternalError {}

/**
 * Builds the files of a program (paths relative to its folder) with those of the emulation in `folder`.
 * @throws {BuildFailure}
 */
export async function buildEmulated(
  folder: string,
  program: readonly EmittedFile[],
  emulation: readonly EmittedFile[],
  { compiler, headers, cache, onProgress }: BuildOptions,
): Promise<Built> {
  const files = new Map<string, string>([
    ...program.map(({ path, text }) => [`${PROGRAM}/${path}`, text] as const),
    ...emulation.map(({ path, text }) => [`${EMULATION}/${path}`, text] as const),
  ]);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  mkdirSync(join(folder, "objects"));
  const includes = new Includes(files, [PROGRAM, EMULATION, ...(headers === undefined ? [STANDALONE] : [])]);
  const search =
    headers === undefined ? [`-I${STANDALONE}`] : ["-isystem", headers.cuda, "-isystem", headers.nccl];
  const units = unitsOf(sourcesOf(files), UNIT_SIZES).map((unit) => {
    const flags = [...flagsOf(unit.sources[0]!), ...search, `-I${PROGRAM}`, `-I${EMULATION}`];
    const hash = createHash("sha256").update(JSON.stringify([compiler.identity, flags, unit.sources]));
    const paths = new Set(unit.sources.flatMap((source) => includes.closure(source)));
    for (const path of [...paths].sort()) hash.update(JSON.stringify([path, files.get(path)]));
    return { ...unit, flags, key: hash.digest("hex") };
  });
  // What takes longest comes first.
  units.sort((one, other) => weightOf(other, files) - weightOf(one, files));
  let done = 0;
  let compiled = 0;
  const object = async ({ flags, key, ...unit }: (typeof units)[number]): Promise<string> => {
    let path = cache?.find(key);
    if (path === undefined) {
      const to = cache?.pathForNew(key) ?? join(folder, "objects", `${key}.o`);
      await compileUnit(compiler, folder, unit, flags, to);
      path = cache?.keep(key) ?? to;
      compiled++;
    }
    onProgress?.(++done / (units.length + 1));
    return path;
  };
  const paths = await inParallel(units, object);
  const executable = join(folder, "program");
  await compile(compiler, folder, ["-pthread", ...paths, "-ldl", "-o", executable]);
  cache?.trim(new Set(units.map(({ key }) => key)));
  onProgress?.(1);
  return { executable, objects: units.length, compiled };
}

/** What is compiled: all of the emulation and of the program, whose own `main` gives way to the emulation's. */
const sourcesOf = (files: ReadonlyMap<string, string>): readonly string[] =>
  [...files.keys()].filter((path) => /\.(cpp|cu)$/.test(path) && path !== `${PROGRAM}/main.cpp`).sort();

function flagsOf(source: string): readonly string[] {
  if (!source.startsWith(`${PROGRAM}/`)) return FLAGS;
  return source.endsWith(".cu") ? [...PROGRAM_FLAGS, "-x", "c++"] : PROGRAM_FLAGS;
}

/** Kernels take long; other units by their length. */
const weightOf = ({ sources }: Unit, files: ReadonlyMap<string, string>): number =>
  sources.reduce(
    (sum, source) => sum + (files.get(source)?.length ?? 0) * (source.endsWith(".cu") ? 10 : 1),
    0,
  );

/** Compiles the sources of a unit as one; where their names get in each other's way, one by one. */
async function compileUnit(
  compiler: Compiler,
  folder: string,
  unit: Unit,
  flags: readonly string[],
  to: string,
): Promise<void> {
  const [source = "", ...others] = unit.sources;
  if (others.length === 0) return compile(compiler, folder, [...flags, "-c", source, "-o", to]);
  const name = unit.name.replaceAll("/", "-");
  writeFileSync(join(folder, `${name}.cpp`), textOfUnit(unit));
  try {
    await compile(compiler, folder, [...flags, "-c", `${name}.cpp`, "-o", to]);
  } catch (error) {
    if (!(error instanceof BuildFailure)) throw error;
    const parts = unit.sources.map((each, index) => ({ each, part: join("objects", `${name}-${index}.o`) }));
    for (const { each, part } of parts) await compile(compiler, folder, [...flags, "-c", each, "-o", part]);
    await compile(compiler, folder, ["-r", ...parts.map(({ part }) => part), "-o", to]);
  }
}

async function compile(compiler: Compiler, cwd: string, args: readonly string[]): Promise<void> {
  try {
    // Paths in messages of the program are those of its own folder.
    await execute(compiler.command, [...compiler.args, `-ffile-prefix-map=${PROGRAM}/=`, ...args], {
      cwd,
      maxBuffer: 2 ** 26,
    });
  } catch (error) {
    const { stderr = "", message } = error as Error & { stderr?: string };
    throw new BuildFailure(`the emitted program does not compile: ${stderr.trim() || message}`);
  }
}

/** Results in the order of the items, of which as many are in work as there are cores. */
async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const pending = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of pending) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}
