// What the models say of the shape that was measured: the same operator with so many tokens a micro-batch, in one piece, with
// so many SMs, and with every expert chosen equally often.
import { computeTime, type ComputeWork, type CostParameters } from "../../cost/index.js";
import {
  dimensionEnvironment,
  evaluate,
  PlanIndex,
  wholePhase,
  type Dimension,
  type Exchange,
  type LaunchPlan,
  type Phase,
  type Routing,
  type Sized,
  type Step,
} from "../../plan/index.js";
import type { PriceMemo } from "../price-memo.js";
import { Traffic } from "../traffic.js";
import { transferPricer } from "../transfer-pricer.js";
import { nameOf, type KernelTarget, type Target, type TransferTarget } from "./targets.js";

export class Reference {
  /** Tokens of a rank's micro-batch in the plan. */
  readonly tokens: number;
  readonly #indices = new Map<number, PlanIndex>();
  readonly #times = new Map<string, number>();

  constructor(
    private readonly index: PlanIndex,
    private readonly parameters: CostParameters,
    private readonly memo: PriceMemo,
  ) {
    this.tokens = index.environment("tokens") ?? 0;
  }

  /** Microseconds that a kernel takes, or the slowest rank spends in a transfer; `sms` of its communicator where undefined. */
  timeUs(target: Target, tokens: number, sms: number | undefined): number {
    const key = `${nameOf(target)} ${String(tokens)} ${String(sms)}`;
    const known = this.#times.get(key);
    if (known !== undefined) return known;
    const time =
      target.kind === "kernel" ? this.#kernel(target, tokens, sms) : this.#transfer(target, tokens, sms);
    this.#times.set(key, time);
    return time;
  }

  #kernel(target: KernelTarget, tokens: number, sms: number | undefined): number {
    const { gpu } = this.index.plan.machine;
    return computeTime(gpu, wholeWork(target, this.#at(tokens)), sms ?? gpu.sms, this.parameters);
  }

  #transfer({ launch, part, of }: TransferTarget, tokens: number, sms: number | undefined): number {
    const { plan } = this.#at(tokens);
    const exchanges = plan.exchanges.map(wholeExchange);
    const groups = sms === undefined ? plan.groups : plan.groups.map((each) => ({ ...each, sms }));
    const routing = plan.routing.map(equalLoads);
    const index = new PlanIndex({ ...plan, exchanges, groups, routing });
    const run = plan.model.layers.find(({ block }) => block === of.block);
    const traffic = new Traffic(index, this.memo.traffic).of(launch.exchange, run?.first ?? 0);
    const { slots: _, ...whole } = { ...launch, phase: part };
    const prices = transferPricer(index, whole, this.memo, this.parameters).prices(traffic);
    return prices.reduce((most, ranks) => ranks.reduce((longest, each) => Math.max(longest, each), most), 0);
  }

  /** The plan with other tokens; its launches are those of the plan. */
  #at(tokens: number): PlanIndex {
    if (tokens === this.tokens) return this.index;
    const known = this.#indices.get(tokens);
    if (known !== undefined) return known;
    const { plan } = this.index;
    const made = new PlanIndex({ ...plan, dimensions: withTokens(plan, tokens / this.tokens) });
    this.#indices.set(tokens, made);
    return made;
  }
}

/** So many times the sequences, whole or not. */
function withTokens({ dimensions }: LaunchPlan, times: number): Dimension[] {
  const changed: Dimension[] = [];
  for (const each of dimensions)
    changed.push(
      each.kind === "derived" && each.expr !== undefined
        ? { ...each, value: evaluate(each.expr, dimensionEnvironment(changed)) }
        : each.kind === "sequences"
          ? { ...each, value: each.value * times }
          : each,
    );
  return changed;
}

/** The work of a kernel with all its chunks, and equally full groups. */
export function wholeWork({ launches }: KernelTarget, { environment }: PlanIndex): ComputeWork {
  const works = launches.map(({ work }) => work);
  const sum = (sizes: readonly Sized[]): number =>
    sizes.reduce((all, { expr }) => all + evaluate(expr, environment), 0);
  const [first] = works;
  const { class: kind = "memory", dtype } = first ?? {};
  const products = works.flatMap(({ gemm }) => (gemm === undefined ? [] : [gemm]));
  const [product] = products;
  const groups = sum(products.map((each) => each.groups));
  const rows = sum(products.map(({ m }) => m));
  return {
    class: kind,
    flops: sum(works.map(({ flops }) => flops)),
    bytes: sum(works.map(({ bytes }) => bytes)),
    ...(dtype === undefined ? {} : { dtype }),
    ...(product === undefined
      ? {}
      : {
          gemm: {
            groupRows: new Array<number>(groups).fill(rows / groups),
            n: evaluate(product.n.expr, environment),
            k: evaluate(product.k.expr, environment),
          },
        }),
  };
}

const wholes = new WeakMap<Exchange, Exchange>();

/** An exchange whose rows travel in one piece. */
function wholeExchange(exchange: Exchange): Exchange {
  if (exchange.chunks === undefined) return exchange;
  const known = wholes.get(exchange);
  if (known !== undefined) return known;
  const phases = new Map<string, Phase>();
  for (const phase of exchange.phases) {
    const name = wholePhase(phase.name);
    const steps = [...(phases.get(name)?.steps ?? []), ...phase.steps.map(wholeStep)];
    phases.set(name, { ...phase, name, steps });
  }
  const merged = [...phases.values()].map((phase) => ({ ...phase, steps: distinct(phase.steps) }));
  const { chunks: _, ...rest } = exchange;
  const whole = { ...rest, phases: merged };
  wholes.set(exchange, whole);
  return whole;
}

/** A step without the slots of its chunk. */
function wholeStep({ send, receive, ...step }: Step): Step {
  const { slots: _, ...sent } = send;
  const { slots: __, ...received } = receive;
  return { ...step, send: sent, receive: received };
}

const distinct = (steps: readonly Step[]): Step[] => [
  ...new Map(steps.map((each) => [JSON.stringify(each), each])).values(),
];

const equals = new WeakMap<Routing, Routing>();

/** Every expert chosen equally often, in all layers. The same routing gives the same object, which memos know again. */
function equalLoads(routing: Routing): Routing {
  const experts = routing.loads[0]?.length ?? 0;
  const known = equals.get(routing) ?? {
    ...routing,
    loads: [new Array<number>(experts).fill(1 / Math.max(1, experts))],
  };
  equals.set(routing, known);
  return known;
}
