// Every span lies within one of the plan's sources.
import type { LaunchPlan, Span } from "../../plan/index.js";
import { complaint, type Complaint } from "./complaint.js";

export function* spansPointIntoSources(plan: LaunchPlan): Iterable<Complaint> {
  const spans: readonly Span[] = [
    plan.schedule.span,
    plan.model.span,
    plan.machine.span,
    ...plan.machine.tiers.map((each) => each.span),
    ...plan.model.layers.map((each) => each.span),
    ...plan.model.blocks.flatMap((block) => [block.span, ...block.nodes.map((node) => node.span)]),
    ...plan.cells.flatMap((cell) => cell.launches.map((launch) => launch.span)),
  ];
  for (const [source, start, end] of spans) {
    const text = plan.sources[source]?.text;
    if (text === undefined) yield complaint(`a span points into source ${source}, which does not exist`);
    else if (start > end || end > text.length)
      yield complaint(`a span covers ${start} to ${end} of a source of ${text.length} characters`);
  }
}
