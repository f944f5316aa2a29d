// The bytes that the expected counts give a transfer's messages, and the time that they take.
import type { CostParameters } from "../cost/index.js";
import { InternalError } from "../diagnostics/internal-error.js";
import {
  ELEMENTS_PER_SCALE,
  AtomSpace,
  evaluate,
  type AtomLayout,
  type Group,
  type Phase,
  type PlanIndex,
  type PrecisionClass,
  type TransferLaunch,
} from "../plan/index.js";
import type { PhaseLinks } from "./phase-links.js";
import type { PhaseMessage } from "./phase-messages.js";
import type { PriceMemo } from "./price-memo.js";
import { entriesIn, type ExchangeTraffic } from "./traffic.js";

/** Bytes of a row of elements of a class of data, with its scales. */
export function rowBytes(index: PlanIndex, precisionClass: PrecisionClass, width: number): number {
  const precision = index.precision(precisionClass);
  const bytes = evaluate(precision.bytes, index.environment);
  const scale = evaluate(precision.scale_bytes, index.environment);
  return width * bytes + Math.ceil(width / ELEMENTS_PER_SCALE) * scale;
}

/** Bytes of one element (a row, or a count) that a transfer moves: that of its buffer `send`. */
function elementBytes(index: PlanIndex, launch: TransferLaunch, phase: Phase): number {
  const operand = launch.operands.find((each) => each.name === "send");
  if (operand === undefined) throw new InternalError(`transfer ${launch.id} has no operand \`send\``);
  const buffer = index.buffer(operand.buffer);
  if (phase.carries === "counts") return rowBytes(index, buffer.precision, 1);
  const width = buffer.shape.slice(1).reduce<number>((w, each) => w * evaluate(each, index.environment), 1);
  return rowBytes(index, buffer.precision, width);
}

/** Whether a transfer sends copies for nodes. */
function sentCopies(index: PlanIndex, launch: TransferLaunch): AtomLayout["copies"] {
  const operand = launch.operands.find((each) => each.name === "send");
  const name = operand === undefined ? undefined : index.buffer(operand.buffer).layout?.layout;
  return index.exchange(launch.exchange).layouts.find((each) => each.name === name)?.copies;
}

/** The communicator of a transfer. */
const groupOf = (index: PlanIndex, launch: TransferLaunch): Group =>
  index.group(index.phase(launch.exchange, launch.phase).group ?? index.exchange(launch.exchange).group);

/** The messages of a transfer between ranks of its communicator. */
export function phaseLinks(index: PlanIndex, launch: TransferLaunch, memo: PriceMemo): PhaseLinks {
  const { environment, plan } = index;
  const exchange = index.exchange(launch.exchange);
  const phase = index.phase(launch.exchange, launch.phase);
  const placement = index.placement(exchange.placement);
  const space = memo.spaces.of([exchange, placement], () => new AtomSpace(exchange, placement));
  const read = { phase, copies: sentCopies(index, launch), space, environment };
  return memo.links(plan.machine, groupOf(index, launch), read);
}

/** Prices a transfer for any layer's traffic. What does not depend on the traffic is worked out once. */
export class TransferPricer {
  readonly group: Group;
  readonly phase: PhaseLinks;
  readonly bytesEach: number;

  constructor(
    index: PlanIndex,
    launch: TransferLaunch,
    private readonly memo: PriceMemo,
    private readonly parameters: CostParameters,
  ) {
    const phase = index.phase(launch.exchange, launch.phase);
    this.group = groupOf(index, launch);
    this.bytesEach = elementBytes(index, launch, phase);
    this.phase = phaseLinks(index, launch, memo);
  }

  /**
   * For each instance of the communicator, time in microseconds that each of its ranks spends in the transfer once all ranks
   * it exchanges with have reached it.
   */
  prices(counts: ExchangeTraffic): readonly Float64Array[] {
    const elements = this.phase.messages.elements(counts);
    return this.memo.times(this.phase, elements, this.bytesEach, this.group.sms, this.parameters);
  }

  /** Messages between ranks of the communicator, in the order of each rank's steps. */
  get messages(): readonly PhaseMessage[] {
    return this.phase.messages.all;
  }

  /** What a message carries at these counts; a message of counts has no rows. */
  sizeOf(
    { carries }: PhaseMessage,
    counts: ExchangeTraffic,
  ): { readonly rows: number; readonly bytes: number } {
    if (this.phase.messages.carryCounts)
      return { rows: 0, bytes: this.bytesEach * entriesIn(carries, counts.space) };
    const rows = counts.rowsIn(carries);
    return { rows, bytes: this.bytesEach * rows };
  }
}
