// The CUDA kernels in all formats, with sizes beyond the miniature's, executed on the CPU and held against loops in double
// precision. The memory of each operand is of exactly its size, and AddressSanitizer sees whatever goes beyond it.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { buildEmulated } from "./build.js";
import { lacks } from "./compilers.js";

const run = promisify(execFile);

/** What a program says; it ends with an error at the first thing that is wrong. */
async function said(source: string): Promise<string> {
  const program = await buildEmulated(source, "-O1", "-fsanitize=address");
  // Stacks change under the sanitizer's feet.
  const options = { ASAN_OPTIONS: "detect_stack_use_after_return=0:detect_leaks=0" };
  const { stdout } = await run(program, { env: { ...process.env, ...options } });
  return stdout;
}

describe.skipIf(lacks("g++"))("CUDA kernels in all formats", () => {
  it.each([
    ["products", "products.cpp"],
    ["attention and caches", "attention.cpp"],
    ["rows and tables", "rows.cpp"],
  ])("%s", async (_, source) => {
    const lines = (await said(source)).trimEnd().split("\n");
    expect(lines.filter((line) => !line.endsWith(": fine"))).toEqual([]);
  });
});
