// Options that are numbers, or lists of them.
import { usageError } from "./usage.js";

/** Beyond it nothing is placed: what is asked for would not fit into memory before it could be refused. */
const MOST = 2 ** 20;

/** A whole number from `least` to `most`. */
export function wholeOption(option: string, text: string, least = 1, most = MOST): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw usageError("wrong-arguments", `${option} ${text}`, {
    problem: `${option} takes a whole number from ${String(least)} to ${String(most)}, not "${text}"`,
    advice: `Write ${option} ${String(Math.max(least, 8))}, for example.`,
  });
}

/** A positive number, up to `most`. */
export function positiveOption(option: string, text: string, example: string, most = Infinity): number {
  const value = /^\d*\.?\d+(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
  if (value > 0 && Number.isFinite(value) && value <= most) return value;
  const limit = most === Infinity ? "" : ` and at most ${String(most)}`;
  throw usageError("wrong-arguments", `${option} ${text}`, {
    problem: `${option} takes a number above 0${limit}, not "${text}"`,
    advice: `Write ${option} ${example}, for example.`,
  });
}

/** Whole numbers with commas between them. */
export const wholeListOption = (option: string, text: string): readonly number[] =>
  text.split(",").map((each) => wholeOption(option, each.trim(), 0));

/** Experts with their GPUs: `12=3,40=0`. */
export function pinOption(
  option: string,
  text: string,
): readonly { readonly expert: number; readonly gpu: number }[] {
  return text.split(",").map((each) => {
    const [expert, gpu, ...more] = each.split("=");
    if (expert === undefined || gpu === undefined || more.length > 0)
      throw usageError("wrong-arguments", `${option} ${text}`, {
        problem: `${option} takes experts with their GPUs, and "${each.trim()}" is none`,
        advice: `Write ${option} 12=3,40=0, for example.`,
      });
    return { expert: wholeOption(option, expert.trim(), 0), gpu: wholeOption(option, gpu.trim(), 0) };
  });
}
