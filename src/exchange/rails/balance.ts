// Shares of rails with which no port carries much more than it must. Each parcel in turn, the largest first, is taken off its
// rails and put back in small parts, each on the rail whose ports are dearest least. A port's price is a high power of its load, so
// that the busiest of all decides: coordinate descent on the sum of powers, which is convex. A moderate power finds its way from
// anywhere, a higher one comes closer to the least maximum.
import type { Demand } from "../demand.js";
import type { Fabric } from "../price/fabric.js";
import { RailPorts, parcelsOf, type Parcel, type ParcelAccount } from "./parcels.js";

/** Parts of a parcel. */
export const RAIL_PARTS = 64;
/** Round after round: squarings of a port's load that make its price (powers 8 to 64), and parts that move together at first. */
const ROUNDS = [
  { squarings: 3, step: 16 },
  { squarings: 5, step: 8 },
  { squarings: 5, step: 4 },
  { squarings: 6, step: 2 },
  { squarings: 6, step: 1 },
];
/** Rounds end once no port is busier than this share above what one of them must be. */
const GOOD = 0.003;
/** Parcels that are divided as finely as a round allows; smaller ones in fewer, larger parts. */
const FINE_PARCELS = 512;
const COARSE = 16;
/** Parcels that are divided at all; what is smaller still goes over all rails alike. */
const MOST_PARCELS = 65_536;

/** A parcel with its parts on each rail, RAIL_PARTS in sum. */
export interface DividedParcel {
  readonly parcel: Parcel;
  readonly parts: Uint8Array;
}

/** `leastUs`: what the busiest port takes at least, in microseconds. */
export function balancedRails(demand: Demand, fabric: Fabric, leastUs: number): DividedParcel[] {
  const size = demand.ranksPerNode;
  const ports = new RailPorts(demand, fabric);
  const parcels = parcelsOf(demand);
  for (const small of parcels.splice(MOST_PARCELS)) {
    const account = ports.account(small);
    for (let rail = 0; rail < size; rail++) add(ports.load, account, rail, RAIL_PARTS / size);
  }
  const divided = parcels.map((parcel, at) => {
    const account = ports.account(parcel);
    const parts = new Uint8Array(size);
    const own = (parcel.source ?? parcel.destination ?? 0) % size;
    parts[own] = RAIL_PARTS;
    add(ports.load, account, own, RAIL_PARTS);
    return { parcel, account, parts, step: at < FINE_PARCELS ? 1 : COARSE };
  });
  for (const { squarings, step: finest } of ROUNDS) {
    const longest = ports.longest;
    if (longest <= leastUs * (1 + GOOD)) break;
    for (const { account, parts, step } of divided)
      divideAnew(ports.load, longest, account, parts, Math.max(step, finest), squarings);
  }
  return divided.map(({ parcel, parts }) => ({ parcel, parts }));
}

/** Puts so many parts of a parcel on a rail, or takes them off. */
function add(load: Float64Array, { ports, us, begins }: ParcelAccount, rail: number, parts: number): void {
  const share = parts / RAIL_PARTS;
  for (let at = begins[rail]!; at < begins[rail + 1]!; at++) load[ports[at]!]! += us[at]! * share;
}

function divideAnew(
  load: Float64Array,
  longest: number,
  account: ParcelAccount,
  parts: Uint8Array,
  step: number,
  squarings: number,
): void {
  parts.forEach((count, rail) => {
    if (count > 0) add(load, account, rail, -count);
  });
  parts.fill(0);
  for (let part = 0; part < RAIL_PARTS; part += step) {
    const rail = cheapestRail(load, longest, account, parts.length, squarings);
    parts[rail]! += step;
    add(load, account, rail, step);
  }
}

function cheapestRail(
  load: Float64Array,
  longest: number,
  { ports, us, begins }: ParcelAccount,
  rails: number,
  squarings: number,
): number {
  let best = 0;
  let least = Infinity;
  for (let rail = 0; rail < rails; rail++) {
    let price = 0;
    for (let at = begins[rail]!; at < begins[rail + 1]!; at++) {
      let power = load[ports[at]!]! / longest;
      for (let square = 0; square < squarings; square++) power *= power;
      price += us[at]! * power;
    }
    // A little for the bytes themselves, so that of rails that cost nothing the shortest way is taken.
    price += 1e-9 * (begins[rail + 1]! - begins[rail]!);
    if (price < least) [least, best] = [price, rail];
  }
  return best;
}
