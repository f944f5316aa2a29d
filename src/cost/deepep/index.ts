// What other folders use of the model of DeepEP.
export * from "./load.js";
export { portTimesOf } from "./ports.js";
export * from "./throughput.js";
export * from "./low-latency.js";
