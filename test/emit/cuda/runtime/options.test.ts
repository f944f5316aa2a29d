// The command line of an emitted program.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canRun } from "../program.js";
import { ask, compileDriver, type Driver } from "./driver.js";

describe.runIf(canRun("options of emitted programs", ["g++"]))(
  "the command line of an emitted program",
  () => {
    let driver: Driver;
    beforeAll(async () => {
      driver = await compileDriver("options_driver.cpp", ["options.cpp", "check.cpp"]);
    });
    afterAll(() => driver.remove());

    const parsed = async (line: string): Promise<string> => (await ask(driver, `${line}\n`)).trimEnd();

    it("has defaults", async () => {
      expect(await parsed("")).toBe(
        "-w 2 -n 10 validate 0 graph 0 register 0 timeout 30 data '' checkpoints '' json '' seed 1",
      );
    });

    it("takes long and short names, values behind them or behind an equals sign", async () => {
      expect(
        await parsed(
          "-w 0 -n 3 --validate --graph --register --timeout=2.5 --data d --checkpoints=c --json j --seed 9",
        ),
      ).toBe("-w 0 -n 3 validate 1 graph 1 register 1 timeout 2.5 data 'd' checkpoints 'c' json 'j' seed 9");
    });

    it.each([
      ["--iteration 3", "unknown option --iteration"],
      ["model.bin", "unknown option model.bin"],
      ["-n", "-n needs a value"],
      ["-n 0", "-n takes a whole number from 1 to 1000000, not 0"],
      ["-n 3x", "-n takes a whole number from 1 to 1000000, not 3x"],
      ["-w -1", "-w takes a whole number from 0 to 1000000, not -1"],
      ["--timeout 0", "--timeout takes a number of seconds, not 0"],
      ["--graph=yes", "--graph takes no value"],
      ["--json=", "--json needs a value that is not empty"],
    ])("refuses %s", async (line, message) => {
      expect(await parsed(line)).toBe(message);
    });
  },
);
