// What is divided over the rails of a node, and which ports a part of it takes on each rail.
import { railsMode, type RailsBy } from "./mode.js";
import type { Demand } from "../demand.js";
import type { Fabric } from "../price/fabric.js";

/** Something that has shares of its own: what a rank has for another, for a node, or what all have for a rank. */
export interface Parcel {
  /** Source's rank; none where it stands for all of other nodes. */
  readonly source: number | undefined;
  readonly node: number;
  /** Destination's rank; none where it stands for all of the node. */
  readonly destination: number | undefined;
  /** Rows (or copies) that cross. */
  readonly crossing: number;
}

/** The parcels of a demand, the largest first. */
export function parcelsOf(demand: Demand): Parcel[] {
  const { ranks, nodes, ranksPerNode: size, rows, crossing } = demand;
  const parcels: Parcel[] = [];
  const add = (parcel: Parcel): void => {
    if (parcel.crossing > 0) parcels.push(parcel);
  };
  const mode: RailsBy = railsMode(demand);
  if (mode === "destination") {
    const sums = new Float64Array(ranks);
    for (let source = 0, at = 0; source < ranks; source++)
      for (let destination = 0; destination < ranks; destination++, at++)
        if (demand.nodeOf(source) !== demand.nodeOf(destination)) sums[destination]! += rows[at]!;
    sums.forEach((sum, destination) => {
      add({ source: undefined, node: demand.nodeOf(destination), destination, crossing: sum });
    });
  } else
    for (let source = 0; source < ranks; source++)
      for (let node = 0; node < nodes; node++) {
        if (node === demand.nodeOf(source)) continue;
        if (mode === "source_index")
          add({ source, node, destination: undefined, crossing: crossing[source * nodes + node]! });
        else
          for (let destination = node * size; destination < (node + 1) * size; destination++)
            add({ source, node, destination, crossing: rows[source * ranks + destination]! });
      }
  // Sorting is stable, and parcels come in order of their ranks.
  return parcels.sort((left, right) => right.crossing - left.crossing);
}

/** Ports and microseconds of a whole parcel. Entries of rail r: begins[r] to begins[r + 1] - 1. */
export interface ParcelAccount {
  readonly ports: Int32Array;
  readonly us: Float64Array;
  readonly begins: Int32Array;
}

/** The loads of all ports. Behind those of the machine stands one for each rail: its adapters out of all nodes together. */
export class RailPorts {
  /** [port] microseconds. */
  readonly load: Float64Array;
  /** [port] microseconds of a row. */
  readonly #rowUs: Float64Array;
  #ports: number[] = [];
  #us: number[] = [];

  constructor(
    private readonly demand: Demand,
    private readonly fabric: Fabric,
  ) {
    this.load = new Float64Array(fabric.ports + demand.ranksPerNode);
    this.#rowUs = new Float64Array(fabric.ports);
    for (const { first, count, rate } of fabric.groups)
      this.#rowUs.fill(demand.rowBytes / rate, first, first + 2 * count);
    const { ranks, ranksPerNode: size, rows } = demand;
    for (let source = 0; source < ranks; source++)
      for (let to = source - (source % size), end = to + size; to < end; to++)
        if (to !== source) this.#hop(source, to, rows[source * ranks + to]!);
    this.#ports.forEach((port, at) => (this.load[port]! += this.#us[at]!));
  }

  account(parcel: Parcel): ParcelAccount {
    const { ranksPerNode: size, ranks, rows } = this.demand;
    const { source, destination, node, crossing } = parcel;
    this.#ports = [];
    this.#us = [];
    const begins = [0];
    for (let rail = 0; rail < size; rail++) {
      const reached = node * size + rail;
      if (source === undefined) this.#arrive(reached, rail, crossing);
      else {
        const gateway = source - (source % size) + rail;
        if (gateway !== source) this.#hop(source, gateway, crossing);
        this.#hop(gateway, reached, crossing);
      }
      if (destination !== undefined) {
        if (destination !== reached) this.#hop(reached, destination, crossing);
      } else
        for (let to = node * size; to < (node + 1) * size; to++)
          if (to !== reached) this.#hop(reached, to, rows[(source ?? 0) * ranks + to]!);
      begins.push(this.#ports.length);
    }
    return {
      ports: Int32Array.from(this.#ports),
      us: Float64Array.from(this.#us),
      begins: Int32Array.from(begins),
    };
  }

  #hop(from: number, to: number, rows: number): void {
    if (rows === 0) return;
    this.fabric.forEachHop(from, to, (tier, left, reached) => {
      for (const { first, count, portOf } of this.fabric.byTier[tier]!) {
        this.#put(first + portOf(left), rows);
        this.#put(first + count + portOf(reached), rows);
      }
    });
  }

  /** What comes in from all nodes; the sources' sides have a small part each, which only the rail as a whole shows. */
  #arrive(reached: number, rail: number, rows: number): void {
    const { first, count, portOf } = this.fabric.byTier.at(1)![0]!;
    this.#put(first + count + portOf(reached), rows);
    this.#ports.push(this.fabric.ports + rail);
    this.#us.push((rows * this.#rowUs[first]!) / this.demand.nodes);
  }

  #put(port: number, rows: number): void {
    this.#ports.push(port);
    this.#us.push(rows * this.#rowUs[port]!);
  }

  get longest(): number {
    return this.load.reduce((most, each) => Math.max(most, each), 0);
  }
}
