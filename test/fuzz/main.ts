// `npm run fuzz`: random programs until so many are tried or so much time is over. Prints what became of them, and of each that
// is wrong a smaller one that is too.
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { ProgressLine } from "../../src/cli/terminal.js";
import { writeFixture } from "./fixtures.js";
import { judge } from "./judge.js";
import { faultOf, programs, shrink } from "./sampling.js";
import { Tally } from "./tally.js";
import { Watchdog } from "./watchdog.js";

const FIXTURES = "test/fuzz/fixtures";
const MINUTE_MS = 60_000;

interface Options {
  readonly seed: number;
  /** Number of the first program. */
  readonly first: number;
  readonly programs: number;
  readonly minutes: number;
}

/** @throws where the command line is not understood */
function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: "string", default: "1" },
      first: { type: "string", default: "0" },
      programs: { type: "string" },
      minutes: { type: "string" },
    },
  });
  const number = (name: keyof Options, text: string): number => {
    const value = Number(text);
    if (text.trim() === "" || !Number.isFinite(value) || value < 0)
      throw new Error(`--${name} wants a number, not "${text}"`);
    return value;
  };
  const { minutes } = values;
  return {
    seed: number("seed", values.seed),
    first: number("first", values.first),
    programs: number("programs", values.programs ?? (minutes === undefined ? "500" : "1e9")),
    minutes: number("minutes", minutes ?? "1e9"),
  };
}

/** Gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  let options: Options;
  try {
    options = readOptions(args);
  } catch (error) {
    console.error(`fuzz: ${error instanceof Error ? error.message : String(error)}`);
    console.error("usage: npm run fuzz -- [--programs N] [--minutes N] [--seed N] [--first N]");
    return 2;
  }
  const { seed, first } = options;
  const end = performance.now() + options.minutes * MINUTE_MS;
  const tally = new Tally();
  const progress = new ProgressLine(process.stderr);
  const watchdog = new Watchdog(`npm run fuzz -- --seed ${String(seed)} --first `);
  let number = first;
  for (const program of programs(seed, first)) {
    if (number >= first + options.programs || performance.now() > end) break;
    watchdog.begin(number);
    try {
      tally.count(await judge(program));
    } catch {
      progress.clear();
      tally.countWrong();
      watchdog.pause();
      await reportWrong(seed, number, (await faultOf(program)) ?? "a fault that does not show again");
    }
    number += 1;
    progress.show(tally.short);
  }
  progress.clear();
  console.log(tally.report);
  return tally.isClean ? 0 : 1;
}

async function reportWrong(seed: number, number: number, fault: string): Promise<void> {
  console.log(`program ${String(number)} is wrong: ${fault}\n`);
  const smaller = await shrink(seed, number, fault);
  const name = `seed-${String(seed)}-program-${String(number)}`;
  const path = writeFixture(FIXTURES, name, smaller.program, smaller.fault);
  console.log(`smaller: ${smaller.fault}\n\n${smaller.program.text}`);
  console.log(`executed on ${JSON.stringify({ ...smaller.program, text: undefined })}`);
  console.log(`written to ${path}`);
  console.log(`again: npm run fuzz -- --seed ${String(seed)} --first ${String(number)} --programs 1\n`);
}
