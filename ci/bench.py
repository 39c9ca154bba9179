"""Measures evalrun and prints a table; ci/bench builds the program and calls this.

usage: bench.py EVALRUN FOLDER     (FOLDER is made anew and holds the generated projects)

Wall time is from start to exit of the process. Peak memory is the resident set that the kernel has seen at most.
"""

import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

evalrun = os.path.abspath(sys.argv[1])
folder = pathlib.Path(sys.argv[2]).absolute()
root = os.getcwd()
table = []


def measure(command, cwd=root, watched=False):
    """Seconds of one process, which must succeed, and its peak MiB when it is watched (which costs a little time)."""
    start = time.perf_counter()
    complaints = tempfile.TemporaryFile()  # A pipe could fill up and hold the program.
    process = subprocess.Popen(
        command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=complaints)
    peak = 0
    while watched:
        peak = max(peak, high_water(process.pid, os.path.basename(command[0])))
        if os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            break
        time.sleep(0.0005)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    complaints.seek(0)
    error = complaints.read().decode(errors="replace")
    complaints.close()
    if process.returncode:
        sys.exit(f"bench: {' '.join(command)} ended with {process.returncode}\n{error[-2000:]}")
    if not peak:  # No /proc: what the kernel reports at the end, which includes this Python before exec.
        peak = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return seconds, peak / 1024


def high_water(pid, name):
    """The peak resident set of a running program in KiB; 0 while the process is not that program yet."""
    try:
        with open(f"/proc/{pid}/status") as status:
            fields = dict(line.split(":", 1) for line in status if ":" in line)
        return int(fields["VmHWM"].split()[0]) if fields["Name"].strip() == name[:15] else 0
    except (OSError, KeyError):
        return 0


def median(command, cwd=root, runs=20):
    """Median seconds of several runs, and median peak MiB of three before them."""
    peak = statistics.median(measure(command, cwd, watched=True)[1] for _ in range(3))
    return statistics.median(measure(command, cwd)[0] for _ in range(runs)), peak


def row(what, seconds, peak, note=""):
    table.append((what, f"{seconds * 1000:,.1f} ms", f"{peak:,.1f} MiB", note))


def project(name, rows, with_response):
    """A project with one dataset of so many rows."""
    place = folder / name
    (place / "prompts").mkdir(parents=True)
    (place / "evalsuites").mkdir()
    (place / "evalrun.yaml").write_text("models:\n  small: {provider: openai, model: gpt-5-mini}\n")
    (place / "prompts/bench.prompt.yaml").write_text(
        "name: bench\nversion: 1\nsystem: Answer with the label alone.\nuser: \"{{ text }}\"\n")
    response = '    response: {content: "{{ row.label }}", finish_reason: stop, latency_ms: 400}\n' if with_response else ""
    (place / "evalsuites/bench.suite.yaml").write_text(
        "suite: bench\nprompts: [bench]\nmodels: [small]\ncases:\n"
        "  - dataset: rows.jsonl\n    id: \"{{ row.id }}\"\n    vars: {text: \"{{ row.text }}\"}\n" + response +
        "    assert:\n      - equals: \"{{ row.label }}\"\n      - regex: '^[a-z]+$'\n"
        "      - word-count: {max: 3}\n      - finish-reason: stop\n")
    labels = ["positive", "negative", "neutral"]
    with open(place / "evalsuites/rows.jsonl", "w") as file:
        for index in range(rows):
            file.write(json.dumps({
                "id": f"row-{index:06}", "label": labels[index % 3],
                "text": f"Message {index} says that parcel {index * 7919 % 100003} arrived on day {index % 365}, "
                        "and that the sender would like to know what happens next."}) + "\n")
    return place


def answers(place, rows):
    """The answers to a project's rows, as `fixtures import` reads them."""
    labels = ["positive", "negative", "neutral"]
    with open(place / "answers.jsonl", "w") as file:
        for index in range(rows):
            file.write(json.dumps({
                "suite": "bench", "case": f"row-{index:06}", "prompt": "bench", "model": "small",
                "content": labels[index % 3], "finish_reason": "stop",
                "usage": {"input_tokens": 48, "output_tokens": 1}, "latency_ms": 300 + index % 200,
                "recorded_at": "2026-11-01T00:00:00Z"}) + "\n")
    return "answers.jsonl"


shutil.rmtree(folder, ignore_errors=True)

# The interpreter itself, since python3 on the path may be a script that looks for one.
python, python_peak = median([os.path.realpath(sys.executable), "-c", "pass"])
row("python3 -c pass", python, python_peak, "median of 20")
start, start_peak = median([evalrun, "--version"])
row("evalrun --version", start, start_peak, f"{start / python:.2f} × python3 -c pass")
sample, sample_peak = median([evalrun, "run", "--report", f"junit={folder.parent}/bench-junit.xml"], runs=10)
row("sample suites, JUnit written", sample, sample_peak, f"{sample / start:.1f} × evalrun --version")

runs = [evalrun, "run"]
small, small_peak = median(runs, project("given-10k", 10_000, True), runs=3)
row("10,000 given", small, small_peak, f"{10_000 / small:,.0f} executions a second")
large, large_peak = median(runs, project("given-100k", 100_000, True), runs=1)
row("100,000 given", large, large_peak,
    f"{large / small:.1f} × the time and {large_peak / small_peak:.2f} × the memory of 10,000")

replayed = project("replay-10k", 10_000, False)
taken, taken_peak = measure([evalrun, "fixtures", "import", answers(replayed, 10_000)], replayed, watched=True)
row("fixtures import, 10,000", taken, taken_peak)
replay, replay_peak = median(runs, replayed, runs=3)
row("10,000 replayed, one pack", replay, replay_peak,
    f"{10_000 / replay:,.0f} executions a second, {replay / small:.2f} × given")

widths = [max(len(line[column]) for line in table) for column in range(3)]
print(f"{'what':<{widths[0]}}  {'wall':>{widths[1]}}  {'peak':>{widths[2]}}  in this run")
for what, wall, peak, note in table:
    print(f"{what:<{widths[0]}}  {wall:>{widths[1]}}  {peak:>{widths[2]}}  {note}".rstrip())
