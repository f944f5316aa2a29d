// What prices of plans of one machine share. Everything in it follows from its keys, so a plan has the same prices with a
// memo that others have used as with a new one.
import {
  computeTime,
  Topology,
  type ComputeWork,
  type CostParameters,
  type DeepEpLoad,
} from "../cost/index.js";
import {
  namesIn,
  type AtomSet,
  type AtomSpace,
  type Expr,
  type Group,
  type Machine,
  type Phase,
  type Ranks,
} from "../plan/index.js";
import type { CopiesOfRank } from "./deepep/copies.js";
import { Memo } from "./memo.js";
import { PhaseLinks } from "./phase-links.js";
import { PhaseMessages, type ReadPhase } from "./phase-messages.js";
import type { ExchangeTraffic } from "./traffic.js";
import type { KernelWork } from "./works.js";

export class PriceMemo {
  /** Expected counts: see `Traffic`. */
  readonly traffic = new Memo<ExchangeTraffic>();
  readonly #topologies = new Memo<Topology>();
  readonly #closed = new Memo<boolean>();
  readonly #messages = new Memo<PhaseMessages>();
  readonly #links = new Memo<PhaseLinks>();
  readonly #times = new Memo<readonly Float64Array[]>();
  /** By launch and dimensions. */
  readonly kernelWorks = new Memo<KernelWork>();
  /** Says what a launch's work is, in a form that is equal for equal works: micro-batches have them, and candidates. */
  readonly workTexts = new Memo<string>();
  /** By exchange and placement. */
  readonly spaces = new Memo<AtomSpace>();
  /** What DeepEP's kernels carry: see `DeepEpTransferPricer`. */
  readonly deepEpLoads = new Memo<DeepEpLoad>();
  /** The same by rank: see `DeepEpBytes`. */
  readonly deepEpCopies = new Memo<CopiesOfRank>();
  /** Works of a kernel on the ranks of a role: see `RolePricer`. */
  readonly works = new Memo<readonly ComputeWork[]>();
  readonly #kernels = new Memo<readonly number[]>();

  topology(machine: Machine): Topology {
    return this.#topologies.of([machine], () => new Topology(machine));
  }

  /** The messages of a phase on a communicator, on their ways through the machine. */
  links(machine: Machine, { instances }: Group, read: ReadPhase): PhaseLinks {
    const { phase, copies, space, environment } = read;
    const scope = this.#closed.of([phase], () => namesRankAlone(phase)) ? undefined : environment;
    const messages = this.#messages.of([phase, copies, space.ranks, scope], () => new PhaseMessages(read));
    return this.#links.of(
      [machine, instances, messages],
      () => new PhaseLinks(this.topology(machine), instances, messages, space.ranks),
    );
  }

  /** Microseconds that each of these works takes with so many SMs. */
  kernels(
    { gpu }: Machine,
    works: readonly ComputeWork[],
    sms: number,
    parameters: CostParameters,
  ): readonly number[] {
    return this.#kernels.of([gpu, works, sms, parameters], () =>
      works.map((work) => computeTime(gpu, work, sms, parameters)),
    );
  }

  /** `PhaseLinks.times`. */
  times(
    links: PhaseLinks,
    elements: Float64Array,
    bytesEach: number,
    sms: number,
    parameters: CostParameters,
  ): readonly Float64Array[] {
    return this.#times.of([links, elements, bytesEach, sms, parameters], () =>
      links.times(elements, bytesEach, sms, parameters),
    );
  }
}

/** Whether the steps of a phase mean the same in every plan: they name nothing but the rank. */
function namesRankAlone({ steps }: Phase): boolean {
  const names = (expr: Expr): boolean => namesIn(expr).every((name) => name === "rank");
  const inRanks = (ranks: Ranks): boolean =>
    ranks === "all" || names(typeof ranks === "object" && "first" in ranks ? ranks.first : ranks);
  const inSet = ({ source, host, slot }: AtomSet): boolean =>
    inRanks(source) && inRanks(host) && (slot === undefined || names(slot));
  return steps.every(
    ({ to, from, send, receive }) => names(to) && names(from) && inSet(send) && inSet(receive),
  );
}
