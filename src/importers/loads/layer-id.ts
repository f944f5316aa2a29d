// Which MoE layer a record is of. Layers of multi-token prediction count apart from the decoder's, and stand behind them.

export interface LayerId {
  /** The module of multi-token prediction that it is in. */
  readonly mtp?: number;
  readonly layer: number;
}

export const layerName = ({ mtp, layer }: LayerId): string =>
  mtp === undefined ? `layer ${String(layer)}` : `MTP module ${String(mtp)}, layer ${String(layer)}`;

export const layerOrder = (one: LayerId, other: LayerId): number =>
  (one.mtp ?? -1) - (other.mtp ?? -1) || one.layer - other.layer;
