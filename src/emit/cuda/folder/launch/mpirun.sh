#!/usr/bin/env bash
# One process for each GPU by mpirun, one host or several:
#   launch/mpirun.sh build/weft_program -w 2 -n 10
#   HOSTFILE=hosts launch/mpirun.sh build/weft_program -w 2 -n 10
# RANKS and RANKS_PER_NODE are the plan's; ranks are numbered host by host, as the plan numbers GPUs.
set -euo pipefail

if [ $# -eq 0 ]; then
  sed -n '2,5s/^# //p' "$0" >&2
  exit 2
fi

: "${RANKS_PER_NODE:=$(nvidia-smi --list-gpus | wc -l)}"
: "${RANKS:=$RANKS_PER_NODE}"

arguments=(-np "$RANKS" --map-by "ppr:$RANKS_PER_NODE:node" --bind-to none)
if [ -n "${HOSTFILE:-}" ]; then
  arguments+=(--hostfile "$HOSTFILE")
  # Where rank 0 runs, unless the program is built with MPI; the name before any "slots=".
  : "${MASTER_ADDR:=$(grep -v '^[[:space:]]*\(#\|$\)' "$HOSTFILE" | head -n 1 | awk '{ print $1 }' | cut -d: -f1)}"
fi

export MASTER_ADDR="${MASTER_ADDR:-127.0.0.1}"
export MASTER_PORT="${MASTER_PORT:-29500}"
for name in MASTER_ADDR MASTER_PORT LD_LIBRARY_PATH $(compgen -e NCCL_ || true); do
  if [ -n "${!name:-}" ]; then arguments+=(-x "$name"); fi
done

exec mpirun "${arguments[@]}" "$@"
