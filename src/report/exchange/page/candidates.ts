// A picture of all candidates: the time of each as a bar against the bound. Bars of very slow ones are cut at the edge.
import { element, escaped, picture } from "../../page/html.js";
import { time } from "../../units.js";
import type { ExchangeReport } from "../report.js";
import { over } from "../words.js";

const WIDTH = 1080;
const LEFT = 210;
const RIGHT = 170;
const ROW = 24;
const TOP = 20;
/** Times the fastest that a bar shows in full. */
const MOST = 5;

export function drawCandidates({ candidates, algorithm, bound_us: bound }: ExchangeReport): string {
  const tried = candidates.flatMap(({ algorithm: name, time_us: us }) =>
    us === undefined ? [] : [{ name, us }],
  );
  const fastest = tried.reduce((best, { us }) => Math.min(best, us), Infinity);
  const slowest = tried.reduce((most, { us }) => Math.max(most, us), bound);
  const end = Math.max(Math.min(slowest, MOST * fastest), bound) * 1.02 || 1;
  const xOf = (us: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * Math.min(us, end)) / end;
  const bottom = TOP + tried.length * ROW;
  return picture(
    {
      ...{ id: "candidates", width: WIDTH, height: bottom + 10, title: "Candidates" },
      description: `Times of ${String(tried.length)} candidates, the fastest first. ${tried.map(({ name, us }) => `${name}: ${time(us)}`).join("; ")}. No schedule takes less than ${time(bound)}.`,
    },
    ...tried.flatMap(({ name, us }, at) => {
      const y = TOP + at * ROW;
      const isCut = us > end;
      return [
        element("text", { class: "name", x: LEFT - 10, y: y + 15, "text-anchor": "end" }, escaped(name)),
        element("rect", {
          ...{ class: name === algorithm ? "chosen" : "other", x: LEFT, y: y + 3 },
          ...{ width: Math.max(1, xOf(us) - LEFT), height: ROW - 7 },
        }),
        element(
          "text",
          { x: xOf(us) + 8, y: y + 15 },
          escaped(`${isCut ? "> " : ""}${time(us)}, ${over(us, bound)}`),
        ),
      ];
    }),
    element("line", { class: "bound", x1: xOf(bound), x2: xOf(bound), y1: TOP - 4, y2: bottom }),
    element(
      "text",
      { class: "strong", x: xOf(bound), y: TOP - 8, "text-anchor": "middle" },
      escaped(`bound ${time(bound)}`),
    ),
  );
}
