// Simulates a priced plan: finds ranks that provably behave alike, walks the others, and says what happened on each rank.
import { chooseRanks, everyRank, type RankChoice } from "./alike.js";
import { isOnHost } from "../plan/index.js";
import type { PricedPlan, PricedRole } from "./priced-plan.js";
import type { Walked } from "./rank-walk.js";
import { walk } from "./walk.js";
import { walkFully } from "./flows/full-walk.js";

/** What happened on a rank. Ranks that behave alike share one value. */
export interface RankTimes extends Walked {
  readonly role: PricedRole;
  /** The rank that was walked for it. */
  readonly walkedAs: number;
  /** Time in which each of the role's streams works, in microseconds; transfers that wait for other ranks included. */
  readonly streamBusyUs: readonly number[];
}

export interface Simulation {
  /** Time from the first issue until the last launch has ended, in microseconds. */
  readonly makespanUs: number;
  /** By world rank. */
  readonly ranks: readonly RankTimes[];
  /** How many ranks were walked; the others behave like one of them. */
  readonly walkedRanks: number;
}

/** One launch of a rank, for traces. */
export interface SimulatedLaunch {
  readonly id: string;
  readonly layer: number;
  readonly microBatch: number;
  /** Name of the stream; undefined for what the host does. */
  readonly stream: string | undefined;
  readonly startUs: number;
  /** For transfers: when data began to move; before that it waited for other ranks. */
  readonly moveUs: number;
  readonly endUs: number;
}

/** Executes a priced plan. Throws StuckError where its launches wait for one another for ever. */
export function simulate(priced: PricedPlan): Simulation {
  const choice = chooseRanks(priced);
  return simulationOf(priced, choice, walk(choice.walkers, choice.meetingSizes));
}

/** Every rank walked, and every message a flow. */
export interface FullSimulation extends Simulation {
  /** Messages that moved, empty ones and those from a rank to itself included. */
  readonly flows: number;
  /** Transfers of DeepEP: its kernels send no messages of the plan, and are priced whole. */
  readonly whole: number;
  /** What happened to ranks and flows, one after the other. */
  readonly events: number;
}

/**
 * Executes a priced plan on every rank, with each message of each transfer as a flow over the ports of the machine. `onProgress`
 * is told the share of launches that have ended.
 */
export function simulateFully(priced: PricedPlan, onProgress?: (share: number) => void): FullSimulation {
  const choice = everyRank(priced);
  const { walked, flows, whole, events } = walkFully(priced, choice, onProgress);
  return { ...simulationOf(priced, choice, walked), flows, whole, events };
}

function simulationOf(priced: PricedPlan, choice: RankChoice, all: readonly Walked[]): Simulation {
  const walked = all.map((each, at) => timesOf(priced, choice, each, at));
  let makespanUs = 0;
  for (const { ends } of walked) for (const end of ends) makespanUs = Math.max(makespanUs, end);
  return {
    makespanUs,
    ranks: choice.walkedAs.map((at) => walked[at]!),
    walkedRanks: walked.length,
  };
}

function timesOf(priced: PricedPlan, choice: RankChoice, walked: Walked, at: number): RankTimes {
  const walkedAs = choice.worldRanks[at]!;
  const role = priced.roles[choice.roleOf[at]!]!;
  const busy = role.role.streams.map(() => 0);
  role.program.streams.forEach((stream, launch) => {
    if (stream >= 0) busy[stream] = busy[stream]! + walked.ends[launch]! - walked.starts[launch]!;
  });
  return { ...walked, role, walkedAs, streamBusyUs: busy };
}

/** What a rank did, in host issue order. */
export function launchesOf(times: RankTimes): readonly SimulatedLaunch[] {
  return times.role.program.launches.map(({ launch, layer, microBatch }, at) => ({
    id: launch.id,
    layer,
    microBatch,
    stream: isOnHost(launch) ? undefined : launch.stream,
    startUs: times.starts[at]!,
    moveUs: times.moves[at]!,
    endUs: times.ends[at]!,
  }));
}
