// Notices a program that is never done with: nothing else in this process could, while it computes.
import { Worker } from "node:worker_threads";

/** Far more than any program takes, on a busy machine too. */
const LIMIT_MS = 180_000;

/** Number while none is watched. */
const PAUSED = -1;

/** Waits for the next program to begin; where none does in time, says which one was the last and ends the process. */
const SOURCE = `
const { workerData: { begun, limit, again } } = require("node:worker_threads");
const { writeSync } = require("node:fs");
for (;;) {
  const number = Atomics.load(begun, 0);
  if (Atomics.wait(begun, 0, number, number < 0 ? Infinity : limit) !== "timed-out") continue;
  writeSync(1, "program " + number + " is wrong: it is not done with after " + limit / 1000 + " s\\n");
  writeSync(1, "again: " + again + number + " --programs 1\\n");
  process.kill(process.pid);
}
`;

export class Watchdog {
  readonly #begun = new Int32Array(new SharedArrayBuffer(4));

  /** `again` begins a command line that the program's number completes. */
  constructor(again: string) {
    this.pause();
    new Worker(SOURCE, { eval: true, workerData: { begun: this.#begun, limit: LIMIT_MS, again } }).unref();
  }

  /** A program begins. */
  begin(number: number): void {
    Atomics.store(this.#begun, 0, number);
    Atomics.notify(this.#begun, 0);
  }

  /** What follows may take as long as it likes. */
  pause(): void {
    this.begin(PAUSED);
  }
}
