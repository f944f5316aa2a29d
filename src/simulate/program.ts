// A role's timeline as tables for the event walk: what each launch waits for, on which stream and communicator it runs,
// and when its host issues it. The same for every rank of the role; durations are in prices.ts.
import { groupIssueTime, type CostParameters } from "../cost/index.js";
import { InternalError } from "../diagnostics/internal-error.js";
import {
  expandTimeline,
  isOnHost,
  type Launch,
  type LaunchInstance,
  type PlanIndex,
  type Role,
} from "../plan/index.js";
import { beginsKernel, deepEpExchange, kernelsOf, deepEpPart } from "./deepep/exchange.js";

export const COMPUTE = 0;
export const TRANSFER = 1;
export const READ = 2;

/** Tables by position in the role's host issue order. */
export interface RoleProgram {
  readonly role: Role;
  readonly launches: readonly LaunchInstance[];
  /** COMPUTE, TRANSFER or READ. */
  readonly kinds: Uint8Array;
  /** Index into the role's streams; -1 for host reads. */
  readonly streams: Int32Array;
  /** Index into the plan's groups; -1 for what is not a transfer. */
  readonly groups: Int32Array;
  /** SMs that each transfer holds. */
  readonly sms: Int32Array;
  /** How many transfers the role issued to the same group before. */
  readonly ordinals: Int32Array;
  /** Launches that wait for launch i: successors[successorBegin[i]] to successors[successorBegin[i + 1] - 1]. */
  readonly successorBegin: Int32Array;
  readonly successors: Int32Array;
  /** How many launches each waits for. */
  readonly dependencies: Int32Array;
  /** Microseconds from the moment when the host goes on after the last read until it has issued the launch. */
  readonly issueOffsets: Float64Array;
}

/** Compiles a role's timeline. */
export function roleProgram(index: PlanIndex, role: Role, parameters: CostParameters): RoleProgram {
  // Rounds cost nothing at the expected counts, by which no exchange exceeds its bound.
  const launches = expandTimeline(index.plan, role)
    .filter(({ launch }) => launch.kind !== "rounds")
    .map((each, at) => ({ ...each, index: at }));
  const count = launches.length;
  const streamIndex = new Map(role.streams.map((each, at) => [each.name, at]));
  const groupIndex = new Map(index.plan.groups.map((each, at) => [each.name, at]));
  const program = {
    role,
    launches,
    kinds: new Uint8Array(count),
    streams: new Int32Array(count).fill(-1),
    groups: new Int32Array(count).fill(-1),
    sms: new Int32Array(count),
    ordinals: new Int32Array(count),
    issueOffsets: new Float64Array(count),
  };
  const costs = new IssueCosts(index, parameters);
  const issued = new Int32Array(index.plan.groups.length);
  let offset = 0;
  launches.forEach(({ launch }, at) => {
    offset += costs.of(launch);
    program.issueOffsets[at] = offset;
    program.kinds[at] = launch.kind === "compute" ? COMPUTE : launch.kind === "transfer" ? TRANSFER : READ;
    if (isOnHost(launch)) {
      offset = 0;
      return;
    }
    program.streams[at] = known(streamIndex, launch.stream, role);
    if (launch.kind === "compute") return;
    const group = known(groupIndex, index.communicatorOf(launch), role);
    program.groups[at] = group;
    program.sms[at] = holdsSms(index, launch) ? index.plan.groups[group]!.sms : 0;
    program.ordinals[at] = issued[group]!;
    issued[group] = issued[group]! + 1;
  });
  return { ...program, ...dependencies(program.streams, program.groups, launches) };
}

/** With DeepEP's receive hook, nothing runs on the GPU while what low-latency kernels have sent is on its way. */
const holdsSms = (index: PlanIndex, launch: Launch): boolean =>
  deepEpExchange(index, launch) === undefined || kernelsOf(index) === "throughput";

function known(indices: ReadonlyMap<string, number>, name: string, role: Role): number {
  const found = indices.get(name);
  if (found === undefined)
    throw new InternalError(`role ${role.name} uses \`${name}\`, which it does not have`);
  return found;
}

/** Who waits for whom: the launch before on the stream, the transfer before on the communicator, and the latest records of events. */
function dependencies(
  streams: Int32Array,
  groups: Int32Array,
  launches: readonly LaunchInstance[],
): Pick<RoleProgram, "successorBegin" | "successors" | "dependencies"> {
  const lastOnStream = new Map<number, number>();
  const lastOnGroup = new Map<number, number>();
  const recorded = new Map<string, number>();
  const from: number[] = [];
  const to: number[] = [];
  const own = new Set<number>();
  launches.forEach(({ launch }, at) => {
    own.clear();
    for (const event of launch.waits) own.add(recorded.get(event) ?? -1);
    const stream = streams[at]!;
    if (stream >= 0) {
      own.add(lastOnStream.get(stream) ?? -1);
      lastOnStream.set(stream, at);
    }
    const group = groups[at]!;
    if (group >= 0) {
      own.add(lastOnGroup.get(group) ?? -1);
      lastOnGroup.set(group, at);
    }
    // CUDA: an event that nothing has recorded yet is not waited for.
    own.delete(-1);
    for (const earlier of own) {
      from.push(earlier);
      to.push(at);
    }
    for (const event of recordsOf(launch)) recorded.set(event, at);
  });
  return successorTable(from, to, launches.length);
}

const recordsOf = (launch: Launch): readonly string[] => (isOnHost(launch) ? [] : launch.records);

function successorTable(
  from: readonly number[],
  to: readonly number[],
  count: number,
): Pick<RoleProgram, "successorBegin" | "successors" | "dependencies"> {
  const successorBegin = new Int32Array(count + 1);
  const waitsFor = new Int32Array(count);
  from.forEach((earlier, edge) => {
    successorBegin[earlier + 1] = successorBegin[earlier + 1]! + 1;
    const later = to[edge]!;
    waitsFor[later] = waitsFor[later]! + 1;
  });
  for (let at = 0; at < count; at++) successorBegin[at + 1] = successorBegin[at + 1]! + successorBegin[at]!;
  const next = successorBegin.slice(0, count);
  const successors = new Int32Array(from.length);
  from.forEach((earlier, edge) => {
    const slot = next[earlier]!;
    successors[slot] = to[edge]!;
    next[earlier] = slot + 1;
  });
  return { successorBegin, successors, dependencies: waitsFor };
}

/** Time of the host to issue each launch, in microseconds. */
class IssueCosts {
  readonly #known = new Map<Launch, number>();

  constructor(
    private readonly index: PlanIndex,
    private readonly parameters: CostParameters,
  ) {}

  of(launch: Launch): number {
    const known = this.#known.get(launch);
    if (known !== undefined) return known;
    const cost = this.#cost(launch);
    this.#known.set(launch, cost);
    return cost;
  }

  #cost(launch: Launch): number {
    switch (launch.kind) {
      case "compute":
        return deepEpPart(deepEpExchange(this.index, launch), kernelsOf(this.index), launch) === "inside"
          ? 0
          : this.parameters.hostLaunch;
      case "transfer": {
        const exchange = deepEpExchange(this.index, launch);
        if (exchange !== undefined)
          return beginsKernel(this.index, exchange, launch) ? this.parameters.hostLaunch : 0;
        return groupIssueTime(this.index.phase(launch.exchange, launch.phase).steps.length, this.parameters);
      }
      case "read_counts":
      case "rounds":
        return 0;
      default:
        return launch satisfies never;
    }
  }
}
