"""Measures what one assertion costs, and the engines beside Python's libraries; ci/bench builds the program and calls this.

usage: bench_assertions.py ASSERTION-BENCHMARK FOLDER     (FOLDER is made anew and holds the inputs)

Both sides read the same files, compile once, and time many calls in one process; the median of five rounds counts.
"""

import json
import os
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import sys
import time

program = os.path.abspath(sys.argv[1])
folder = pathlib.Path(sys.argv[2]).absolute()

WORDS = ("the parcel arrives tomorrow between nine and noon because the warehouse in Leipzig sent it today and the driver "
         "has your address please keep the receipt if anything is missing write to us within fourteen days").split()


def prose(size, seed):
    """Sentences of about so many bytes, the same in every run."""
    source = random.Random(seed)
    parts, length = [], 0
    while length < size:
        words = [source.choice(WORDS) for _ in range(source.randint(6, 16))]
        sentence = " ".join(words).capitalize() + source.choice([". ", ". ", "! ", "? ", ".\n"])
        parts.append(sentence)
        length += len(sentence)
    return "".join(parts)[:size]


def record(index):
    """One object of the kind that extraction prompts answer with."""
    return {"id": index, "name": f"Item {index}", "price": round(1.5 + index * 0.25, 2), "tags": ["new", "sale"][: index % 3],
            "address": {"street": f"{index} High Street", "zip": f"{index % 90000 + 10000}", "country": "DE"},
            "note": "Deliver to the back door, please.", "active": index % 2 == 0}


SCHEMA = {  # 40 keywords, counted without $schema
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object", "required": ["invoice", "lines", "total", "currency"], "additionalProperties": False,
    "properties": {
        "invoice": {"type": "string", "pattern": "^[A-Z]{2}-[0-9]{4}$", "minLength": 7, "maxLength": 7},
        "total": {"type": "number", "minimum": 0, "maximum": 1000000, "multipleOf": 0.25},
        "currency": {"enum": ["EUR", "USD", "GBP"]},
        "kind": {"const": "invoice"},
        "lines": {
            "type": "array", "minItems": 1, "maxItems": 100, "uniqueItems": True,
            "items": {
                "type": "object", "required": ["text", "amount", "count"], "minProperties": 3,
                "properties": {
                    "text": {"type": "string", "minLength": 1},
                    "amount": {"type": "number", "exclusiveMinimum": 0},
                    "count": {"type": "integer", "minimum": 1},
                    "discount": {"anyOf": [{"type": "null"}, {"type": "number", "maximum": 1}]},
                },
            },
        },
        "buyer": {"$ref": "#/$defs/party"},
        "seller": {"$ref": "#/$defs/party"},
    },
    "$defs": {
        "party": {
            "type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "vat": {"type": "string"}},
            "propertyNames": {"maxLength": 20},
        }
    },
}

INSTANCE = {
    "invoice": "RE-2041", "total": 1234.5, "currency": "EUR", "kind": "invoice",
    "lines": [{"text": f"Position {n}", "amount": 10.25 + n, "count": n % 7 + 1, "discount": None if n % 2 else 0.1}
              for n in range(20)],
    "buyer": {"name": "Acme", "vat": "DE123456789"}, "seller": {"name": "Widgets and Sons"},
}

TEMPLATE = """You answer support tickets for {{ product }}.
{% for item in items %}{% if item.count > 2 %}- {{ item.name | upper }} ({{ item.count }} pieces, {{ item.tags | join(", ") }})
{% else %}- {{ item.name }}: single piece, please check the shelf before you answer the customer.
{% endif %}{% endfor %}The customer writes: {{ question | trim }}
"""

PATTERNS = {
    "date": r"\d{4}-\d{2}-\d{2}",
    "e-mail": r"[\w.+-]+@[\w-]+\.[\w.]+",
    "alternatives": r"(?i)\b(refund|voucher|discount code|store credit)\b",
    "as an ai": r"(?i)as an ai (language )?model",
    "last line": r"TOTAL: \d+\.\d\d EUR$",
}


def write_inputs():
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    variables = {"product": "Acme", "question": "  Where is my parcel?  ",
                 "items": [{"name": f"item {n}", "count": n % 5, "tags": ["a", "b", "c"]} for n in range(100)]}
    xml = "<root>" + "".join(f"<item id=\"{n}\"><name>Item {n}</name><price>{n}.50</price></item>" for n in range(36)) + "</root>"
    html = "<div>" + "".join(f"<p class=\"x\">Item {n} <b>costs</b> {n} euros.</p>" for n in range(45)) + "</div>"
    sql = "SELECT " + ", ".join(f"t.column_{n} AS c{n}" for n in range(80)) + " FROM orders t WHERE t.id > 10 ORDER BY t.id"
    files = {
        "document.json": json.dumps([record(n) for n in range(4500)]),
        "schema.json": json.dumps(SCHEMA), "instance.json": json.dumps(INSTANCE),
        "template.j2": TEMPLATE, "variables.json": json.dumps(variables),
        "text.txt": prose(100_000, 7), "patterns.json": json.dumps(PATTERNS),
        "answer.prose": prose(2048, 3), "answer.json": json.dumps([record(n) for n in range(11)]),
        "answer.xml": xml[:2048] if len(xml) < 2048 else xml, "answer.html": html, "answer.sql": sql,
    }
    for name, content in files.items():
        (folder / name).write_text(content)
    (folder / "evalrun.yaml").write_text("models: {}\n")


def per_call(body):
    """Seconds per call."""
    body()
    rounds = []
    for _ in range(5):
        calls, batch, start, elapsed = 0, 1, time.perf_counter(), 0
        while elapsed < 0.06:
            for _ in range(batch):
                body()
            calls += batch
            batch = min(batch * 2, 1024)
            elapsed = time.perf_counter() - start
        rounds.append(elapsed / calls)
    return statistics.median(rounds)


def python_times():
    """Seconds per call of Python's libraries by the engine's name; a library that is not there is left out."""
    read = lambda name: (folder / name).read_text()
    times = {}
    document = read("document.json")
    times["json-parse"] = ("json", per_call(lambda: json.loads(document)))
    text = read("text.txt")
    for name, source in PATTERNS.items():
        pattern = re.compile(source)
        times["regex " + name] = ("re", per_call(lambda: pattern.search(text)))
    try:
        import jsonschema
        validator = jsonschema.Draft202012Validator(SCHEMA)
        instance = json.loads(read("instance.json"))
        assert validator.is_valid(instance)
        times["schema-validate"] = ("jsonschema", per_call(lambda: validator.is_valid(instance)))
    except ImportError:
        print("bench: Python's jsonschema is not installed, so there is nothing beside schema-validate", file=sys.stderr)
    try:
        import jinja2
        environment = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
        template = environment.from_string(read("template.j2"))
        variables = json.loads(read("variables.json"))
        times["template-render"] = ("jinja2", per_call(lambda: template.render(variables)))
    except ImportError:
        print("bench: Python's jinja2 is not installed, so there is nothing beside template-render", file=sys.stderr)
    return times


def show(rows, header):
    widths = [max(len(line[column]) for line in rows + [header]) for column in range(len(header))]
    for line in [header] + rows:
        cells = [line[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(line[1:], widths[1:])]
        print("  ".join(cells).rstrip())
    print()


write_inputs()
output = subprocess.run([program, str(folder)], check=True, capture_output=True, text=True).stdout
lines = [json.loads(line) for line in output.splitlines()]
show([(line["name"], f"{line['ns']:,.0f}", line["outcome"]) for line in lines if line["kind"] == "assertion"],
     ("assertion on a 2 KB answer", "ns per call", "outcome"))
python = python_times()
rows = []
for line in lines:
    if line["kind"] != "engine":
        continue
    seconds = line["ns"] / 1e9
    library, other = python.get(line["name"], ("–", 0))
    rows.append((line["name"], f"{line['ns'] / 1000:,.1f} µs", f"{line['bytes'] / seconds / 1e6:,.0f} MB/s",
                 f"{library} {other * 1e6:,.1f} µs" if other else "–", f"{other / seconds:,.1f} ×" if other else "–"))
show(rows, ("engine", "per call", "speed", "Python", "faster"))
