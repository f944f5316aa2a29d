// Extents of mla over its own names.
import { difference, expression, product, sum } from "../../plan/expression.js";
import type { Expr } from "../../plan/types.gen.js";

/** What a position leaves in the cache: its latent and the key that all heads share. */
export const cachedWidth: Expr = sum("kv_rank", "rope");
/** Result of the first product: the query's latent, the cached latent, the shared key. */
export const downWidth: Expr = sum("q_rank", cachedWidth);
export const queryWidth: Expr = product("heads", sum("nope", "rope"));
export const absorbedWidth: Expr = product("heads", cachedWidth);
export const attendedWidth: Expr = product("heads", "kv_rank");
export const valueWidth: Expr = product("heads", "value");
/** What queries are made of: their latent, or x itself where q_rank is 0. */
export const querySource: Expr = sum("q_rank", product("in", difference(1, expression("min", 1, "q_rank"))));
