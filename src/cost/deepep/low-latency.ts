// DeepEP's low-latency kernels: no counts before the tokens, each token sent to each of its experts. They fill the GPU while they
// send and receive, and with the receive hook hold no SM in between.
import type { Machine } from "../../plan/index.js";
import type { CostParameters } from "../parameters/index.js";
import type { DeepEpLoad } from "./load.js";
import { latencyOf, portTimes, together, tripTime } from "./ports.js";
import type { Direction } from "./throughput.js";

/** Microseconds from a low-latency kernel's start until the tokens are there. `experts`: of all GPUs, replicas included. */
export function lowLatencyTime(
  machine: Machine,
  load: DeepEpLoad,
  direction: Direction,
  bytesEach: number,
  experts: number,
  parameters: CostParameters,
): number {
  // Experts are dealt out to as few SMs as serve them all in the same number of turns.
  const turns = Math.ceil(experts / machine.gpu.sms);
  const sms = Math.ceil(experts / turns);
  const dispatch = direction === "dispatch";
  const sent = dispatch ? bytesEach + parameters.deepepLowLatencyMetadata : bytesEach;
  const [nvlink, network] = portTimes(machine, load, sent, {
    nvlink: dispatch ? parameters.deepepLowLatencyNvlinkDispatch : parameters.deepepLowLatencyNvlinkCombine,
    network: parameters.deepepLowLatencyNetwork,
  });
  const tokenTime = dispatch
    ? parameters.deepepLowLatencyTokenTime + (bytesEach / parameters.deepepLowLatencyCastRate) * 1e6
    : (bytesEach / parameters.deepepLowLatencyReduceRate) * 1e6;
  const moving = together(parameters.deepepBottleneckNorm, (load.tokens * tokenTime) / sms, nvlink, network);
  const start = startTime(machine, load.nodes, turns, dispatch, parameters);
  return Math.max(start, latencyOf(machine, load)) + moving;
}

function startTime(
  machine: Machine,
  nodes: number,
  turns: number,
  dispatch: boolean,
  parameters: CostParameters,
): number {
  const trips = dispatch
    ? parameters.deepepLowLatencyDispatchTrips + turns * parameters.deepepLowLatencyDispatchExpertTrips
    : parameters.deepepLowLatencyCombineTrips + turns * parameters.deepepLowLatencyCombineExpertTrips;
  const network = nodes > 1 ? parameters.deepepLowLatencyNetworkStart : 0;
  const across = parameters.deepepLowLatencyStartAcross * Math.log2(nodes);
  return trips * tripTime(machine) + network + across;
}
