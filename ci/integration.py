"""Runs evalrun against real servers and prints a table API × feature × result; ci/integration calls this.

usage: integration.py EVALRUN FOLDER     (FOLDER keeps the Python packages; the rest of it is made anew)

Servers, each on a free port of 127.0.0.1:
  litellm   the LiteLLM proxy, which answers with texts of its configuration
  relay     the LiteLLM proxy in front of mock-ai-api, so that answers show what arrived
  mock-ai   mock-ai-api
  fast      mock_openai.py, named by EVALRUN_MOCK_OPENAI
A cell is one run of evalrun in a project of its own, and what is expected of its results.
"""

import atexit
import dataclasses
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from typing import Callable, Optional

evalrun = os.path.abspath(sys.argv[1])
folder = pathlib.Path(sys.argv[2]).absolute()
stand_in = pathlib.Path(os.environ.get("EVALRUN_MOCK_OPENAI", "../shared/bench/mock_openai.py")).absolute()
KEY = "sk-evalrun-local-0123456789"
SCENARIOS = ("echo", "tool-call", "tool-stream", "delay", "400", "401", "429", "500", "503")  # Of mock-ai-api.
children = []
urls = {}  # Server to the address without a path; mock-ai has one for each vendor.
reasons = {}  # Server to why it can't be had.


def say(text):
    print(f"integration: {text}", file=sys.stderr, flush=True)


# Servers


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def python_with(name, package):
    """The Python of an environment with a package, installed once; None when it can't be had."""
    python = folder / name / "bin/python3"
    probe = [python, "-c", f"import importlib.metadata as m; m.version('{package.split('[')[0]}')"]
    if python.exists() and subprocess.run(probe, stderr=subprocess.DEVNULL).returncode == 0:
        return python
    say(f"installing {package}")
    made = subprocess.run([sys.executable, "-m", "venv", folder / name], stdout=sys.stderr)
    if made.returncode == 0:
        subprocess.run([python, "-m", "pip", "install", "--quiet", package], stdout=sys.stderr)
    return python if python.exists() and subprocess.run(probe, stderr=subprocess.DEVNULL).returncode == 0 else None


def start(name, command, port, ready, seconds, environment={}):
    """Starts a server and waits until it answers; gives its address, or None after saying why not."""
    log = open(folder / f"{name}.log", "w")
    # A group of its own, so that its children end with it.
    process = subprocess.Popen(
        command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=os.environ | environment, start_new_session=True)
    children.append(process)
    url = f"http://127.0.0.1:{port}"
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(url + ready, timeout=1).close()
            return url
        except (OSError, urllib.error.URLError):
            time.sleep(0.1)
    say(f"{name} did not start; see {log.name}")
    return None


def stop_children():
    for process in children:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()
    children.clear()


def litellm_configuration(relay):
    """Models that answer from the configuration, and those that hand on to another server."""
    def model(name, parameters):
        return {"model_name": name, "litellm_params": {"api_key": "sk-fake", **parameters}}
    models = [
        model("plain", {"model": "openai/gpt-5-mini", "mock_response": "Paris is the capital of France."}),
        model("judgment", {"model": "openai/gpt-5-mini", "mock_response": '{"verdict":"pass"}'}),
    ]
    for scenario in SCENARIOS if relay else ():
        # LiteLLM reaches these vendors over Chat Completions, whatever the route: the first one from Responses,
        # the second one from all others.
        for prefix, vendor in (("items-", "deepseek"), ("", "hosted_vllm")):
            models.append(
                model(prefix + scenario, {"model": f"{vendor}/gpt-4.1:mock-{scenario}", "api_base": f"{relay}/v1"}))
    return {
        "model_list": models, "general_settings": {"master_key": KEY},
        "litellm_settings": {"num_retries": 0}, "router_settings": {"num_retries": 0, "disable_cooldowns": True}}


def start_servers():
    python = python_with("mockai", "mock-ai-api")
    if python is None:
        reasons["mock-ai"] = "mock-ai-api can't be installed"
    else:
        for vendor in ("openai", "anthropic"):
            port = free_port()
            command = [python, "-m", "uvicorn", f"app.{vendor}_app:app", "--host", "127.0.0.1", "--port", str(port)]
            if url := start(f"mock-ai-{vendor}", command, port, "/health", 30):
                urls[f"mock-ai-{vendor}"] = url
            else:
                reasons["mock-ai"] = "mock-ai-api did not start"
    python = python_with("litellm", "litellm[proxy]")
    if python is None:
        reasons["litellm"] = reasons["relay"] = "litellm[proxy] can't be installed"
    else:
        relay = urls.get("mock-ai-openai")
        configuration = folder / "litellm.yaml"
        configuration.write_text(json.dumps(litellm_configuration(relay)))  # JSON is YAML.
        port = free_port()
        command = [
            folder / "litellm/bin/litellm", "--config", configuration, "--host", "127.0.0.1", "--port", str(port)]
        quiet = {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "NO_PROXY": "*", "DO_NOT_TRACK": "1"}
        if url := start("litellm", command, port, "/health/liveliness", 120, quiet):
            urls["litellm"] = url
            if relay:
                urls["relay"] = url
            else:
                reasons["relay"] = reasons["mock-ai"]
        else:
            reasons["litellm"] = reasons["relay"] = "the LiteLLM proxy did not start"
    if stand_in.exists():
        port = free_port()
        command = [sys.executable, stand_in, "--port", str(port)]
        if url := start("fast", command, port, "/stats", 10):
            urls["fast"] = url
        else:
            reasons["fast"] = "mock_openai.py did not start"
    else:
        reasons["fast"] = "there is no mock_openai.py; EVALRUN_MOCK_OPENAI names it"


# Cells


@dataclasses.dataclass
class Cell:
    """One run and what is expected of it."""
    api: str
    feature: str
    server: str
    model: str
    prompt: dict = dataclasses.field(default_factory=dict)
    case: dict = dataclasses.field(default_factory=dict)
    provider: dict = dataclasses.field(default_factory=dict)
    options: list = dataclasses.field(default_factory=list)
    key: str = KEY
    exit: int = 0
    kind: Optional[str] = None  # The kind of the error, when one is expected.
    says: str = ""  # A part of the error's message or hint.
    check: Callable[[dict], Optional[str]] = lambda execution: None  # Says what is wrong with the execution.
    beside: Callable[[], None] = lambda: None  # Runs in a thread of its own while evalrun does.


ROUTES = {  # API to the path of its base URL.
    "openai": "/v1", "openai-responses": "/v1", "anthropic": "/v1", "gemini": "/v1beta", "openai-compatible": "/v1"}
SYSTEM = "You are the system text."
WRITE = {
    "name": "Write", "description": "Writes a file.",
    "parameters": {
        "type": "object", "required": ["path", "contents"], "additionalProperties": False,
        "properties": {"path": {"type": "string"}, "contents": {"type": "string"}}}}
VERDICT = {
    "type": "object", "required": ["verdict"], "additionalProperties": False,
    "properties": {"verdict": {"type": "string", "enum": ["pass", "fail"]}}}


def usage(execution):
    used = execution["usage"] or {}
    if not (used.get("input_tokens", 0) > 0 and used.get("output_tokens", 0) > 0):
        return f"usage is {used}"


def called(execution):
    calls = execution["tool_calls"]
    if [call.get("name") for call in calls] != ["Write"]:
        return f"tool calls are {json.dumps(calls)}"
    arguments = calls[0].get("arguments")
    arguments = json.loads(arguments) if isinstance(arguments, str) else arguments
    if arguments != {"path": "tmp/mock-file.txt", "contents": "mock output"}:
        return f"arguments are {json.dumps(arguments)}"


def streamed(execution):
    if execution["ttft_ms"] is None:
        return "there is no time to first token"


def attempts(count):
    def check(execution):
        message = execution["error"]["message"]
        if ("2 attempts" in message) != (count == 2):
            return f"there were not {count} attempts: {message}"
    return check


def end_batches():
    """mock-ai-api ends a batch when its results are asked for, which no client does before its end."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(urls["mock-ai-anthropic"] + "/v1/messages/batches") as response:
                batches = json.load(response)["data"]
            for batch in batches:
                urllib.request.urlopen(urls["mock-ai-anthropic"] + batch["results_url"]).read()
            if batches:
                return
        except OSError:
            pass
        time.sleep(0.1)


def cells():
    """All cells, by API."""
    bound = {"parameters": {"max_tokens": 50}}  # Anthropic demands it.
    for api in ("openai", "openai-responses", "anthropic", "gemini"):
        prefix = "items-" if api == "openai-responses" else ""
        echo = prefix + "echo"
        yield Cell(api, "text", "litellm", "plain", bound, {"assert": [{"contains": "Paris"}, {"finish-reason": "stop"}]})
        yield Cell(api, "usage", "relay", echo, bound, check=usage)
        yield Cell(
            api, "system", "relay", echo, {**bound, "system": SYSTEM},
            {"assert": [{"contains": SYSTEM}, {"contains": "the question"}]})
        yield Cell(
            api, "multi-turn", "relay", echo, bound, {
                "history": [{"role": "user", "content": "turn one"}, {"role": "assistant", "content": "turn two"}],
                "assert": [{"regex": "turn one\\s+turn two\\s+the question"}]})
        yield Cell(
            api, "few-shot", "relay", echo, {**bound, "examples": [{"user": "shot one", "assistant": "shot two"}]},
            {"assert": [{"regex": "shot one\\s+shot two\\s+the question"}]})
        yield Cell(
            api, "tools", "relay", prefix + "tool-call", {**bound, "tools": [WRITE]}, {"assert": [{"finish-reason": "tool_calls"}]},
            check=called)
        yield Cell(
            api, "structured output", "litellm", "judgment", {**bound, "output_schema": VERDICT},
            {"assert": [{"schema": "prompt"}, {"equals": "pass", "select": "$.verdict"}]})
        yield Cell(
            api, "streaming", "relay", echo, {**bound, "system": SYSTEM},
            {"assert": [{"contains": "the question"}, {"finish-reason": "stop"}]}, {"stream": True}, check=streamed)
        yield Cell(
            api, "streamed tools", "relay", prefix + "tool-stream", {**bound, "tools": [WRITE]},
            provider={"stream": True}, check=called)
        for status in (429, 500, 503):
            yield Cell(
                api, f"error {status}", "relay", f"{prefix}{status}", bound, exit=3, kind="provider",
                says=str(status), check=attempts(2))
        for status in (400, 401):
            yield Cell(
                api, f"error {status}", "relay", f"{prefix}{status}", bound, exit=3, kind="provider",
                says=str(status), check=attempts(1))
        yield Cell(
            api, "wrong key", "litellm", "plain", bound, key="sk-wrong-0123456789", exit=3, kind="provider",
            check=attempts(1))
        yield Cell(  # The first event comes after 200 ms.
            api, "timeout", "relay", prefix + "delay", bound, provider={"timeout_s": 0.1, "stream": True}, exit=3,
            kind="timeout", says="0.1 s")
    for api, base in (("openai-compatible", "gpt-4.1"), ("openai-responses", "gpt-4.1"), ("anthropic", "claude-sonnet-4")):
        tool = "mock-tool-use" if api == "anthropic" else "mock-tool-call"
        yield Cell(api, "text", "mock-ai", f"{base}:mock-text", bound, {"assert": [{"contains": "nice to meet you"}]})
        yield Cell(api, "usage", "mock-ai", f"{base}:mock-text", bound, check=usage)
        yield Cell(
            api, "streaming", "mock-ai", f"{base}:mock-text", bound, {"assert": [{"regex": "\\w+ \\w+"}]},
            {"stream": True}, check=streamed)
        if api != "openai-responses":
            yield Cell(api, "tools", "mock-ai", f"{base}:{tool}", {**bound, "tools": [WRITE]}, check=called)
            yield Cell(
                api, "streamed tools", "mock-ai", f"{base}:mock-tool-stream", {**bound, "tools": [WRITE]},
                provider={"stream": True}, check=called)
        for status, tries in ((400, 1), (401, 1), (429, 2), (500, 2), (503, 2)):
            yield Cell(
                api, f"error {status}", "mock-ai", f"{base}:mock-{status}", bound, exit=3, kind="provider",
                says=str(status), check=attempts(tries))
    yield Cell(
        "anthropic", "error in a stream", "mock-ai", "claude-sonnet-4:mock-stream-error", bound,
        provider={"stream": True}, exit=3, kind="provider", says="Mock streaming failure")
    yield Cell(
        "anthropic", "batch", "mock-ai", "claude-sonnet-4", bound, {"assert": [{"contains": "gateway"}]},
        options=["--batch"], beside=end_batches)
    for api in ("openai-compatible", "anthropic"):
        yield Cell(
            api, "structured output", "fast", "mock-1", bound,
            {"assert": [{"equals": "the question", "select": "$.echo"}]})
        yield Cell(
            api, "many at once", "fast", "mock-1", bound,
            {"repeat": 500, "assert": [{"contains": "the question"}]}, {"limits": {"concurrency": 100}},
            ["--jobs", "100"])
    yield Cell(
        "openai-compatible", "streaming", "fast", "mock-1", bound,
        {"assert": [{"equals": "the question", "select": "$.echo"}]}, {"stream": True}, check=streamed)


def address(cell):
    if cell.server == "mock-ai":
        return urls.get("mock-ai-anthropic" if cell.api == "anthropic" else "mock-ai-openai")
    return urls.get(cell.server)


def run(cell, number):
    """What is wrong with a cell; None when it is as expected."""
    place = folder / "projects" / f"{number:03}"
    (place / "prompts").mkdir(parents=True)
    (place / "evalsuites").mkdir()
    provider = {
        "type": cell.api, "base_url": address(cell) + ROUTES[cell.api], "api_key_env": "EVALRUN_INTEGRATION_KEY",
        "timeout_s": 20, "retry": {"attempts": 2, "base_s": 0.001, "cap_s": 0.01}, **cell.provider}
    case = {"id": "c", "vars": {"q": "the question"}, **cell.case}
    case.setdefault("assert", [{"not-equals": "no model says this"}])
    files = {
        "evalrun.yaml": {"models": {"m": {"provider": "p", "model": cell.model}}, "providers": {"p": provider}},
        "prompts/p.prompt.yaml": {"name": "p", "version": 1, "user": "{{ q }}", **cell.prompt},
        "evalsuites/s.suite.yaml": {"suite": "s", "prompts": ["p"], "models": ["m"], "cases": [case]}}
    for name, value in files.items():
        (place / name).write_text(json.dumps(value, indent=1))
    helper = threading.Thread(target=cell.beside, daemon=True)
    helper.start()
    try:
        done = subprocess.run(
            [evalrun, "run", "--mode", "live", "--report", "json=r.json", "--report", "junit=j.xml", *cell.options],
            cwd=place, env=os.environ | {"EVALRUN_INTEGRATION_KEY": cell.key}, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, errors="replace", timeout=120)
    except subprocess.TimeoutExpired:
        return "evalrun did not end"
    (place / "printed.txt").write_text(done.stdout + done.stderr)
    if not (place / "r.json").exists():
        return f"exit {done.returncode}, no results: {(done.stderr or done.stdout).strip().splitlines()[:1]}"
    execution = json.loads((place / "r.json").read_text())["executions"][0]
    error = execution["error"]
    if done.returncode != cell.exit or (error or {}).get("kind") != cell.kind:
        reasons = [item["reason"] for item in execution["assertions"] if not item["passed"]]
        text = error["message"] if error else "; ".join(map(str, reasons))
        return f"exit {done.returncode}, expected {cell.exit}: {text}"
    if cell.key in done.stdout + done.stderr + (place / "r.json").read_text() + (place / "j.xml").read_text():
        return "the key is shown"
    if error:
        if not error["hint"]:
            return f"the error does not say what to do: {error['message']}"
        if cell.says.lower() not in (error["message"] + error["hint"]).lower():
            return f"'{cell.says}' is not in: {error['message']}"
    elif execution["source"] != "live":
        return f"source is {execution['source']}"
    return cell.check(execution)


def main():
    folder.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folder / "projects", ignore_errors=True)
    atexit.register(stop_children)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    start_servers()
    for server, reason in sorted(reasons.items()):
        say(f"{server} is skipped: {reason}")
    table = []
    for number, cell in enumerate(cells(), 1):
        if address(cell) is None:
            result = f"skipped: {reasons.get(cell.server, 'the server is not there')}"
        else:
            problem = run(cell, number)
            result = f"FAILED: {' '.join(problem.split())[:300]} (projects/{number:03})" if problem else "ok"
        table.append((cell.api, cell.feature, cell.server, result))
    header = ("API", "feature", "server", "result")
    widths = [max(len(line[column]) for line in [header, *table]) for column in range(3)]
    for line in [header, *table]:
        print("  ".join([*(f"{text:<{width}}" for text, width in zip(line, widths)), line[3]]))
    counts = [sum(line[3].startswith(word) for line in table) for word in ("ok", "FAILED", "skipped")]
    print("\n{} ok, {} failed, {} skipped".format(*counts))
    return 1 if counts[1] else 0


if __name__ == "__main__":
    sys.exit(main())
