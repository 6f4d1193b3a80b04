#!/usr/bin/env bash
# Runs a command beside a Slurm cluster of this computer alone, and ends that. The
# cluster needs neither accounts nor configured services, and listens on ports that
# were free.
#
# usage: with-slurm.sh FOLDER COMMAND...
set -euo pipefail
folder=$1
shift
PATH+=:/usr/sbin

mkdir -p "$folder/state" "$folder/spool"
host=$(hostname -s)
read -r controller_port daemon_port < <(python3 - <<'PYTHON'
import socket

sockets = [socket.socket() for _ in range(2)]
for one in sockets:
    one.bind(("", 0))
print(*(one.getsockname()[1] for one in sockets))
PYTHON
)

cat > "$folder/slurm.conf" <<CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$controller_port
SlurmdPort=$daemon_port
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/none
CredType=cred/none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=1,sched_min_interval=0,batch_sched_delay=0
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ReturnToService=2
MpiDefault=none
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$folder/slurm.conf

slurmctld -D -c &> "$folder/slurmctld.out" &
daemons=($!)
slurmd -D &> "$folder/slurmd.out" &
daemons+=($!)
trap 'kill "${daemons[@]}" 2> "$folder/kill.out"; wait' EXIT

is_idle() {
  [[ $(sinfo --noheader --format %t 2> "$folder/sinfo.out") == idle ]]
}
for _ in $(seq 150); do
  is_idle && break
  sleep 0.2
done
if ! is_idle; then
  cat "$folder"/*.out "$folder"/*.log >&2
  echo "error: expected an idle node of the cluster" >&2
  exit 1
fi
"$@"
