// Prices by measurement: how many times what the models say a kernel or transfer takes, by what the user measured.
import type { ComputeWork, CostParameters } from "../../cost/index.js";
import type { ComputeLaunch, Launch, MeasuredTime, PlanIndex, TransferLaunch } from "../../plan/index.js";
import type { PriceMemo } from "../price-memo.js";
import { matchesOf, type Match } from "./matching.js";
import { RatioCurve, type Fit, type RatioPoint } from "./ratio-curve.js";
import { Reference } from "./reference.js";
import { productRowsOf, rowsOf } from "./shapes.js";
import { Targets, type Target } from "./targets.js";

/** What was measured of a target. */
interface Known {
  readonly curve: RatioCurve;
  readonly times: readonly MeasuredTime[];
}

/** A kernel or transfer whose price is measured, at the plan's mean. */
export interface MeasuredTarget {
  readonly target: Target;
  readonly fit: Fit;
  /** What the models say, in microseconds; of a transfer, of the slowest rank. */
  readonly modelUs: number;
  readonly timeUs: number;
  readonly times: readonly MeasuredTime[];
}

export class MeasuredTimes {
  readonly targets: Targets;
  readonly #reference: Reference;
  readonly #known = new Map<Target, Known | undefined>();

  constructor(
    private readonly index: PlanIndex,
    private readonly times: readonly MeasuredTime[],
    parameters: CostParameters,
    memo: PriceMemo,
  ) {
    this.targets = new Targets(index);
    this.#reference = new Reference(index, parameters, memo);
  }

  /** Measured over modelled time of a kernel with this work on a rank. */
  ofKernel(launch: ComputeLaunch, work: ComputeWork): number {
    const curve = this.#curveOf(launch);
    return curve === undefined ? 1 : curve.at(this.#reference.tokens * sizeOver(launch, work)).ratio;
  }

  ofTransfer(launch: TransferLaunch): number {
    return this.#curveOf(launch)?.at(this.#reference.tokens).ratio ?? 1;
  }

  /** The least of the ratios of an exchange's transfers of rows in one direction, where it is less than 1: for bounds. */
  leastOf(exchange: string, direction: "dispatch" | "combine"): number {
    const ratios = this.targets.all
      .filter((each) => each.kind === "transfer" && each.exchange.name === exchange && each.carriesRows)
      .filter(({ of }) => of.op === direction)
      .map((target) => this.#of(target)?.curve.at(this.#reference.tokens).ratio ?? 1);
    return Math.min(1, ...ratios);
  }

  /** All that is measured, in the order of the plan's cells. */
  get measured(): readonly MeasuredTarget[] {
    return this.targets.all.flatMap((target) => {
      const known = this.#of(target);
      if (known === undefined) return [];
      const { ratio, fit } = known.curve.at(this.#reference.tokens);
      const modelUs = this.#reference.timeUs(target, this.#reference.tokens, undefined);
      return [{ target, fit, modelUs, timeUs: modelUs * ratio, times: known.times }];
    });
  }

  /** Whether a measurement is of something in the plan, though others may say more of it. */
  concerns(time: MeasuredTime): boolean {
    return this.targets.all.some((target) =>
      matchesOf(target, [time], this.index).some((match) => this.#point(target, match) !== undefined),
    );
  }

  #curveOf(launch: Launch): RatioCurve | undefined {
    const target = this.targets.of(launch);
    return target && this.#of(target)?.curve;
  }

  #of(target: Target): Known | undefined {
    if (!this.#known.has(target)) this.#known.set(target, this.#find(target));
    return this.#known.get(target);
  }

  #find(target: Target): Known | undefined {
    const points: RatioPoint[] = [];
    const times: MeasuredTime[] = [];
    for (const match of matchesOf(target, this.times, this.index)) {
      const point = this.#point(target, match);
      if (point === undefined) continue;
      points.push(point);
      times.push(match.time);
    }
    return points.length === 0 ? undefined : { curve: new RatioCurve(points), times };
  }

  #point(target: Target, { time, scope }: Match): RatioPoint | undefined {
    const tokens = this.#tokensOf(target, time);
    if (tokens === undefined)
      return time.scale === undefined ? undefined : { tokens: Infinity, ratio: time.scale };
    if (time.scale !== undefined) return { tokens, ratio: time.scale };
    const modelled = scope.reduce((sum, each) => sum + this.#reference.timeUs(each, tokens, time.sms), 0);
    const ratio = (time.time_us ?? 0) / modelled;
    return Number.isFinite(ratio) && ratio > 0 ? { tokens, ratio } : undefined;
  }

  /** The tokens of a micro-batch at which a measurement was made. */
  #tokensOf(target: Target, { tokens, rows, m }: MeasuredTime): number | undefined {
    const own = this.#reference.tokens;
    const [measured, here] =
      tokens !== undefined
        ? [tokens, own]
        : rows !== undefined
          ? [rows, rowsOf(target)]
          : [m, m === undefined ? 0 : productRowsOf(target)];
    if (measured === undefined || here === 0 || own === 0) return undefined;
    return measured === here ? own : (own * measured) / here;
  }
}

/** How much a kernel has to do on a rank, over the mean: by its matrix product's rows, else by its arithmetic or its bytes. */
function sizeOver({ work }: ComputeLaunch, { gemm, flops, bytes }: ComputeWork): number {
  const [own, mean] =
    gemm !== undefined && work.gemm !== undefined
      ? [gemm.groupRows.reduce((sum, each) => sum + each, 0), work.gemm.m.value]
      : work.flops.value > 0
        ? [flops, work.flops.value]
        : [bytes, work.bytes.value];
  return own > 0 && mean > 0 ? own / mean : 1;
}
