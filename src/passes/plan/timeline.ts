// Cells and timeline of a step: each run of layers becomes a cell for every group of micro-batches that overlap.
import type { Program } from "../../check/program.js";
import type { Environment } from "../../plan/expression.js";
import type { Cell, Exchange, Launch, LayerRun, Placement, TimelineEntry } from "../../plan/types.gen.js";
import { InternalError } from "../../diagnostics/internal-error.js";
import type { Candidate } from "../candidate.js";
import { layerLaunches } from "../launches/launches.js";
import { streamShapes, type LaunchSite } from "../launches/site.js";
import type { OperatorGraph } from "../lower/graph.js";
import { BufferBook, type BufferDraft } from "../memory/buffers.js";
import type { Memo } from "../../simulate/index.js";
import { splitLayer } from "../overlap/across-layers.js";
import { scheduleCell, type Estimate } from "../overlap/cells.js";
import { dependencies, type DependencySettings } from "../overlap/dependencies.js";

export interface TimelineInput {
  readonly program: Program;
  readonly candidate: Candidate;
  readonly graphs: ReadonlyMap<string, OperatorGraph>;
  readonly exchanges: readonly Exchange[];
  readonly placements: readonly Placement[];
  readonly buffers: BufferBook;
  readonly environment: Environment;
  readonly known: KnownLaunches;
}

/**
 * Launches of layers, with the buffers that they name, by what they follow from. Neither their order, nor the SMs that transfers
 * take, nor what overlaps across layers changes them, so candidates share them.
 */
export type KnownLaunches = Memo<{
  readonly launches: readonly Launch[];
  readonly drafts: readonly BufferDraft[];
}>;

export interface CellsAndTimeline {
  readonly cells: Cell[];
  readonly timeline: TimelineEntry[];
}

/** Groups of micro-batches go through all layers one after the other; within a group they overlap. */
export function scheduleCells(
  input: TimelineInput,
  estimate: Estimate,
  settings: DependencySettings,
): CellsAndTimeline {
  const { candidate } = input;
  const runs = runsOf(input.program);
  const cells: Cell[] = [];
  const timeline: TimelineEntry[] = [];
  for (let first = 0; first < candidate.microBatches; first += candidate.batches)
    runs.forEach((run, index) => {
      const name = cellName(runs, index, first, candidate);
      const launches = Array.from({ length: candidate.batches }, (_, batch) =>
        launchesOf(input, runs, index, first + batch, first),
      ).flat();
      const schedule = (suffix: string, chosen: readonly Launch[], layer: number, repeat: number): void => {
        const draft = {
          name: name + suffix,
          block: run.block,
          microBatches: candidate.batches,
          launches: chosen,
          repeats: repeat > 1,
        };
        cells.push(scheduleCell(draft, estimate, settings));
        timeline.push({ cell: draft.name, layer, repeat, micro_batch: first });
      };
      const { head, tail } =
        candidate.acrossLayers !== undefined && run.repeat > 1
          ? splitLayer(launches, dependencies(launches, settings), candidate.acrossLayers)
          : { head: launches, tail: [] };
      if (tail.length === 0) {
        schedule("", launches, run.first, run.repeat);
        return;
      }
      schedule(".first", head, run.first, 1);
      schedule("", [...tail, ...head], run.first + 1, run.repeat - 1);
      schedule(".last", tail, run.first + run.repeat, 1);
    });
  return { cells, timeline };
}

/**
 * The model's runs of layers that compute anything, the very last such layer apart: its result is the model's and goes elsewhere.
 * A block may return its input.
 */
function runsOf({ model }: Program): readonly LayerRun[] {
  const idle = new Set(model.blocks.filter((each) => each.nodes.length === 0).map(({ name }) => name));
  const layers = model.layers.filter(({ block }) => !idle.has(block));
  const last = layers.at(-1);
  if (last === undefined || last.repeat === 1) return layers;
  const split = { ...last, first: last.first + last.repeat - 1, repeat: 1 };
  return [...layers.slice(0, -1), { ...last, repeat: last.repeat - 1 }, split];
}

/** The block's name, with a number where a block has several runs or a step several groups. */
function cellName(layers: readonly LayerRun[], index: number, first: number, candidate: Candidate): string {
  const block = layers[index]?.block ?? "";
  const several = layers.filter((each) => each.block === block).length > 1;
  const run = layers.slice(0, index).filter((each) => each.block === block).length;
  const group = candidate.batches === candidate.microBatches ? "" : `@${String(first)}`;
  return `${block}${several ? `.${String(run)}` : ""}${group}`;
}

function launchesOf(
  input: TimelineInput,
  layers: readonly LayerRun[],
  index: number,
  microBatch: number,
  firstMicroBatch: number,
): readonly Launch[] {
  const { candidate, exchanges, buffers } = input;
  const { launches, drafts } = input.known.of(
    [candidate.placement, candidate.microBatches, index, microBatch, firstMicroBatch, ...exchanges],
    () => {
      const book = new BufferBook();
      return {
        launches: newLaunches(input, layers, index, microBatch, firstMicroBatch, book),
        drafts: book.drafts,
      };
    },
  );
  for (const draft of drafts) buffers.note(draft);
  return launches;
}

function newLaunches(
  input: TimelineInput,
  layers: readonly LayerRun[],
  index: number,
  microBatch: number,
  firstMicroBatch: number,
  buffers: BufferBook,
): Launch[] {
  const { program, graphs, exchanges, placements, environment } = input;
  const run = layers[index];
  const graph = run === undefined ? undefined : graphs.get(run.block);
  if (run === undefined || graph === undefined) throw new InternalError(`run ${String(index)} has no block`);
  const site: LaunchSite = {
    graph,
    run,
    idle: run.first - layers.slice(0, index).reduce((sum, each) => sum + each.repeat, 0),
    earlier: layers
      .slice(0, index)
      .reduce((sum, each) => sum + (each.block === run.block ? each.repeat : 0), 0),
    uses: layers.reduce((sum, each) => sum + (each.block === run.block ? each.repeat : 0), 0),
    last: index === layers.length - 1,
    streams: streamShapes(program.model, environment),
    environment,
    microBatch,
    firstMicroBatch,
    exchanges,
    placements,
    buffers,
  };
  const { weights, activations } = program.schedule.precision;
  return layerLaunches(site, { environment, weightsDtype: weights, activationsDtype: activations });
}
