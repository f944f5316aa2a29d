#!/usr/bin/env bash
# One process for each GPU by Slurm, as a batch job or within an allocation:
#   sbatch --nodes=4 --gpus-per-node=8 launch/slurm.sh build/weft_program -w 2 -n 10
#SBATCH --job-name=weft
#SBATCH --exclusive
set -euo pipefail

if [ $# -eq 0 ] || [ -z "${SLURM_JOB_ID:-}" ]; then
  echo "usage: sbatch --nodes=N --gpus-per-node=G launch/slurm.sh PROGRAM [options]" >&2
  exit 2
fi

# As Slurm writes it: 8, or h100:8.
gpus="${SLURM_GPUS_ON_NODE:-${SLURM_GPUS_PER_NODE:-}}"
: "${RANKS_PER_NODE:=${gpus##*:}}"
if [ -z "$RANKS_PER_NODE" ]; then RANKS_PER_NODE="$(nvidia-smi --list-gpus | wc -l)"; fi

# Rank 0 runs on the first host; jobs that share hosts need ports of their own.
MASTER_ADDR="${MASTER_ADDR:-$(scontrol show hostnames "$SLURM_JOB_NODELIST" | head -n 1)}"
MASTER_PORT="${MASTER_PORT:-$((20000 + SLURM_JOB_ID % 10000))}"
export MASTER_ADDR MASTER_PORT

# Ranks are numbered host by host, as the plan numbers GPUs; all see all GPUs of their host.
exec srun --nodes="$SLURM_JOB_NUM_NODES" --ntasks-per-node="$RANKS_PER_NODE" --distribution=block:block \
  --gpus-per-node="$RANKS_PER_NODE" --gpu-bind=none --kill-on-bad-exit=1 \
  "$@"
