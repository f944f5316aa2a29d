// Runs kernels' CUDA code on the CPU, over the same memory and with the same arguments as their TypeScript and WGSL.
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import type { Runner } from "../exchange-case.js";
import type { Launch } from "../node-case.js";
import { buildEmulated } from "./build.js";

const bits = new DataView(new ArrayBuffer(4));
function bitsOf(value: number): number {
  bits.setFloat32(0, value);
  return bits.getUint32(0);
}

/** The line by which the server is told of a launch. */
function lineOf({ kernel, args }: Launch): string {
  const words = kernel.params.map(({ name, type }) => {
    const value = args[name]!;
    return `${name}=${type === "f32" ? bitsOf(value) : value}`;
  });
  return `launch ${kernel.name} ${words.join(" ")}\n`;
}

export interface EmulatedKernels {
  readonly run: Runner;
  close(): void;
}

/** A process that serves requests one after the other. */
class Server {
  readonly #process: ChildProcessWithoutNullStreams;
  #received: Buffer[] = [];
  #last: Promise<unknown> = Promise.resolve();
  #arrived: () => void = () => undefined;
  #error = "";

  constructor(program: string) {
    this.#process = spawn(program);
    this.#process.stdout.on("data", (data: Buffer) => {
      this.#received.push(data);
      this.#arrived();
    });
    this.#process.stderr.on("data", (data: Buffer) => (this.#error += data.toString()));
    this.#process.on("exit", () => {
      this.#arrived();
    });
  }

  run(memory: Uint32Array, launches: readonly Launch[]): Promise<Uint32Array> {
    const answer = this.#last.then(() => this.#ask(memory, launches));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  async #ask(memory: Uint32Array, launches: readonly Launch[]): Promise<Uint32Array> {
    const stdin = this.#process.stdin;
    stdin.write(`${launches.map(lineOf).join("")}memory ${memory.length}\n`);
    stdin.write(Buffer.from(memory.buffer, memory.byteOffset, memory.byteLength));
    const bytes = await this.#read(memory.byteLength);
    return new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  }

  async #read(length: number): Promise<Buffer> {
    for (;;) {
      const all = Buffer.concat(this.#received);
      this.#received = [all];
      if (all.length >= length) {
        this.#received = [all.subarray(length)];
        return all.subarray(0, length);
      }
      if (this.#process.exitCode !== null || this.#process.signalCode !== null)
        throw new Error(`the emulated kernels ended: ${this.#error}`);
      await new Promise<void>((resolve) => (this.#arrived = resolve));
    }
  }

  close(): void {
    this.#process.stdin.end();
  }
}

export async function emulatedKernels(): Promise<EmulatedKernels> {
  const server = new Server(await buildEmulated("server.cpp", "-O2"));
  return {
    run: (memory, launches) => server.run(memory, launches),
    close: () => {
      server.close();
    },
  };
}
