// Compilers that a machine may lack.
import { execFileSync } from "node:child_process";

/** Whether tests that need the compiler are left out, which is said aloud. Where CI is set they are not: there a lack is a failure. */
export function lacks(compiler: "g++" | "nvcc"): boolean {
  if (process.env["CI"] === "true") return false;
  try {
    execFileSync(compiler, ["--version"], { stdio: "ignore" });
    return false;
  } catch {
    console.warn(`Tests of CUDA kernels are left out: there is no ${compiler}`);
    return true;
  }
}
