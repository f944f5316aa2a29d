// Compiles a test's driver with sources of the emitted runtime, and asks it.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execute = promisify(execFile);
const root = new URL("../../../../src/emit/cuda/", import.meta.url);
const here = new URL(".", import.meta.url);

/** Of the compiler, as strict as for emitted programs. */
const FLAGS = [
  "-std=c++17",
  "-O1",
  "-Wall",
  "-Wextra",
  "-Werror",
  "-DWEFT_EMULATION=1",
  "-DWEFT_MINIATURE=1",
  "-pthread",
];

/** A program that is removed with its folder. */
export interface Driver {
  readonly path: string;
  remove(): Promise<void>;
}

/** `driver` is a file beside this one, `runtime` are sources of the runtime without their folder. */
export async function compileDriver(driver: string, runtime: readonly string[]): Promise<Driver> {
  const folder = await mkdtemp(join(tmpdir(), "weft-driver-"));
  const path = join(folder, "driver");
  await execute("g++", [
    ...FLAGS,
    `-I${fileURLToPath(root)}`,
    `-I${fileURLToPath(new URL("emulation/standalone", root))}`,
    ...[driver, "absent.cpp"].map((name) => fileURLToPath(new URL(name, here))),
    ...runtime.map((name) => fileURLToPath(new URL(`runtime/${name}`, root))),
    "-o",
    path,
  ]);
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** What a driver prints for a text. */
export function ask({ path }: Driver, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(path, { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${error.message}\n${stderr}`));
    });
    child.stdin?.end(text);
  });
}
