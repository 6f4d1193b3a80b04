#!/usr/bin/env bash
# Runs one shard of a sweep as a task of a Slurm array. To run all and compare them:
#
#   job=$(sbatch --parsable --array=1-8 slurm.sh sweep.yaml results)
#   sbatch --dependency=afterok:$job \
#     --wrap "tasder sweep sweep.yaml --results results --merge --json results.json"
#
#SBATCH --job-name=tasder-sweep
#SBATCH --cpus-per-task=1
set -euo pipefail

tasder sweep "$1" --results "$2" --threads "$SLURM_CPUS_PER_TASK" \
  --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT"
