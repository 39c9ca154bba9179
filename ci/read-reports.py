"""Reads the JUnit and JSON reports of two equal replays as other programs do, and compares them.

usage: read-reports.py FIRST SECOND     (paths without .xml and .json)

lxml reads the XML strictly, junitparser as dashboards do. The counts of both must be those of the JSON report, names
must be unique, and both replays must have left the same bytes.
"""

import json
import pathlib
import sys

import junitparser
from lxml import etree

failures = []


def expect(holds, message):
    if not holds:
        failures.append(message)


def read(path):
    return pathlib.Path(path).read_bytes()


first, second = sys.argv[1:3]
expect(read(first + ".xml") == read(second + ".xml"), "the JUnit files of two replays differ")
results, again = (json.loads(read(path + ".json")) for path in (first, second))
expect(results["executions"] == again["executions"], "the executions of two replays differ")

summary = results["summary"]
counted = sum(summary[key] for key in ("passed", "failed", "errored", "skipped"))
expect(summary["executions"] == counted == len(results["executions"]), "the counts of the JSON report do not add up")

root = etree.fromstring(read(first + ".xml"), etree.XMLParser(resolve_entities=False, no_network=True))
expect(root.tag == "testsuites", f"the root is <{root.tag}>, not <testsuites>")
cases = root.findall(".//testcase")
names = [(case.get("classname"), case.get("name")) for case in cases]
expect(all(part for name in names for part in name), "a testcase has no name or no classname")
expect(len(set(names)) == len(names), "two testcases have the same classname and name")
gates = [case for case in cases if case.get("classname") == "evalrun.gates"]
expect(len(cases) - len(gates) == summary["executions"], "the testcases are not the executions")
expect(len(gates) == len(results["gates"]), "the testcases of gates are not the gates")
for suite in root.iter("testsuite"):
    own = suite.findall("testcase")
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        found = sum(1 for case in own if case.find(tag) is not None)
        expect(int(suite.get(attribute, "0")) == found, f"{suite.get('name')}: {attribute} is not {found}")
    expect(int(suite.get("tests", "-1")) == len(own), f"{suite.get('name')}: tests is not {len(own)}")

parsed = junitparser.JUnitXml.fromfile(first + ".xml")
count = sum(1 for suite in parsed for _ in suite)
expect(count == len(cases), f"junitparser sees {count} testcases, lxml {len(cases)}")

for message in failures:
    print(f"reports: {message}", file=sys.stderr)
if failures:
    sys.exit(1)
print(f"{len(cases)} testcases ({len(gates)} gates) read by lxml and junitparser; two replays gave the same bytes")
