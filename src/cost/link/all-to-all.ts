// An all-to-all of equal parts within one unit of the fastest tier, in closed form: what `TransferLinks.times` gives such a group.
import type { CostParameters } from "../parameters/index.js";
import { handshakeTime, portsOf, portTime } from "./ports.js";
import type { Topology } from "./topology.js";

/**
 * Time in microseconds of an all-to-all among so many GPUs. Each has a buffer of `bytes`, an equal part of it for every GPU,
 * itself included.
 */
export function allToAllTime(
  topology: Topology,
  gpus: number,
  bytes: number,
  sms: number,
  parameters: CostParameters,
): number {
  const ports = portsOf(topology, sms, parameters);
  const part = bytes / gpus;
  const busy = portTime(ports, 0, bytes - part, gpus, part, bytes);
  return parameters.transferStart + ports.latenciesUs[0]! + handshakeTime(part, parameters) + busy;
}
