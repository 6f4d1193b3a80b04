#!/usr/bin/env python3
"""Runs a program several times at once.

  at-once.py COUNT PROGRAM ARGUMENT...

Fails if one of them does.
"""
import subprocess
import sys

count, program = int(sys.argv[1]), sys.argv[2:]
processes = [subprocess.Popen(program, stdout=subprocess.DEVNULL) for _ in range(count)]
sys.exit(any([process.wait() for process in processes]))
