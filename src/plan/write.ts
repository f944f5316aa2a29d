// The plan as text: JSON whose bytes depend on nothing but the plan. Short values share a line, so that people can read it.
import type { LaunchPlan } from "./types.gen.js";

const WIDTH = 120;

/** Canonical text of a plan, ending in a newline. Keys keep the order in which the plan was built. */
export const writePlan = (plan: LaunchPlan): string => writeDocument(plan);

/** The same for any kind of plan. */
export function writeDocument(document: object): string {
  return `${print(document, 0)}\n`;
}

function print(value: unknown, indent: number): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const flat = onOneLine(value, WIDTH - indent);
  if (flat !== undefined) return flat;
  const inner = " ".repeat(indent + 1);
  const [open, close, parts] = Array.isArray(value)
    ? [
        "[",
        "]",
        wrap(
          value.map((each) => print(each, indent + 1)),
          indent + 1,
        ),
      ]
    : [
        "{",
        "}",
        Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}:${print(each, indent + 1)}`),
      ];
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${" ".repeat(indent)}${close}`;
}

/** A value as JSON without blanks, or undefined where that is longer than `room`: long values are left early. */
function onOneLine(value: unknown, room: number): string | undefined {
  if (typeof value !== "object" || value === null) {
    const text = JSON.stringify(value);
    return text.length <= room ? text : undefined;
  }
  const isList = Array.isArray(value);
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  let text = open;
  for (const key in value) {
    const each = (value as Record<string, unknown>)[key];
    const before = `${text === open ? "" : ","}${isList ? "" : `${JSON.stringify(key)}:`}`;
    const part = onOneLine(each, room - text.length - before.length - close.length);
    if (part === undefined) return undefined;
    text += before + part;
  }
  return text.length + close.length <= room ? text + close : undefined;
}

/** Numbers of a long table share lines. */
function wrap(items: readonly string[], indent: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const item of items) {
    const short = item.length <= 16 && !item.startsWith("{") && !item.startsWith("[");
    if (short && line !== "" && line.length + item.length + indent < WIDTH) {
      line += `,${item}`;
      continue;
    }
    if (line !== "") lines.push(line);
    line = short ? item : "";
    if (!short) lines.push(item);
  }
  if (line !== "") lines.push(line);
  return lines;
}
