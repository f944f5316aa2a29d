#!/usr/bin/env bash
# One process for each GPU by torchrun. On one host:
#   launch/torchrun.sh build/weft_program -w 2 -n 10
# On several, on each of them, with the same MASTER_ADDR:
#   NODES=4 NODE_RANK=0 MASTER_ADDR=node0 launch/torchrun.sh build/weft_program -w 2 -n 10
set -euo pipefail

if [ $# -eq 0 ]; then
  sed -n '2,5s/^# //p' "$0" >&2
  exit 2
fi

: "${RANKS_PER_NODE:=$(nvidia-smi --list-gpus | wc -l)}"
: "${NODES:=1}"
: "${NODE_RANK:=0}"
if [ "$NODES" -gt 1 ] && [ -z "${MASTER_ADDR:-}" ]; then
  echo "torchrun.sh: set MASTER_ADDR to the host of node 0" >&2
  exit 2
fi

# The program is no Python script; ranks listen one port above torchrun's own.
exec torchrun --no-python \
  --nnodes "$NODES" --node-rank "$NODE_RANK" --nproc-per-node "$RANKS_PER_NODE" \
  --master-addr "${MASTER_ADDR:-127.0.0.1}" --master-port "${MASTER_PORT:-29500}" \
  "$@"
