// The order of an execution: hosts that issue, streams that run first in first out, events, communicators; whatever may
// happen next, happens by chance. Knows nothing of memory or kernels, and depends on its seed alone.
import { InternalError } from "../../diagnostics/internal-error.js";
import { isOnHost, type LaunchInstance } from "../../plan/index.js";
import { ExecutionFailure } from "../failure.js";
import { Choices } from "./choices.js";
import { Communicator, type Message } from "./communicator.js";
import { whatWaits, type HostState } from "./deadlock.js";
import { advance, stepOf, type HostStep, type RoundLaunch, type TokenRange } from "./host.js";
import { Progress } from "./progress.js";
import type { Executor, RankProgram, Task } from "./task.js";

type Action =
  | { readonly kind: "host"; readonly rank: number }
  | { readonly kind: "launch"; readonly task: Task }
  | Message;

/** The host of a rank and what it has issued. */
interface RankState extends HostState {
  readonly streams: readonly string[];
  /** By stream, what was issued and is not done. */
  readonly queues: ReadonlyMap<string, Task[]>;
  /** By event, the latest task issued that records it. */
  readonly records: Map<string, Task>;
}

export class Engine {
  readonly #executor: Executor;
  readonly #ranks: readonly RankState[];
  readonly #choices: Choices<Action>;
  readonly #actorsPerRank: number;
  readonly #communicators = new Map<string, Communicator>();
  readonly #progress: Progress;
  /** Hosts that read counts only when nothing else can happen. */
  #late: RankState[] = [];

  constructor(
    programs: readonly RankProgram[],
    executor: Executor,
    seed: number,
    onProgress?: (share: number) => void,
  ) {
    this.#executor = executor;
    this.#progress = new Progress(programs, onProgress);
    this.#actorsPerRank = 1 + Math.max(...programs.map((each) => each.streams.length));
    this.#choices = new Choices(programs.length, this.#actorsPerRank, seed);
    this.#ranks = programs.map(({ instances, streams }, rank) => ({
      rank,
      instances,
      streams,
      next: 0,
      rounds: undefined,
      issuedInRounds: 0,
      blockedBy: [],
      queues: new Map(streams.map((each) => [each, []])),
      records: new Map(),
    }));
  }

  /** [rank][index in its program]: whether the launch was executed. */
  get executed(): readonly (readonly boolean[])[] {
    return this.#progress.executed;
  }

  /**
   * Executes everything.
   * @throws {ExecutionFailure} on a deadlock, on ends of a message that disagree, and whatever the executor throws
   */
  async run(): Promise<void> {
    for (const state of this.#ranks) this.#arrive(state);
    for (;;) {
      let action = this.#choices.take("spared");
      if (action === undefined && this.#late.length > 0) {
        const late = this.#late;
        this.#late = [];
        await this.#read(late);
        continue;
      }
      action ??= this.#choices.take("all");
      if (action === undefined) break;
      switch (action.kind) {
        case "host": {
          const state = this.#ranks[action.rank]!;
          if (stepOf(state)?.kind === "read") await this.#read([state]);
          else this.#step(state);
          break;
        }
        case "launch": {
          const finished = this.#start(action.task);
          if (finished !== undefined) await finished;
          break;
        }
        case "copy":
          this.#copy(action);
          break;
        default:
          action satisfies never;
      }
    }
    const waiting = this.#ranks.flatMap((state) => whatWaits(state, state.queues, this.#communicators));
    if (waiting.length > 0)
      throw new ExecutionFailure({
        kind: "deadlock",
        message: `nothing can go on: ${waiting[0] ?? ""}${waiting.length > 1 ? ` (and ${waiting.length - 1} more wait)` : ""}`,
        waiting,
      });
  }

  /** Looks at what the host does next and offers it as soon as it may. */
  #arrive(state: RankState): void {
    const step = stepOf(state);
    if (step === undefined) return;
    const offer = () => {
      // A read waits for a backend to finish, so most of them are made together: all of these hosts are slow.
      if (step.kind === "read" && !this.#choices.oneIn(this.#ranks.length)) this.#late.push(state);
      else this.#choices.offer(state.rank * this.#actorsPerRank, { kind: "host", rank: state.rank });
    };
    state.blockedBy = this.#awaited(state, step);
    let pending = state.blockedBy.length;
    if (pending === 0) offer();
    for (const task of state.blockedBy)
      task.followers.push(() => {
        if (--pending === 0) offer();
      });
  }

  /** What the host waits for before a step: events before it reads counts, and everything around and within rounds. */
  #awaited(state: RankState, step: HostStep): Task[] {
    const everything = () => [...state.queues.values()].flat();
    switch (step.kind) {
      case "issue":
        return step.tokens === undefined ? [] : everything();
      case "read":
        return step.tokens === undefined ? this.#unfinished(state, step.instance) : everything();
      case "enter":
        return this.#roundsOf(state, step) === undefined ? [] : everything();
      case "leave":
        return everything();
      default:
        return step satisfies never;
    }
  }

  #roundsOf({ rank }: RankState, { kind, instance }: HostStep): readonly RoundLaunch[] | undefined {
    return kind === "enter" ? this.#executor.rounds(rank, instance) : undefined;
  }

  async #read(states: readonly RankState[]): Promise<void> {
    const steps = states.map((state) => stepOf(state)!);
    await this.#executor.readCounts(steps.map((step, index) => ({ ...step, rank: states[index]!.rank })));
    steps.forEach((step, index) => {
      this.#goOn(states[index]!, step);
    });
  }

  #step(state: RankState): void {
    const step = stepOf(state)!;
    if (step.kind === "issue") this.#issue(state, step.instance, step.tokens);
    this.#goOn(state, step);
  }

  /** Goes on behind a step. What is issued is marked when it has finished, an entry with rounds behind them. */
  #goOn(state: RankState, step: HostStep): void {
    const rounds = this.#roundsOf(state, step);
    const isDone = step.kind === "read" ? step.tokens === undefined : step.kind !== "issue";
    if (isDone && rounds === undefined) this.#progress.mark(state.rank, step.instance);
    state.blockedBy = [];
    advance(state, step, rounds);
    this.#arrive(state);
  }

  #issue(state: RankState, instance: LaunchInstance, tokens: TokenRange | undefined): void {
    const { launch } = instance;
    if (isOnHost(launch)) throw new InternalError(`${launch.id} runs on no stream`);
    const { stream } = launch;
    const effect = this.#executor.issue(state.rank, instance, tokens);
    const communicator = effect.kind === "transfer" ? this.#communicator(effect.communicator) : undefined;
    // Before each launch of a round the host has waited for everything.
    const waits = tokens === undefined ? this.#unfinished(state, instance) : [];
    const task: Task = {
      rank: state.rank,
      instance,
      inRound: tokens !== undefined,
      stream,
      effect,
      waits,
      pendingWaits: waits.length,
      position: communicator?.nextPosition(state.rank) ?? 0,
      followers: [],
      offered: false,
      started: false,
      done: false,
      pendingMessages: 0,
    };
    communicator?.issue(task);
    for (const wait of waits)
      wait.followers.push(() => {
        task.pendingWaits--;
        this.#offerIfReady(task);
      });
    const queue = state.queues.get(stream);
    if (queue === undefined) throw new InternalError(`rank ${state.rank} has no stream ${stream}`);
    queue.push(task);
    // Recorded behind the launch, so a launch never waits for itself.
    for (const event of launch.records) state.records.set(event, task);
    this.#offerIfReady(task);
  }

  /** CUDA's rule: a wait means the latest record issued before it, and nothing where there is none. */
  #unfinished(state: RankState, { launch }: LaunchInstance): Task[] {
    const recorded = launch.waits.flatMap((event) => state.records.get(event) ?? []);
    return [...new Set(recorded)].filter((task) => !task.done);
  }

  #offerIfReady(task: Task): void {
    const isHead = this.#ranks[task.rank]!.queues.get(task.stream)?.[0] === task;
    if (task.offered || task.pendingWaits > 0 || !isHead) return;
    if (task.effect.kind === "transfer" && !this.#communicator(task.effect.communicator).isTurnOf(task))
      return;
    task.offered = true;
    this.#choices.offer(this.#actorOf(task), { kind: "launch", task });
  }

  /** Gives a promise where something waits for a backend. */
  #start(task: Task): Promise<void> | undefined {
    task.started = true;
    if (task.effect.kind === "compute") {
      const running = task.effect.run();
      if (running !== undefined) return running.then(() => this.#finish(task));
      this.#finish(task);
      return undefined;
    }
    task.effect.start();
    task.pendingMessages = task.effect.sends.length + task.effect.receives.length;
    if (task.pendingMessages === 0) this.#finish(task);
    for (const message of this.#communicator(task.effect.communicator).post(task))
      this.#choices.offer(this.#actorOf(message.receiver), message);
    return undefined;
  }

  #copy({ sender, receiver, send, receive }: Message): void {
    this.#executor.copy(send, receive, receiver.inRound);
    for (const task of [sender, receiver]) if (--task.pendingMessages === 0) this.#finish(task);
  }

  #finish(task: Task): void {
    task.done = true;
    if (!task.inRound) this.#progress.mark(task.rank, task.instance);
    const queue = this.#ranks[task.rank]!.queues.get(task.stream)!;
    queue.shift();
    for (const follow of task.followers) follow();
    if (task.effect.kind === "transfer") {
      const next = this.#communicator(task.effect.communicator).finish(task);
      if (next !== undefined) this.#offerIfReady(next);
    }
    const head = queue[0];
    if (head !== undefined) this.#offerIfReady(head);
  }

  #actorOf(task: Task): number {
    return task.rank * this.#actorsPerRank + 1 + this.#ranks[task.rank]!.streams.indexOf(task.stream);
  }

  #communicator(name: string): Communicator {
    let communicator = this.#communicators.get(name);
    if (communicator === undefined) this.#communicators.set(name, (communicator = new Communicator()));
    return communicator;
  }
}
