// Golden texts beside their inputs. WEFT_UPDATE=1 writes what the code gives instead of comparing.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { expect } from "vitest";

export function expectGolden(path: string, actual: string): void {
  if (process.env["WEFT_UPDATE"] === "1") {
    writeFileSync(path, actual);
    return;
  }
  expect(existsSync(path), `${path} is missing; WEFT_UPDATE=1 writes it`).toBe(true);
  expect(actual).toBe(readFileSync(path, "utf8"));
}
