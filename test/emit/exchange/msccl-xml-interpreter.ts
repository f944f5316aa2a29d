// Reads MSCCL XML as strictly as its hand-written parser, and executes it: thread blocks step by step, messages matched first-in
// first-out by sender, receiver and channel, steps that wait for steps of other thread blocks.
import { interleave, type Actor } from "./interleave.js";
import { checkOutputs, fillInputs, Memory, type BufferName, type ChunkMatrix } from "./memory.js";

type Attributes = Readonly<Record<string, string>>;

interface Step {
  type: string;
  srcbuf: BufferName;
  srcoff: number;
  dstbuf: BufferName;
  dstoff: number;
  cnt: number;
  depid: number;
  deps: number;
  hasdep: number;
}

interface Block {
  send: number;
  recv: number;
  chan: number;
  steps: Step[];
}

interface GpuEntry {
  sizes: Record<BufferName, number>;
  blocks: Block[];
}

/** The GPUs of an algorithm. Throws at what the parsers of MSCCL refuse or have no room for. */
export function readMscclXml(text: string): GpuEntry[] {
  const gpus: GpuEntry[] = [];
  const open: string[] = [];
  let head: Attributes = {};
  let own = 0;
  for (const line of text.trimEnd().split("\n")) {
    const closing = /^ *<\/(\w+)>$/.exec(line);
    if (closing !== null) {
      if (open.pop() !== closing[1]) throw new Error(`${line} closes what is not open`);
      continue;
    }
    const opening = /^ *<(\w+)((?: \w+="[^"]*")+)(\/?)>$/.exec(line);
    if (opening === null) throw new Error(`malformed: ${line}`);
    const [, name, list, single] = opening;
    const attributes = Object.fromEntries(
      [...list!.matchAll(/ (\w+)="([^"]*)"/g)].map(([, key, value]) => [key!, value!]),
    );
    if (Object.keys(attributes).length > 16) throw new Error("too many attributes");
    const number = (key: string): number => {
      const value = Number(attributes[key]);
      if (attributes[key] === undefined || !Number.isInteger(value)) throw new Error(`${key} of ${line}`);
      return value;
    };
    const buffer = (key: string): BufferName => {
      const value = attributes[key]!;
      if (value !== "i" && value !== "o" && value !== "s") throw new Error(`${key} of ${line}`);
      return value;
    };
    if (single === "") open.push(name!);
    switch (open.join(" ") + (single === "" ? "" : ` ${name!}`)) {
      case "algo":
        head = attributes;
        break;
      case "algo gpu":
        if (number("id") !== gpus.length) throw new Error(`GPU ${number("id")} stands at ${gpus.length}`);
        gpus.push({
          sizes: { i: number("i_chunks"), o: number("o_chunks"), s: number("s_chunks") },
          blocks: [],
        });
        own = 1 + Number(head["ngpus"]);
        break;
      case "algo gpu tb": {
        const { blocks } = gpus.at(-1)!;
        if (number("id") !== blocks.length || blocks.length >= 216) throw new Error(`thread block: ${line}`);
        const [send, recv, chan] = [number("send"), number("recv"), number("chan")];
        if (send === gpus.length - 1 || recv === gpus.length - 1) throw new Error(`its own peer: ${line}`);
        if (chan < 0 || chan >= Math.min(32, Number(head["nchannels"]))) throw new Error(`channel: ${line}`);
        if (blocks.filter((block) => block.chan === chan).length >= 32) throw new Error(`full: ${line}`);
        if (send >= 0 && blocks.some((block) => block.send === send && block.chan === chan))
          throw new Error(`second with its peer and channel: ${line}`);
        blocks.push({ send, recv, chan, steps: [] });
        own++;
        break;
      }
      case "algo gpu tb step": {
        const { steps } = gpus.at(-1)!.blocks.at(-1)!;
        if (number("s") !== steps.length || steps.length >= 256) throw new Error(`step: ${line}`);
        if (number("cnt") < 0 || number("cnt") >= 72) throw new Error(`count: ${line}`);
        steps.push({
          type: attributes["type"]!,
          srcbuf: buffer("srcbuf"),
          srcoff: number("srcoff"),
          dstbuf: buffer("dstbuf"),
          dstoff: number("dstoff"),
          cnt: number("cnt"),
          depid: number("depid"),
          deps: number("deps"),
          hasdep: number("hasdep"),
        });
        own++;
        break;
      }
      default:
        throw new Error(`misplaced: ${line}`);
    }
    if (own >= 4096) throw new Error("too many nodes");
  }
  if (open.length > 0) throw new Error(`${open.join(" ")} is not closed`);
  checkHead(head, gpus);
  return gpus;
}

function checkHead(head: Attributes, gpus: readonly GpuEntry[]): void {
  for (const key of ["name", "proto", "nchannels", "nchunksperloop", "ngpus", "coll"])
    if (head[key] === undefined) throw new Error(`no ${key}`);
  if (head["inplace"] !== "0" || head["outofplace"] !== "1") throw new Error("not out of place");
  if (Number(head["ngpus"]) !== gpus.length) throw new Error("other GPUs than told");
  const [least, most] = [Number(head["minBytes"]), Number(head["maxBytes"])];
  const chunks = Number(head["nchunksperloop"]);
  // All ranks pass the same count to the call, and every chunk is as long.
  if (!(least > 0 && least <= most) || most % (gpus.length * chunks) !== 0) throw new Error("sizes");
  for (const { sizes, blocks } of gpus) {
    if (blocks.length === 0) throw new Error("a GPU without thread blocks");
    if (Math.max(sizes.i, sizes.o) > chunks) throw new Error("more chunks than a loop has");
    if (Math.max(sizes.i, sizes.o, sizes.s) > 32_767) throw new Error("offsets of more than 16 bits");
  }
}

/** A message that its receiver has yet to take. */
type Pipe = Uint8Array[][];

/**
 * Executes an algorithm; pipes between GPUs hold so many messages before senders have to wait, 0 where senders wait for
 * receivers. Throws where thread blocks wait for each other, read what is not there, or outputs end up wrong.
 */
export function executeMscclXml(
  gpus: readonly GpuEntry[],
  chunks: ChunkMatrix,
  seed: number,
  capacity: number,
): void {
  const memories = gpus.map(({ sizes }, id) => new Memory(id, sizes));
  fillInputs(memories, chunks);
  const pipes = new Map<string, Pipe>();
  const pipe = (from: number, to: number, chan: number): Pipe => {
    const key = `${from} ${to} ${chan}`;
    const known = pipes.get(key) ?? [];
    pipes.set(key, known);
    return known;
  };
  const actors = gpus.flatMap(({ blocks }, gpu) => {
    /** [thread block] the last of its steps that others wait for which is done. */
    const flags = blocks.map(() => -1);
    return blocks.map((block, id) =>
      threadBlock(`GPU ${gpu}, thread block ${id}`, block, {
        memory: memories[gpu]!,
        blocks,
        flags,
        id,
        sending: pipe(gpu, block.send, block.chan),
        receiving: pipe(block.recv, gpu, block.chan),
        capacity,
      }),
    );
  });
  interleave(actors, seed);
  for (const [key, left] of pipes) if (left.length > 0) throw new Error(`nobody receives ${key}`);
  checkOutputs(memories, chunks);
}

interface World {
  readonly memory: Memory;
  readonly blocks: readonly Block[];
  readonly flags: number[];
  readonly id: number;
  readonly sending: Pipe;
  readonly receiving: Pipe;
  readonly capacity: number;
}

function threadBlock(name: string, { send, recv, steps }: Block, world: World): Actor {
  const { memory, blocks, flags, id, sending, receiving, capacity } = world;
  let at = 0;
  let sent: Uint8Array[] | undefined;
  let awaited: (readonly [number, number])[] = [];
  const indices = ({ cnt }: Step): number[] => Array.from({ length: cnt }, (_, chunk) => chunk);
  /** It is tried again until it is done. */
  const attempt = (step: Step): "done" | "begun" | "blocked" => {
    switch (step.type) {
      case "s":
        if (send < 0) throw new Error(`${name} has no one to send to`);
        if (sent === undefined) {
          if (capacity > 0 && sending.length >= capacity) return "blocked";
          sent = indices(step).map((chunk) => memory.read(step.srcbuf, step.srcoff + chunk));
          sending.push(sent);
          return "begun";
        }
        // Without room, until it has been taken.
        if (capacity === 0 && sending.includes(sent)) return "blocked";
        sent = undefined;
        return "done";
      case "r": {
        if (recv < 0) throw new Error(`${name} has no one to receive from`);
        const message = receiving.shift();
        if (message === undefined) return "blocked";
        if (message.length !== step.cnt) throw new Error(`${name}: ${message.length} chunks for ${step.cnt}`);
        message.forEach((chunk, offset) => memory.write(step.dstbuf, step.dstoff + offset, chunk));
        return "done";
      }
      case "cpy":
        for (const chunk of indices(step))
          memory.write(step.dstbuf, step.dstoff + chunk, memory.read(step.srcbuf, step.srcoff + chunk));
        return "done";
      default:
        throw new Error(`${name}: type ${step.type}`);
    }
  };
  return {
    name,
    step: () => {
      const step = steps[at];
      if (step === undefined) {
        if (awaited.length > 0) throw new Error(`${name} ends with a nop`);
        return "done";
      }
      if (step.depid >= 0) {
        if (step.depid > 127 || blocks[step.depid]!.steps[step.deps]!.hasdep !== 1)
          throw new Error(`${name} waits for what gives no sign`);
        if (!awaited.some(([block, other]) => block === step.depid && other === step.deps))
          awaited.push([step.depid, step.deps]);
      } else if (awaited.length > 0) throw new Error(`${name}: a nop before a step that waits for nothing`);
      if (step.type !== "nop") {
        // The interpreter looks at all of them where there is something to do.
        if (!awaited.every(([block, other]) => flags[block]! >= other)) return "blocked";
        const outcome = attempt(step);
        if (outcome !== "done") return outcome === "begun" ? "moved" : "blocked";
        awaited = [];
        if (step.hasdep === 1) flags[id] = at;
      }
      at++;
      return "moved";
    },
  };
}
