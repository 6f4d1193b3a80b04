#!/usr/bin/env python3
"""Kills a program while it fills a journal.

  kill.py DIRECTORY COUNT PROGRAM ARGUMENT...

Runs the program and kills it, without a chance to clean up, once COUNT entries
are in the directory. A program that ends before is started anew with an empty
directory, a few times.
"""
import os
import shutil
import signal
import subprocess
import sys
import time

directory, count, program = sys.argv[1], int(sys.argv[2]), sys.argv[3:]


def count_entries() -> int:
    """Those that are whole: what is being written has another name until it is."""
    if not os.path.isdir(directory):
        return 0
    return sum(".tmp-" not in name for name in os.listdir(directory))


for _ in range(10):
    shutil.rmtree(directory, ignore_errors=True)
    process = subprocess.Popen(program, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        if count_entries() >= count:
            process.kill()
        time.sleep(0.0005)
    if process.returncode == -signal.SIGKILL:
        sys.exit(0)
sys.exit("expected the program to be killed but it ended each time")
