// A picture of the schedule: a lane for each tier, a block for each launch; as high as what it moves there over the most that any
// launch moves there, and as wide as its time, where that is known.
import { element, escaped, picture } from "../../page/html.js";
import { counted, size, time } from "../../units.js";
import type { ExchangeReport } from "../report.js";

const WIDTH = 1080;
const LEFT = 92;
const LANE = 54;
const GAP = 16;
const TOP = 8;

/** Whether times of launches are known. */
export const isTimed = ({ schedule }: ExchangeReport): boolean =>
  schedule.length > 0 && schedule.every(({ time_us: us }) => us !== undefined);

export function drawTimeline(report: ExchangeReport): string {
  const { schedule } = report;
  const tiers = Object.keys(report.bytes_per_tier);
  const timed = isTimed(report);
  const widths = schedule.map(({ time_us: us }) => (timed ? us! : 1));
  const whole = widths.reduce((sum, each) => sum + each, 0) || 1;
  const scale = (WIDTH - LEFT - 8) / whole;
  let before = 0;
  const begins = widths.map((width) => (before += width) - width);
  const yOf = (lane: number): number => TOP + lane * (LANE + GAP);
  const blocks = tiers.flatMap((tier, lane) => {
    const amounts = schedule.map(({ bytes_per_tier: bytes }) => bytes[tier] ?? 0);
    const most = amounts.reduce((best, each) => Math.max(best, each), 0);
    const y = yOf(lane);
    return [
      element("rect", { class: "lane", x: LEFT, y, width: WIDTH - LEFT - 8, height: LANE }),
      element(
        "text",
        { class: "name", x: LEFT - 10, y: y + LANE / 2 + 4, "text-anchor": "end" },
        escaped(tier),
      ),
      ...amounts.flatMap((bytes, at) => {
        if (bytes === 0) return [];
        const height = Math.max(2, (LANE * bytes) / most);
        const width = Math.max(0.8, widths[at]! * scale - 1);
        const { launch, moves, time_us: us } = schedule[at]!;
        const text = `${launch}: ${size(bytes)} over ${tier}${us === undefined ? "" : `, ${time(us)}`}; ${moves.join(", ")}`;
        return [
          element(
            "rect",
            {
              class: `tier${String(lane % 3)}`,
              x: LEFT + begins[at]! * scale,
              y: y + LANE - height,
              width,
              height,
            },
            element("title", {}, escaped(text)),
          ),
        ];
      }),
    ];
  });
  const bottom = yOf(tiers.length);
  return picture(
    {
      ...{ id: "timeline", width: WIDTH, height: bottom + 22, title: "The schedule by tier" },
      description: `${counted(schedule.length, "launch", "launches")}, one after the other, in a lane for each of ${counted(tiers.length, "tier")}: ${tiers.map((tier) => `${size(report.bytes_per_tier[tier]!)} over ${tier}`).join(", ")}.`,
    },
    ...blocks,
    ...(timed
      ? ticks(whole, scale, bottom)
      : [element("text", { x: LEFT, y: bottom + 8 }, "launches in order, not to scale")]),
  );
}

function ticks(whole: number, scale: number, y: number): readonly string[] {
  const step = [1, 2, 5]
    .flatMap((each) => [-2, -1, 0, 1, 2, 3, 4, 5, 6, 7].map((power) => each * 10 ** power))
    .sort((one, other) => one - other)
    .find((each) => whole / each <= 8);
  if (step === undefined) return [];
  return Array.from({ length: Math.floor(whole / step) + 1 }, (_, at) => at * step).map((us) =>
    element(
      "text",
      { x: LEFT + us * scale, y: y + 8, "text-anchor": us === 0 ? "start" : "middle" },
      escaped(time(us)),
    ),
  );
}
