import { afterEach, describe, expect, it, vi } from "vitest";
import { internalErrorText } from "../../src/cli/internal-errors.js";
import { InternalError } from "../../src/diagnostics/internal-error.js";

describe("a mistake of Weft's own", () => {
  afterEach(() => vi.unstubAllEnvs());
  const error = new InternalError("two launches share an id");

  it("asks for a report, without a stack", () => {
    vi.stubEnv("WEFT_DEBUG", undefined);
    const text = internalErrorText(error);
    expect(text).toContain("two launches share an id");
    expect(text).toContain("report");
    expect(text).not.toMatch(/\n\s+at /);
  });

  it("shows where it happened with WEFT_DEBUG", () => {
    vi.stubEnv("WEFT_DEBUG", "1");
    expect(internalErrorText(error)).toMatch(/\n\s+at /);
  });
});
