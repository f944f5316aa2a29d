// Builds programs out of the CUDA operators with g++, against the emulation's headers; once for each state of their sources.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../..", import.meta.url));
const here = path.join(root, "test/operators/cuda");
const runtime = path.join(root, "src/emit/cuda/runtime");
const emulation = path.join(root, "src/emit/cuda/emulation");

/** Where operators' files are: headers in a folder of their own, kernels in the folders of their operators. */
async function operatorFiles(): Promise<readonly string[]> {
  const names = await readdir(path.join(root, "src/operators"), { recursive: true });
  return names
    .filter((name) => name.endsWith(".cuh") || /^cuda\/.*\.h$/.test(name))
    .map((name) => path.join(root, "src/operators", name))
    .sort();
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => /\.(h|cpp|cu)$/.test(name))
    .map((name) => path.join(folder, name))
    .sort();
}

/** Files other than operators that the programs here are made of. */
const others = [
  "runtime/check.h",
  "runtime/check.cpp",
  "runtime/device.h",
  ...["blocks.h", "blocks.cpp", "device.h", "fiber.h", "fiber.cpp", "launch.h"].map(
    (name) => `emulation/${name}`,
  ),
].map((name) => path.join(root, "src/emit/cuda", name));

/** A folder of links, laid out as the emitted program is; its name is the state of all files that a build reads. */
export async function emittedLayout(): Promise<string> {
  const operators = await operatorFiles();
  const sources = [
    ...operators,
    ...others,
    ...(await filesIn(path.join(emulation, "standalone"))),
    ...(await filesIn(here)),
  ];
  const hash = createHash("sha256");
  for (const source of sources) hash.update(path.basename(source)).update(await readFile(source));
  const folder = path.join(root, ".cache/cuda-operators", hash.digest("hex").slice(0, 16));
  if (await exists(folder)) return folder;
  await mkdir(path.dirname(folder), { recursive: true });
  const fresh = await mkdtemp(`${folder}.`);
  await mkdir(path.join(fresh, "operators"));
  await mkdir(path.join(fresh, "nccl"));
  await symlink(runtime, path.join(fresh, "runtime"));
  await symlink(emulation, path.join(fresh, "emulation"));
  // The one header of NCCL that operators see, apart from the emulation's CUDA, which nvcc must not see.
  await symlink(path.join(emulation, "standalone/nccl.h"), path.join(fresh, "nccl/nccl.h"));
  for (const file of operators) await symlink(file, path.join(fresh, "operators", path.basename(file)));
  await rename(fresh, folder).catch(async () => {
    // Another process was first.
    await rm(fresh, { recursive: true });
  });
  return folder;
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/**
 * Compiles a file of this folder into a program whose launches run at once, and gives its path. `flags` are of g++, for speed or
 * for checks.
 */
export async function buildEmulated(source: string, ...flags: readonly string[]): Promise<string> {
  const folder = await emittedLayout();
  const program = path.join(folder, path.basename(source, ".cpp"));
  if (await exists(program)) return program;
  const fresh = `${program}.${process.pid}`;
  await run("g++", [
    ...["-std=c++17", "-Wall", "-Wextra", "-Werror", "-DWEFT_EMULATION=1", ...flags],
    ...["-I", folder, "-I", path.join(emulation, "standalone")],
    ...[path.join(here, source), path.join(here, "immediate.cpp")],
    ...["blocks.cpp", "fiber.cpp"].map((name) => path.join(emulation, name)),
    path.join(runtime, "check.cpp"),
    ...["-o", fresh],
  ]);
  await rename(fresh, program);
  return program;
}
