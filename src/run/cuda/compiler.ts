// The C++ compiler that builds emulated programs, and headers of CUDA and NCCL where the machine has them.
import { execFile } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** No program can be built here. The message says what was tried. */
export class CompilerUnavailable extends Error {
  override readonly name = "CompilerUnavailable";
}

export interface Compiler {
  readonly command: string;
  /** Its first arguments. */
  readonly args: readonly string[];
  /** Everything of it that objects depend on. */
  readonly identity: string;
}

/** g++, or what the environment variable CXX names, in the manner of make. */
export async function findCompiler(): Promise<Compiler> {
  const named = process.env["CXX"];
  // As in `ccache g++`.
  const [command = "g++", ...args] = (named ?? "").split(/\s+/).filter((word) => word !== "");
  const environment = { env: { ...process.env, LC_ALL: "C" } };
  try {
    const { stdout } = await execute(command, [...args, "--version"], environment);
    // Other programs have a version as well.
    await execute(command, [...args, "-dumpmachine"], environment);
    const [identity = ""] = stdout.split("\n");
    return { command, args, identity: `${[command, ...args].join(" ")} ${identity}` };
  } catch (error) {
    const absent = (error as NodeJS.ErrnoException).code === "ENOENT";
    const reason = absent ? "there is no such program" : "it is no C++ compiler";
    throw new CompilerUnavailable(`${command} was tried, and ${reason}.`);
  }
}

/** Folders of real headers. Without them a program is built with the declarations that the emulation brings. */
export interface RealHeaders {
  /** Has cuda_runtime.h. */
  readonly cuda: string;
  /** Has nccl.h. */
  readonly nccl: string;
}

/** The headers of NCCL_HOME and of the CUDA toolkit, where both are there: a signature that differs from theirs cannot hide. */
export function findRealHeaders(ncclHome = process.env["NCCL_HOME"]): RealHeaders | undefined {
  const cuda = cudaFolders()
    .map((folder) => join(folder, "include"))
    .find((folder) => existsSync(join(folder, "cuda_runtime.h")));
  if (cuda === undefined || ncclHome === undefined || ncclHome === "") return undefined;
  const nccl = join(ncclHome, "include");
  return existsSync(join(nccl, "nccl.h")) ? { cuda, nccl } : undefined;
}

/** Where a CUDA toolkit may be: as the environment says, or where nvcc is. */
function cudaFolders(): readonly string[] {
  const { CUDA_HOME, CUDA_PATH, PATH = "" } = process.env;
  const named = [CUDA_HOME, CUDA_PATH].filter((each) => each !== undefined && each !== "");
  const found = PATH.split(delimiter)
    .map((folder) => join(folder, "nvcc"))
    .filter((path) => existsSync(path))
    .map((path) => dirname(dirname(realpathSync(path))));
  return [...named.map(String), ...found, "/usr/local/cuda"];
}
