// A compile gives the same bytes wherever, whenever and in whatever language it happens.
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emptyFolder, fixture, root, weft } from "./weft.js";

describe("two compiles in different folders, time zones and locales", () => {
  const folders = [emptyFolder(), join(emptyFolder(), "another place/deeper")] as const;
  mkdirSync(folders[1], { recursive: true });
  const surroundings = [
    { cwd: folders[0], env: { TZ: "Asia/Kathmandu", LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" } },
    { cwd: folders[1], env: { TZ: "America/St_Johns", LC_ALL: "C", LANG: "C" } },
  ] as const;
  const runs = surroundings.map((each) => {
    copyFileSync(fixture("tiny.weft"), join(each.cwd, "tiny.weft"));
    const told = weft(["compile", "tiny.weft", "-o", "out"], each);
    const machine = weft(["compile", join(each.cwd, "tiny.weft"), "-o", "out", "--json"], each);
    return { told, machine, plan: readFileSync(join(each.cwd, "out/plan.json")) };
  });

  it("give identical plans, summaries and JSON", () => {
    const [first, second] = runs;
    expect(second?.plan.equals(first?.plan ?? Buffer.of())).toBe(true);
    expect(second?.told).toEqual(first?.told);
    expect(second?.machine).toEqual(first?.machine);
  });

  it("leave no absolute path anywhere", () => {
    for (const { told, machine, plan } of runs)
      for (const text of [told.stdout, told.stderr, machine.stdout, machine.stderr, plan.toString()])
        for (const path of [...folders, root]) expect(text).not.toContain(path);
  });

  it("show mistakes without absolute paths, too", () => {
    const [where] = surroundings;
    const ran = weft(["compile", join(where.cwd, "tiny.weft"), "--set", "Tiny.top_k=99"], where);
    expect(ran.status).toBe(1);
    expect(ran.stderr).not.toContain(where.cwd);
  });
});
