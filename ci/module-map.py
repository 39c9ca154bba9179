"""Compares the module map of README.md with the manifest.

usage: swift package dump-package | module-map.py README.md
"""

import json
import re
import sys

targets = {}
for target in json.load(sys.stdin)["targets"]:
    if target["type"] == "test" or (target.get("path") or "").startswith("Tests/"):
        continue
    # A dependency on a target of this package is `byName`, one on another package's product is `product`.
    targets[target["name"]] = {d["byName"][0] for d in target["dependencies"] if "byName" in d}

rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$", open(sys.argv[1], encoding="utf-8").read(), re.MULTILINE)
shown = {name: set(imports.replace("–", "").replace(",", " ").split()) for name, imports in rows if name in targets}
order = [name for name, _ in rows]

mistakes = [f"{name} is not in the table" for name in targets if name not in shown]
for name, imports in shown.items():
    if imports != targets[name]:
        mistakes.append(f"{name} imports {', '.join(sorted(targets[name])) or 'nothing'}")
    mistakes += [f"{name} stands above {other}" for other in imports if order.index(other) > order.index(name)]
for mistake in mistakes:
    print(f"module map: {mistake}", file=sys.stderr)
sys.exit(1 if mistakes else 0)
