"""Measures calls to a model over HTTP beside other clients; ci/bench builds the program and calls this.

usage: bench_live.py EVALRUN FOLDER     (FOLDER is made anew, but for the Python packages in it)

The model is a fast stand-in on 127.0.0.1: mock_openai.py, which EVALRUN_MOCK_OPENAI names, with the other clients in
`peers` beside it. They do the same work: N rows, one template, one call each, then contains, a pattern and a JSON
Schema. Without the stand-in nothing is measured; without the packages of a client it is left out. Both are said.

Wall time is from start to exit of the whole process, the median of runs that take turns. CPU time is user and system
time of the process. Peak memory is the resident set that the kernel has seen at most.
"""

import contextlib
import json
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

evalrun = os.path.abspath(sys.argv[1])
folder = pathlib.Path(sys.argv[2]).absolute()
stand_in = pathlib.Path(os.environ.get("EVALRUN_MOCK_OPENAI", "../shared/bench/mock_openai.py")).absolute()
peers = stand_in.parent / "peers"
packages = folder / "python"
ROUNDS = 5

TEMPLATE = ("Answer in JSON only, with the fields id, echo, words and sha. "
            "The record to describe is {{ record }}. Be brief.")
SCHEMA = {
    "type": "object", "required": ["id", "echo", "words", "sha"], "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "pattern": "^case-[0-9]{6}$"}, "echo": {"type": "string", "minLength": 1},
        "words": {"type": "integer", "minimum": 1}, "sha": {"type": "string", "minLength": 8, "maxLength": 8}}}


def say(text):
    print(f"bench: {text}", file=sys.stderr)


def python_with(*names):
    """A Python that has packages, installed once into the folder; None when they can't be had."""
    python = packages / "bin/python3"
    if not python.exists():
        made = subprocess.run([sys.executable, "-m", "venv", packages], stdout=sys.stderr)
        if made.returncode:
            return None
    probe = [python, "-c", "import " + ", ".join(names)]
    if subprocess.run(probe, stderr=subprocess.DEVNULL).returncode:
        subprocess.run([python, "-m", "pip", "install", "--quiet", *names], stdout=sys.stderr)
    return python if subprocess.run(probe, stderr=subprocess.DEVNULL).returncode == 0 else None


@contextlib.contextmanager
def server(milliseconds):
    """A stand-in with a latency; gives its base URL."""
    python = python_with("uvloop", "orjson") or sys.executable
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    process = subprocess.Popen(
        [python, stand_in, "--port", "0", "--latency-ms", str(milliseconds)], stdout=subprocess.PIPE, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (files, files)))
    try:
        line = process.stdout.readline()
        if "http://" not in line:
            sys.exit("bench: the stand-in did not start")
        yield line.split()[1]
    finally:
        process.terminate()
        process.wait()


def project(name, url, rows, calls):
    """A project with one dataset of so many rows, and so many calls in flight."""
    place = folder / name
    shutil.rmtree(place, ignore_errors=True)
    (place / "prompts").mkdir(parents=True)
    (place / "evalsuites").mkdir()
    (place / "evalrun.yaml").write_text(
        "models:\n  mock: {provider: mock, model: mock-1}\n"
        f"providers:\n  mock: {{type: openai-compatible, base_url: \"{url}\", limits: {{concurrency: {calls}}}}}\n")
    (place / "prompts/bench.prompt.yaml").write_text(
        f"name: bench\nversion: 1\nuser: \"{TEMPLATE}\"\nparameters: {{temperature: 0}}\n")
    (place / "evalsuites/bench.suite.yaml").write_text(
        "suite: bench\nprompts: [bench]\nmodels: [mock]\ncases:\n"
        "  - dataset: rows.csv\n    id: \"{{ row.id }}\"\n    vars: {record: \"{{ row.id }}\"}\n    assert:\n"
        "      - contains: \"{{ row.id }}\"\n      - regex: '\"sha\": ?\"[0-9a-f]{8}\"'\n"
        f"      - is-json: {json.dumps(SCHEMA)}\n")
    with open(place / "evalsuites/rows.csv", "w") as file:
        file.write("id\n" + "".join(f"case-{index:06}\n" for index in range(rows)))
    return place


def high_water(pid, name):
    """The peak resident set of a running program in KiB; 0 while the process is not that program yet."""
    try:
        with open(f"/proc/{pid}/status") as status:
            fields = dict(line.split(":", 1) for line in status if ":" in line)
        return int(fields["VmHWM"].split()[0]) if fields["Name"].strip() == name[:15] else 0
    except (OSError, KeyError):
        return 0


def measure(command, place, environment={}, watched=False):
    """Seconds of wall and CPU of one process, which must succeed, and its peak KiB when it is watched."""
    with tempfile.TemporaryFile() as output:  # A pipe could fill up and hold the program.
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=place, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            env=os.environ | environment)
        peak = 0
        while watched:
            peak = max(peak, high_water(process.pid, os.path.basename(command[0])))
            if os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                break
            time.sleep(0.001)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said = output.read().decode(errors="replace")
    if process.returncode:
        sys.exit(f"bench: {' '.join(map(str, command))} ended with {process.returncode}\n{said[-2000:]}")
    if watched and not peak:  # No /proc.
        peak = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return seconds, usage.ru_utime + usage.ru_stime, peak


def contestants(url, rows, calls):
    """Name to a function that runs once, for all who do the work; the SDK gives up with 1,000 calls at once."""
    place = project(f"live-{rows}-{calls}", url, rows, calls)
    all = {"evalrun": lambda: measure([evalrun, "run", "--mode", "live", "--jobs", str(calls)], place)}
    for name, file, needs in (
        ("aiohttp loop", "floor_aiohttp.py", ("aiohttp", "jsonschema")),
        ("openai SDK loop", "floor_openai_sdk.py", ("openai", "jsonschema")),
    ):
        if calls == 1000 and "openai" in needs:
            continue
        python = python_with(*needs) if (peers / file).exists() else None
        if python is None:
            if rows == 1000 and calls == 64:
                say(f"the {name} is left out: {file} or its packages ({' '.join(needs)}) can't be had")
            continue
        environment = {"N": str(rows), "C": str(calls), "BASE_URL": url}
        all[name] = lambda python=python, file=file: measure([python, peers / file], folder, environment)
    return all


def race(milliseconds, rows, calls):
    """Median wall and CPU seconds by name, of runs that take turns after one that does not count."""
    with server(milliseconds) as url:
        runners = contestants(url, rows, calls)
        for run in runners.values():
            run()
        times = {name: [] for name in runners}
        for _ in range(ROUNDS):
            for name, run in runners.items():
                request = urllib.request.Request(url.removesuffix("/v1") + "/reset", data=b"", method="POST")
                urllib.request.urlopen(request).close()
                times[name].append(run()[:2])
    return {name: [statistics.median(column) for column in zip(*runs)] for name, runs in times.items()}


def peak(milliseconds, rows, calls):
    """Median peak KiB of evalrun in three runs."""
    with server(milliseconds) as url:
        place = project(f"peak-{rows}-{calls}", url, rows, calls)
        command = [evalrun, "run", "--mode", "live", "--jobs", str(calls)]
        return statistics.median(measure(command, place, watched=True)[2] for _ in range(3))


if not stand_in.exists():
    say("calls over HTTP are not measured: there is no mock_openai.py; EVALRUN_MOCK_OPENAI names it")
    sys.exit(0)
folder.mkdir(parents=True, exist_ok=True)

table = []
for milliseconds, rows, calls in ((0, 1000, 64), (200, 1000, 100), (200, 5000, 1000)):
    results = race(milliseconds, rows, calls)
    ideal = rows * milliseconds / 1000 / calls
    for name, (wall, cpu) in results.items():
        notes = []
        if ideal:
            notes.append(f"{wall / ideal:.2f} × ideal ({ideal:.2f} s)")
        elif name != "evalrun":
            notes.append(f"evalrun is {wall / results['evalrun'][0]:.2f} × as fast")
        what = f"{rows:,} calls, {milliseconds} ms, {calls:,} at once: {name}"
        table.append((what, f"{wall * 1000:,.0f} ms", f"{cpu / rows * 1e6:,.0f} µs", ", ".join(notes)))

widths = [max(len(line[column]) for line in table + [("calls over HTTP", "wall", "CPU a call", "")]) for column in range(3)]
print(f"{'calls over HTTP':<{widths[0]}}  {'wall':>{widths[1]}}  {'CPU a call':>{widths[2]}}  in this run")
for what, wall, cpu, note in table:
    print(f"{what:<{widths[0]}}  {wall:>{widths[1]}}  {cpu:>{widths[2]}}  {note}".rstrip())

one, many = peak(0, 5000, 1), peak(200, 5000, 1000)
print(f"\nmemory: {one / 1024:.1f} MiB at most with one call at a time, {many / 1024:.1f} MiB with 1,000 at once: "
      f"{(many - one) / 1000:.1f} KiB for each call in flight")
