"""Reads a JUnit file the way dashboards do, and prints what they would count.

usage: junit_readers.py FILE TESTS FAILURES ERRORS SKIPPED [SCHEMA]

Exit status: 0 all readers agree, 1 they do not, 77 a reader is not installed.
SCHEMA is an XSD; without it, or without the package xmlschema, validation is left out.
"""

import sys

try:
    import junitparser
    import lxml.etree
except ImportError as error:
    print(f"not installed: {error.name}")
    sys.exit(77)


def counts_of_elements(root):
    """Counts as readers do that do not trust the attributes."""
    cases = root.findall("testsuite/testcase")
    return [len(cases)] + [
        sum(1 for case in cases if case.find(name) is not None) for name in ("failure", "error", "skipped")
    ]


def main():
    path, expected = sys.argv[1], [int(number) for number in sys.argv[2:6]]
    problems = []

    def check(what, found, wanted):
        if found != wanted:
            problems.append(f"{what}: {found}, expected {wanted}")

    root = lxml.etree.parse(path).getroot()
    check("elements", counts_of_elements(root), expected)
    check("root", [int(root.get(name)) for name in ("tests", "failures", "errors")], expected[:3])
    names = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    check("distinct names", len(set(names)), len(names))
    for suite in root.findall("testsuite"):
        numbers = [int(suite.get(name)) for name in ("tests", "failures", "errors", "skipped")]
        alone = lxml.etree.Element("testsuites")
        alone.append(suite)
        check(f"suite {suite.get('name')}", numbers, counts_of_elements(alone))

    xml = junitparser.JUnitXml.fromfile(path)
    totals = [0, 0, 0, 0]
    for suite in xml:
        for case in suite:
            totals[0] += 1
            for result in case.result:
                kinds = (junitparser.Failure, junitparser.Error, junitparser.Skipped)
                totals[1 + kinds.index(type(result))] += 1
    check("junitparser", totals, expected)

    if len(sys.argv) > 6:
        try:
            import xmlschema
        except ImportError:
            print("not installed: xmlschema; the schema is not checked")
        else:
            for error in xmlschema.XMLSchema(sys.argv[6]).iter_errors(path):
                problems.append(f"schema: {error.path}: {error.reason}")

    print("\n".join(problems) or f"{totals[0]} cases, all readers agree")
    sys.exit(1 if problems else 0)


main()
