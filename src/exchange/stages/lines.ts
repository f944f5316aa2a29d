// What is left to send of a matrix between nodes, and how much of it each sender and receiver still has.

/** The remainder of a traffic matrix [sender * size + receiver]. */
export class Remainder {
  readonly left: Float64Array;
  /** By sender, and by receiver: the sum of what is left. */
  readonly rows: Float64Array;
  readonly columns: Float64Array;
  /** Entries above 0. */
  live = 0;

  constructor(
    readonly size: number,
    traffic: Float64Array,
  ) {
    this.left = Float64Array.from(traffic);
    this.rows = new Float64Array(size);
    this.columns = new Float64Array(size);
    for (let row = 0, at = 0; row < size; row++)
      for (let column = 0; column < size; column++, at++) {
        const entry = traffic[at]!;
        this.rows[row] = this.rows[row]! + entry;
        this.columns[column] = this.columns[column]! + entry;
        if (entry > 0) this.live++;
      }
  }

  /** The most that any node has to send or to receive: what no schedule can be shorter than. */
  get longest(): number {
    let longest = 0;
    for (let line = 0; line < this.size; line++)
      longest = Math.max(longest, this.rows[line]!, this.columns[line]!);
    return longest;
  }

  get largestEntry(): number {
    return this.left.reduce((largest, entry) => Math.max(largest, entry), 0);
  }

  /** Sends up to `amount` of an entry; returns what was sent. */
  send(row: number, column: number, amount: number): number {
    const at = row * this.size + column;
    const entry = this.left[at]!;
    if (entry === 0) return 0;
    const sent = Math.min(entry, amount);
    this.left[at] = entry - sent;
    this.rows[row] = this.rows[row]! - sent;
    this.columns[column] = this.columns[column]! - sent;
    if (sent === entry) this.live--;
    return sent;
  }
}
