// What transfers cost the host of a rank.
import type { CostParameters } from "../parameters/index.js";

/** Time of the host, in microseconds, to issue a group in which a rank sends and receives so many messages. */
export const groupIssueTime = (messages: number, parameters: CostParameters): number =>
  parameters.hostGroup + 2 * messages * parameters.hostMessage;

/** Time of the host, in microseconds, from the end of what it waits for until it knows the counts. */
export const hostReadTime = (parameters: CostParameters): number =>
  parameters.hostSynchronize + parameters.hostCopy;
