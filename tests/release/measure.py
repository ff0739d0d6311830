"""measure.py PROGRAM: its size, how long it takes to start, and the memory that it needs for that; and the same of a build of the sample.

Beside it stands how long `true` takes, started in the same way: what is left is the program's own.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TIMES = 20


def wall(command, folder=None):
    """Milliseconds."""
    begun = time.perf_counter()
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - begun) * 1000


def peak(command, folder=None):
    """MiB. Asked of `time`: a child of this script would be charged with what the script itself needs."""
    done = subprocess.run(["/usr/bin/time", "-f", "%M", *command], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
    return int(done.stderr.split()[-1]) / 1024


def tell(what, walls, memory):
    print(f"{what}: median of {len(walls)} {statistics.median(walls):.1f} ms, fastest {min(walls):.1f} ms, peak memory {memory:.1f} MiB")


def main():
    program = Path(sys.argv[1]).resolve()
    size = program.stat().st_size
    print(f"size: {size:,} bytes, {size / 2**20:.1f} MiB")
    for what, command in {"start (`--version`)": [program, "--version"], "to compare, `true`": ["/usr/bin/true"]}.items():
        wall(command)
        tell(what, [wall(command) for _ in range(TIMES)], peak(command))
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as scratch:
        os.environ["XDG_STATE_HOME"] = f"{scratch}/state"
        site = Path(scratch) / "site"
        wall([program, "init", site])
        build = [program, "build", "-q", "--no-cache", "--as-of", "2026-11-23"]
        tell("a build of the sample", [wall(build, site) for _ in range(5)], peak(build, site))


main()
