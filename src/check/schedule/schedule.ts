// A schedule: every setting read and held against its model and its cluster.
import { nearestName } from "../../diagnostics/did-you-mean.js";
import type { Span } from "../../diagnostics/span.js";
import type { Expr, ScheduleDecl } from "../../syntax/ast.js";
import type { Context } from "../context.js";
import type { Override } from "../overrides.js";
import type { MemoryRequirement, ScheduleSpec } from "../program.js";
import { readBatch } from "./batch.js";
import { checkChunks } from "./chunks.js";
import type { Target } from "./environment.js";
import { readExchange } from "./exchange.js";
import { readMode } from "./mode.js";
import { checkNodeAware } from "./node-aware.js";
import { readOverlap } from "./overlap.js";
import { readParallel } from "./parallel.js";
import { checkPlacement } from "./placeable.js";
import { readPlacement } from "./placement.js";
import { readPrecision } from "./precision.js";
import { readProfiles, type OptionProfile } from "./profile.js";
import { readRequirement } from "./requirements.js";
import { readRouting } from "./routing.js";
import { collectSettings, SETTINGS, type Given, type SettingName, type Settings } from "./settings.js";

/** Checks a schedule; undefined after reporting errors. `given`: profiles in place of those that it names. */
export function checkSchedule(
  declaration: ScheduleDecl,
  overrides: readonly Override[],
  target: Target,
  context: Context,
  given: readonly OptionProfile[] = [],
): ScheduleSpec | undefined {
  const settings = collectSettings(declaration, overrides, context);
  const required = (name: SettingName, example: string): Given | undefined =>
    settings.get(name) ?? reportMissing(declaration, name, example, context);
  const { span } = declaration.name;

  const modeGiven = required("mode", "mode = prefill");
  const mode = modeGiven && readMode(modeGiven, context);
  const batchGiven = required("batch", "batch = { sequences: 4, length: 4096, micro_batches: auto }");
  const batch = batchGiven && readBatch(batchGiven, mode?.value, context);
  const placement = readPlacement(orAuto(settings, "placement", span), context);
  const replicated =
    placement?.redundant !== undefined ||
    placement?.slots !== undefined ||
    placement?.constraints !== undefined;
  const parallel = readParallel(
    settings.get("parallel") ?? { value: { kind: "Record", span, fields: [] }, span },
    target,
    replicated,
    context,
  );
  const precision = readPrecision(settings.get("precision"), target.machine, context);
  const routing = readRouting(settings.get("routing") ?? word("uniform", span), target.gates, context);
  const exchange = readExchange(orAuto(settings, "exchange", span), context);
  const overlap = readOverlap(orAuto(settings, "overlap", span), batch, target, context);
  const requirements = declaration.requires.map((each) => readRequirement(each, context));
  const profiles = readProfiles(declaration.profiles, given, target, context);

  if (placement && parallel) checkPlacement(placement, parallel.ep, target.gates, target.machine, context);
  if (exchange && parallel) checkNodeAware(exchange, parallel.ep, target.machine, context);
  if (overlap && exchange && placement && parallel)
    checkChunks({ overlap, exchange, placement, parallel }, target.gates, context);
  const known = requirements.filter((each): each is MemoryRequirement => each !== undefined);
  if (!mode || !batch || !placement || !parallel || !precision || !routing || !exchange || !overlap)
    return undefined;
  if (known.length < requirements.length || !profiles) return undefined;
  return {
    name: declaration.name.text,
    span: declaration.span,
    mode,
    parallel,
    batch,
    precision,
    routing,
    placement,
    exchange,
    overlap,
    requirements: known,
    ...(profiles.length === 0 ? {} : { profiles }),
  };
}

/** A setting that is left out, as if it had been written where the schedule is named. */
function word(text: string, span: Span): Given {
  const value: Expr = { kind: "Name", text, span };
  return { value, span };
}

function orAuto(settings: Settings, name: SettingName, span: Span): Given {
  return settings.get(name) ?? word("auto", span);
}

function reportMissing(
  { name, settings }: ScheduleDecl,
  setting: SettingName,
  example: string,
  context: Context,
): undefined {
  const isMisspelt = settings.some((each) => nearestName(each.name.text, SETTINGS) === setting);
  if (!isMisspelt)
    context.reportAbsence("missing-setting", name.span, { schedule: name.text, name: setting, example });
  return undefined;
}
