// Mistakes in an emitted program are found by the emulation, by name, in every order and with every seed. `npm run damage` tries
// more places, of all examples.
import { describe, expect, it } from "vitest";
import { clocksOf, issuesOf, keepsOrder } from "./damage/issue-order.js";
import { kinds } from "./damage/kinds.js";
import { survey, tableOf } from "./damage/survey.js";
import { canRun } from "./program.js";

const cells = (body: string): string => `void cell(Program& p, int layer) {\n${body}}\n`;
const step = "  plan::cells::cell(p, 0);\n";

describe("the order that a program's waits make", () => {
  const edge = cells(
    `  a::x(p, p.compute, layer, 0);
  p.compute.record(p.events.cell.x_to_y);
  p.link.wait(p.events.cell.x_to_y);
  a::y(p, p.link, layer, 0);
`,
  );

  it("is that of streams and events", () => {
    const clocks = clocksOf(issuesOf(edge, step));
    expect(Object.fromEntries(clocks.at(-1)!)).toEqual({ compute: 1, link: 1 });
  });

  it("is lost with a wait that nothing implies, and not with one that something does", () => {
    const whole = issuesOf(edge, step);
    const without = edge.replace(/ {2}p\.link\.wait.*\n/, "");
    expect(keepsOrder(whole, issuesOf(without, step))).toBe(false);
    const twice = edge.replace(/( {2}p\.link\.wait.*\n)/, "$1$1");
    expect(keepsOrder(issuesOf(twice, step), whole)).toBe(true);
  });

  it("goes on behind what the host waits for", () => {
    const read = cells(
      `  a::x(p, p.compute, layer, 0);
  p.compute.record(p.events.cell.x_to_read);
  a::z_read_counts(p, layer, 0, {&p.events.cell.x_to_read});
  a::y(p, p.link, layer, 0);
`,
    );
    const unread = read.replace("{&p.events.cell.x_to_read}", "{}");
    expect(Object.fromEntries(clocksOf(issuesOf(read, step)).at(-1)!)).toEqual({ compute: 1, link: 1 });
    expect(keepsOrder(issuesOf(read, step), issuesOf(unread, step))).toBe(false);
  });
});

describe.runIf(canRun("damaging emitted programs", ["g++"]))("damage to the program of", () => {
  it.each([
    ["mixtral-8x7b-prefill", 2, [1, 2]],
    ["deepseek-v3-prefill", 1, [1]],
  ])("%s is found", async (example, most, seeds) => {
    const surveyed = await survey({ examples: [example], kind: "", most, seeds });
    console.log(
      `${tableOf(surveyed)}\n${surveyed.map(({ kind, said }) => `${kind}:\n  ${said}`).join("\n")}`,
    );
    expect(surveyed.map(({ kind }) => kind)).toEqual(kinds.map(({ name }) => name));
    for (const { planted, missed } of surveyed) {
      expect(planted.length).toBeGreaterThan(0);
      expect(missed).toEqual([]);
    }
  });
});
