#!/bin/sh
# Trains in the background of other work. Debian's torch; the system's Python, not another one on the path.
cd "$(dirname "$0")" || exit 1
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
export OPENBLAS_NUM_THREADS=1 OMP_WAIT_POLICY=passive
exec nice -n 19 /usr/bin/python3 -u train.py "$@"
