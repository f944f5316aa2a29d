// Builds the small programs of these tests with the emulation: once for each kind of headers, objects kept by their content.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onAllCores, output, tool } from "../program.js";

const root = fileURLToPath(new URL("../../../../src/emit/cuda/", import.meta.url));
const programs = fileURLToPath(new URL("programs/", import.meta.url));
const cache = join(tmpdir(), "weft-emulation-objects");

const FLAGS = ["-std=c++17", "-O1", "-g1", "-Wall", "-Wextra", "-Werror", "-pthread", "-DWEFT_EMULATION=1"];
/** Their accesses to memory are known; those of the emulation are nobody's. */
const INSTRUMENTED = ["-fsanitize=thread"];

/** Compiler flags for the emulation's own declarations of CUDA and NCCL. */
export const STANDALONE: readonly string[] = [`-I${root}emulation/standalone`];

export const realHeaders = (cuda: string, nccl: string): readonly string[] => [
  ...["-isystem", cuda],
  ...["-isystem", nccl],
];

/** What one call of the compiler compiles. */
interface Source {
  readonly paths: readonly string[];
  readonly flags: readonly string[];
}

/** Most of compiling a small source goes into the headers that it shares with others, so so many are compiled as one. */
const TOGETHER = 11;

const filesOf = (folder: string, ending: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name));

function sources(): readonly Source[] {
  const emulation = filesOf(join(root, "emulation"), ".cpp").filter((path) => !path.endsWith("/main.cpp"));
  // It must not see what the C library declares of the functions that it takes the place of.
  const [together, apart] = [false, true].map((isApart) =>
    emulation.filter((path) => path.endsWith("/intercepts.cpp") === isApart),
  ) as [string[], string[]];
  const units = Array.from({ length: Math.ceil(together.length / TOGETHER) }, (_, unit) =>
    together.slice(unit * TOGETHER, (unit + 1) * TOGETHER),
  );
  return [
    ...[...units, apart, [join(root, "runtime/check.cpp")]].map((paths) => ({ paths, flags: [] })),
    ...filesOf(programs, ".cpp").map((path) => ({
      paths: [path],
      flags: path.endsWith("/main.cpp") ? [] : INSTRUMENTED,
    })),
  ];
}

/** All that sources may include, which is little enough to count as one. */
function contentOfHeaders(): string {
  const hash = createHash("sha256");
  const folders = ["emulation", "emulation/standalone", "emulation/standalone/nvtx3", "runtime"];
  for (const folder of [...folders.map((name) => join(root, name)), programs])
    for (const path of filesOf(folder, ".h")) hash.update(path).update(readFileSync(path));
  return hash.digest("hex");
}

/** The executable of all programs. */
export async function buildPrograms(headers: readonly string[]): Promise<string> {
  const compiler = tool("g++")!;
  const identity = await output(compiler, ["--version"], root);
  const common = createHash("sha256").update(identity).update(contentOfHeaders()).digest("hex");
  mkdirSync(cache, { recursive: true });
  const objects = await onAllCores(sources(), async ({ paths, flags }) => {
    const all = [...FLAGS, ...flags, `-I${root}`, ...headers];
    const hash = createHash("sha256")
      .update(common)
      .update(JSON.stringify([all, paths]));
    for (const path of paths) hash.update(readFileSync(path));
    const object = join(cache, `${hash.digest("hex")}.o`);
    if (!existsSync(object)) await make(compiler, [...all, "-c", source(paths, object)], object);
    return object;
  });
  const executable = join(cache, createHash("sha256").update(objects.join()).digest("hex"));
  if (!existsSync(executable)) await make(compiler, ["-pthread", ...objects], executable);
  return executable;
}

/** The file to compile: the only one, or one that includes all. */
function source(paths: readonly string[], object: string): string {
  const [only, ...others] = paths;
  if (only !== undefined && others.length === 0) return only;
  const unit = `${object}.${process.pid}.cpp`;
  writeFileSync(unit, paths.map((path) => `#include "${path}"\n`).join(""));
  return unit;
}

/** Under another name at first, since other test runs may look for it meanwhile. */
async function make(compiler: string, args: readonly string[], result: string): Promise<void> {
  const unfinished = `${result}.${process.pid}`;
  await output(compiler, [...args, "-o", unfinished], root);
  renameSync(unfinished, result);
}
