// The emitted program compiles with nvcc for every architecture without a warning, against NCCL's real headers, and links.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { emitEmulation } from "../../../src/emit/cuda/emit.js";
import { findRealHeaders } from "../../../src/run/cuda/compiler.js";
import { crowded } from "../../end-to-end/crowded.js";
import { planOf } from "../../examples/example.js";
import { headersForTests, type TestHeaders } from "../../nccl/for-tests.js";
import { canRun, inFolder, onAllCores, output, programOf, tool, writeFiles } from "./program.js";

/** None of them is silenced anywhere. */
const WARNINGS = ["-Werror", "all-warnings", "-Xcompiler", "-Wall,-Wextra,-Werror"];

describe.runIf(canRun("compiling emitted programs", ["nvcc", "cmake"]))("an emitted program", () => {
  let headers: TestHeaders;
  beforeAll(async () => {
    headers = await headersForTests();
  });

  it("is built by CMake for three architectures, and links", async () => {
    const files = programOf(await planOf("deepseek-v3-prefill"));
    await inFolder(async (folder) => {
      writeFiles(join(folder, "cuda"), files);
      const configure = [
        ...[
          "-S",
          "cuda",
          "-B",
          "build",
          `-DNCCL_HOME=${headers.path}`,
          "-DCMAKE_CUDA_ARCHITECTURES=80;90;100",
        ],
        // The miniature differs in sizes and formats; it is compiled below.
        ...["-DWEFT_MINIATURE=OFF", "-DWEFT_WARNINGS_AS_ERRORS=ON"],
      ];
      const configured = await output(tool("cmake")!, configure, folder);
      const built = await output(tool("cmake")!, ["--build", "build", "-j", "2"], folder);
      expect(configured + built).not.toMatch(/warning/i);
      expect(existsSync(join(folder, "build/weft_program"))).toBe(true);
      // It starts, and ends before it would need what the stub does not have.
      const usage = await output(join(folder, "build/weft_program"), ["--help"], folder);
      expect(usage).toContain("--iterations");
    });
  });

  it("is built by CMake against the emulation with the real headers, and runs", async () => {
    const plan = await planOf("mixtral-8x7b-prefill", ["Mixtral.depth=2"]);
    await inFolder(async (folder) => {
      writeFiles(join(folder, "cuda"), programOf(plan));
      writeFiles(join(folder, "cuda-emulated"), emitEmulation());
      const { cuda } = findRealHeaders(headers.path)!;
      const configure = [
        "-S",
        "cuda-emulated",
        "-B",
        "build",
        `-DCUDA_INCLUDE=${cuda}`,
        `-DNCCL_HOME=${headers.path}`,
      ];
      // What is optimised is the affair of `weft run`, whose flags other tests use.
      const how = ["-DWEFT_WARNINGS_AS_ERRORS=ON", "-DCMAKE_BUILD_TYPE=Debug"];
      const configured = await output(tool("cmake")!, [...configure, ...how], folder);
      const built = await output(tool("cmake")!, ["--build", "build", "-j", "2"], folder);
      expect(configured + built).not.toMatch(/warning/i);
      await output(join(folder, "build/weft_emulated"), ["--seed", "1", "--", "-n", "1"], folder);
    });
  });

  // What all programs share has been compiled above.
  it.each([
    ["mixtral-8x7b-prefill", "sm_90", [], () => planOf("mixtral-8x7b-prefill")],
    ["deepseek-v3-decode", "sm_100", [], () => planOf("deepseek-v3-decode")],
    ["an exchange with rounds", "sm_80", [], () => crowded("rounds")],
  ])("of %s compiles for %s %s", async (_name, architecture, defined, make) => {
    const files = programOf(await make());
    await inFolder(async (folder) => {
      writeFiles(folder, files);
      const sources = files.map(({ path }) => path).filter((path) => /^program\/.*\.(cu|cpp)$/.test(path));
      const compile = (source: string) =>
        output(
          tool("nvcc")!,
          [
            ...["-std=c++17", `-arch=${architecture}`, ...WARNINGS, ...defined, "-I."],
            ...["-isystem", join(headers.path, "include"), "-c", source, "-o", `${source}.o`],
          ],
          folder,
        );
      expect((await onAllCores(sources, compile)).join("")).toBe("");
    });
  });
});
