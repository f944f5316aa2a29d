// Two values of which the first belongs to A and the second to B.

export type Pair<T> = readonly [a: T, b: T];

export const both = <T, U>([a, b]: Pair<T>, of: (side: T) => U): Pair<U> => [of(a), of(b)];
