"""Compares the pages of the real book with those that the tool in use has made of it: .ci/pages.py GOALS SHARED [LIST]

Every block that differs has to be in LIST, tests/pages.tsv by default: page, heading, how many blocks differ there, and why. A
difference that is not listed is wrong, and so is a line whose difference is gone. `--write` writes the list anew, with `?` where
nobody has said why; the figures of the comparison are printed in any case. Reports are not rendered, so their pages are left out.
"""

import collections
import difflib
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile

LEAST = 98.5
REPORTS = re.compile(r"^(blog-post-[0-9-]+|(?!20)[^/]+/(index|recent-updates))\.md$")


def module(path):
    spec = importlib.util.spec_from_file_location("tool", path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def render(goals, shared, directory):
    """Has the book rendered as mdBook would, and takes it apart."""
    site, tool = f"{shared}/corpus/site/input", f"{shared}/tools/book_json.py"
    context, book = json.loads(subprocess.run([sys.executable, tool, site], check=True, capture_output=True).stdout)
    context["config"]["preprocessor"]["goals"]["issues"] = "issues"
    command = [goals, "mdbook", "--roster", f"{site}/team"]
    run = lambda: subprocess.run(command, check=True, input=json.dumps([context, book]).encode(), capture_output=True)
    rendered = run()
    if run().stdout != rendered.stdout:
        sys.exit("the same book is rendered in another way the second time")
    subprocess.run([sys.executable, tool, "--split", directory], check=True, input=rendered.stdout)


def headings(blocks):
    """The heading around each block."""
    last = ""
    for block in blocks:
        if block.startswith("h: "):
            last = re.sub(r"⟨|\|[^⟩]*⟩", "", block[len("h: "):])
        yield last


def differences(tool, oracle, ours):
    """How many blocks there are, how many match, and how many differ by page and heading."""
    total = matching = 0
    found = collections.Counter()
    for page in sorted(set(tool.pages(oracle)) | set(tool.pages(ours))):
        if REPORTS.match(page):
            continue
        read = lambda root: open(os.path.join(root, page), encoding="utf-8").read() if os.path.exists(os.path.join(root, page)) else ""
        expected, actual = (
            tool.blocks(read(root), page, "https://rust-lang.github.io/goals", True) for root in (oracle, ours)
        )
        around = list(headings(expected)), list(headings(actual))
        total += max(len(expected), len(actual))
        for kind, a, b, c, d in difflib.SequenceMatcher(a=expected, b=actual, autojunk=False).get_opcodes():
            if kind == "equal":
                matching += b - a
                continue
            missing, added = collections.Counter(around[0][a:b]), collections.Counter(around[1][c:d])
            for heading in missing.keys() | added.keys():
                found[page, heading] += max(missing[heading], added[heading])
    return total, matching, found


def chapters(oracle, ours):
    """How many chapters there are, and how many of them are the same."""
    key = lambda one: (one["name"], one["path"] or "", tuple(one["parent_names"]), tuple(one["number"] or []))
    read = lambda root: [one for one in json.load(open(f"{root}/chapters.json", encoding="utf-8"))]
    expected = [key(one) for one in read(oracle) if not REPORTS.match(one["path"] or "")]
    actual = [key(one) for one in read(ours)]
    same = difflib.SequenceMatcher(a=expected, b=actual, autojunk=False).get_matching_blocks()
    return max(len(expected), len(actual)), sum(block.size for block in same)


def read_list(path):
    listed = {}
    for line in open(path, encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            page, heading, count, reason = line.rstrip("\n").split("\t")
            listed[page, heading] = (int(count), reason)
    return listed


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--write"]
    goals, shared = arguments[:2]
    path = arguments[2] if len(arguments) > 2 else os.path.join(os.path.dirname(__file__), "../tests/pages.tsv")
    oracle = f"{shared}/corpus/site/pages"
    with tempfile.TemporaryDirectory() as ours:
        render(goals, shared, ours)
        total, matching, found = differences(module(f"{shared}/tools/pages_compare.py"), oracle, ours)
        all_chapters, same_chapters = chapters(oracle, ours)
    share = 100 * matching / total
    print(f"{matching} of {total} blocks match ({share:.2f} %), {same_chapters} of {all_chapters} chapters")
    listed = read_list(path) if os.path.exists(path) else {}
    if "--write" in sys.argv:
        comments = [line for line in open(path, encoding="utf-8") if line.startswith("#")] if os.path.exists(path) else []
        lines = [f"{page}\t{heading}\t{count}\t{listed.get((page, heading), (0, '?'))[1]}\n" for (page, heading), count in sorted(found.items())]
        open(path, "w", encoding="utf-8").writelines(comments + lines)
        return
    wrong = [f"not listed: {page}: {heading}: {count}" for (page, heading), count in sorted(found.items()) if listed.get((page, heading), (0, ""))[0] != count]
    wrong += [f"gone: {page}: {heading}" for page, heading in sorted(listed.keys() - found.keys())]
    wrong += [f"no reason: {page}: {heading}" for (page, heading), (_, reason) in listed.items() if reason in ("", "?")]
    if share < LEAST or same_chapters != all_chapters:
        wrong.append(f"at least {LEAST} % of the blocks and all chapters have to match")
    print("\n".join(wrong))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
