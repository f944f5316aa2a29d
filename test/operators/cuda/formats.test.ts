// The CUDA kernels in all formats, with sizes beyond the miniature's, executed on the CPU and held against loops in double
// precision. The memory of each operand is of exactly its size, and AddressSanitizer sees whatever goes beyond it.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { buildEmulated } from "./build.js";
import { lacks } from "./compilers.js";

const run = promisify(execFile);

/** What a program says; it ends with an error at the first thing that is wrong. */
async function said(source: string, ...flags: readonly string[]): Promise<string> {
  const program = await buildEmulated(source, "-O1", "-fsanitize=address", ...flags);
  // Stacks change under the sanitizer's feet.
  const options = { ASAN_OPTIONS: "detect_stack_use_after_return=0:detect_leaks=0" };
  const { stdout } = await run(program, { env: { ...process.env, ...options } });
  return stdout;
}

const wrong = (text: string): readonly string[] =>
  text.split("\n").filter((line) => line !== "" && !line.endsWith(": fine"));

describe.skipIf(lacks("g++"))("CUDA kernels in all formats", () => {
  it.each([
    ["products", "products.cpp"],
    ["attention and caches", "attention.cpp"],
    ["rows and tables", "rows.cpp"],
  ])("%s", async (_, source) => {
    expect(wrong(await said(source))).toEqual([]);
  });

  it("make room for cuBLAS and for operators/custom.h", async () => {
    const others = fileURLToPath(new URL("replaced", import.meta.url));
    expect(wrong(await said("replaced.cpp", "-DWEFT_HAVE_CUBLAS", "-I", others))).toEqual([]);
  });
});
