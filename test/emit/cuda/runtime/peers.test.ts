// Ranks that are processes of their own meet over TCP, and learn of one another what an error message must say.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canRun } from "../program.js";
import { ask, compileDriver, type Driver } from "./driver.js";

describe.runIf(canRun("peers of emitted programs", ["g++"]))("ranks that meet over TCP", () => {
  let driver: Driver;
  beforeAll(async () => {
    driver = await compileDriver("peers_driver.cpp", [
      "check.cpp",
      "connection.cpp",
      "meeting.cpp",
      "peers.cpp",
      "tcp_peers.cpp",
    ]);
  });
  afterAll(() => driver.remove());

  /** What each rank prints, by rank. */
  async function linesOf(scenario: string): Promise<string[]> {
    return (await ask(driver, scenario)).trimEnd().split("\n").sort();
  }

  it("know who is behind", async () => {
    const behind = "rank 3 is behind all others: layer 7 at moe.dispatch, launch 97";
    expect(await linesOf("behind")).toEqual([
      `0: ${behind}`,
      `1: ${behind}`,
      `2: ${behind}`,
      "3: this rank is behind all others",
    ]);
  });

  it("hear of a rank that fails", async () => {
    const failed = "rank 2 has failed: out of memory";
    expect(await linesOf("failure")).toEqual([`0: ${failed}`, `1: ${failed}`, `3: ${failed}`]);
  });

  it("notice a rank whose process is gone", async () => {
    const gone = "rank 2 has failed: it is gone: its connection closed";
    expect(await linesOf("killed")).toEqual([`0: ${gone}`, `1: ${gone}`, `3: ${gone}`]);
  });

  it("do not wait for ranks that never come", async () => {
    const lines = await linesOf("missing");
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe("0: rank 0: not all of 4 ranks are there after 4 s; still missing: 3");
  });

  it("do not take one that gave up waiting for one that never came", async () => {
    expect(await linesOf("giving up")).toEqual([
      "0: rank 0: not all of 4 ranks are there after 4 s; still missing: 3",
      "1: rank 1: not all of 4 ranks are there after 4 s; still missing: 3",
      "2: rank 2: not all of 4 ranks are there after 1 s; still missing: 3",
    ]);
  });

  it("send away a rank that runs another plan", async () => {
    expect(await linesOf("another plan")).toContain("3: rank 3: it runs another plan than rank 0");
  });
});
