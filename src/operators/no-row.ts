// How index tables say that there is nothing: a pair (token, k) that was dropped has no row, a row of padding no pair.

/** In WGSL 0xffffffffu. */
export const NO_ROW = 0xffffffff;
