// Who prices a transfer: the model of the transport that its exchange names.
import type { CostParameters } from "../cost/index.js";
import type { PlanIndex, TransferLaunch } from "../plan/index.js";
import { deepEpExchange } from "./deepep/exchange.js";
import { DeepEpTransferPricer } from "./deepep/prices.js";
import type { PriceMemo } from "./price-memo.js";
import { TransferPricer } from "./transfers.js";

export function transferPricer(
  index: PlanIndex,
  launch: TransferLaunch,
  memo: PriceMemo,
  parameters: CostParameters,
): Pick<TransferPricer, "prices"> {
  const exchange = deepEpExchange(index, launch);
  return exchange === undefined
    ? new TransferPricer(index, launch, memo, parameters)
    : new DeepEpTransferPricer(index, exchange, launch, memo, parameters);
}
