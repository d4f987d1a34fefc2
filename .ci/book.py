"""Checks a book that mdBook has built: .ci/book.py DIR, which holds `html` and `markdown`.

No link within the book is dead, no page has a directive left, no definition is there that nothing refers to, and no bracketed
name is left as text. Exit code 1 with the list of what is wrong.
"""

import html.parser
import os
import re
import sys
import urllib.parse

from markdown_it import MarkdownIt


class Page(html.parser.HTMLParser):
    """The links and anchors of a page."""

    def __init__(self):
        super().__init__()
        self.links, self.anchors = [], set()

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.anchors.update(filter(None, (attributes.get("id"), attributes.get("name"))))
        self.links += [attributes[key] for key in ("href", "src") if attributes.get(key)]


def files(root, ending):
    for directory, _, names in os.walk(root):
        for name in sorted(names):
            if name.endswith(ending):
                yield os.path.relpath(os.path.join(directory, name), root)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def dead_links(root):
    pages = {}
    for path in files(root, ".html"):
        pages[path] = Page()
        pages[path].feed(read(os.path.join(root, path)))
    checked = 0
    for path, page in sorted(pages.items()):
        # The page for what is not found links from the root of the site.
        base = "" if path == "404.html" else os.path.dirname(path)
        for link in page.links:
            target = urllib.parse.urlsplit(link)
            if target.scheme or target.netloc:
                continue
            checked += 1
            name = urllib.parse.unquote(target.path)
            to = os.path.normpath(os.path.join(base, name.lstrip("/") if path == "404.html" else name)) if name else path
            if not os.path.exists(os.path.join(root, to)):
                yield f"{path}: no file {to} ({link})"
            elif target.fragment and to in pages and urllib.parse.unquote(target.fragment) not in pages[to].anchors:
                yield f"{path}: no anchor {link}"
    print(f"{len(pages)} pages of HTML, {checked} links within the book")


def leftovers(root):
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    count = 0
    for path in files(root, ".md"):
        count += 1
        text = read(os.path.join(root, path))
        environment = {}
        tokens = parser.parse(text, environment)
        inline = [token for token in tokens if token.type == "inline"]
        shown = " ".join(child.content for token in inline for child in token.children if child.type == "text")
        if "(((" in shown:
            yield f"{path}: a directive is left"
        for name in re.findall(r"\[[a-z][a-z-]+\]", shown):
            yield f"{path}: {name} is text"
        # A definition is used if the text is another one without it.
        for label in environment.get("references", {}):
            pattern = r"(?mi)^ {0,3}\[" + r"\s+".join(map(re.escape, label.split())) + r"\]:.*$"
            without = re.sub(pattern, "", text)
            if parser.render(without) == parser.render(text):
                yield f"{path}: nothing refers to [{label}]"
    print(f"{count} pages of Markdown")


def main():
    root = sys.argv[1]
    wrong = [*dead_links(os.path.join(root, "html")), *leftovers(os.path.join(root, "markdown"))]
    print("\n".join(wrong))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
