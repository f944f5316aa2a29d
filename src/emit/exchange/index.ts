// Exchange plans in the formats that other systems load, by name.
import type { ExchangePlan } from "../../exchange-plan/index.js";
import { emitChakra } from "./chakra/emit.js";
import type { EmittedExchange } from "./emitted.js";
import { emitExchangeCuda } from "./cuda/emit.js";
import { emitMscclXml } from "./msccl-xml/emit.js";
import { emitMscclpp } from "./mscclpp/emit.js";
import { emitExchangeTrace } from "./trace/emit.js";

export type { EmittedExchange } from "./emitted.js";

export const exchangeEmitters = {
  cuda: emitExchangeCuda,
  mscclpp: emitMscclpp,
  "msccl-xml": emitMscclXml,
  chakra: emitChakra,
  trace: emitExchangeTrace,
} as const satisfies Readonly<Record<string, (plan: ExchangePlan) => EmittedExchange>>;
