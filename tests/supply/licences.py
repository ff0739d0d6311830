"""licences.py SOURCES OUT: the licence texts of everything that is linked into the program, as one file to go with it.

A package without its text, or whose texts are not those of the licence that it names, fails; `missing.toml` says what stands in for a text
that a package leaves out. Texts that differ only in their spaces are written once.
"""

import html
import re
import sys
import tomllib
from pathlib import Path

from license_expression import get_spdx_licensing

import carried

HERE = Path(__file__).parent
SPDX = get_spdx_licensing()

# By what a text is known as that of a licence: words of it, without regard to case and spaces.
WORDS = {
    "0BSD": ["permission to use, copy, modify, and/or distribute this software"],
    "Apache-2.0": ["apache license", "version 2.0, january 2004"],
    "BSD-2-Clause": ["redistribution and use in source and binary forms", "disclaimer"],
    "BSD-3-Clause": ["redistribution and use in source and binary forms", "endorse or promote products"],
    "BSL-1.0": ["boost software license"],
    "CC0-1.0": ["cc0 1.0 universal"],
    "CDLA-Permissive-2.0": ["community data license agreement", "permissive", "version 2.0"],
    "ISC": ["permission to use, copy, modify, and", "distribute this software for any purpose with or without fee"],
    "LLVM-exception": ["llvm exceptions to the apache 2.0 license"],
    "MIT": ["permission is hereby granted, free of charge, to any person obtaining"],
    "MIT-0": ["permission is hereby granted, free of charge, to any person obtaining"],
    "MPL-2.0": ["mozilla public license", "2.0"],
    "Unicode-3.0": ["unicode license v3"],
    "Unlicense": ["this is free and unencumbered software released into the public domain"],
    "Zlib": ["this software is provided 'as-is', without any express or implied warranty"],
    "blessing": ["in place of a legal notice, here is a blessing"],
    "LicenseRef-public-domain": ["public domain"],
    "LGPL-2.1-or-later": ["gnu lesser general public license", "version 2.1, february 1999"],
    "GPL-3.0-or-later": ["gnu general public license", "version 3, 29 june 2007"],
    "GCC-exception-3.1": ["gcc runtime library exception"],
}


def squeezed(text):
    return " ".join(text.split())


def uncommented(text):
    """A text that stands in a comment of code, without the comment's marks."""
    return re.sub(r"^//+", "", text, flags=re.M)


def is_shown(term, texts):
    """Whether texts show a licence: every word of it in one of them; of alternatives one is enough."""
    operator = getattr(term, "operator", "").strip()
    if operator:
        return (any if operator == "OR" else all)(is_shown(part, texts) for part in term.args)
    keys = [term.license_symbol.key, term.exception_symbol.key] if hasattr(term, "exception_symbol") else [term.key]
    return all(any(all(word in text for word in WORDS[key]) for text in texts) for key in keys)


def shows(licence, texts):
    term = SPDX.parse(licence.replace("LicenseRef-public-domain", "blessing"))
    if licence == "LicenseRef-public-domain":
        return any("public domain" in text.lower() for text in texts)
    return is_shown(term, [squeezed(uncommented(text)).lower() for text in texts])


def plain(text):
    """A text without the markup that Rust's notices have."""
    if "<html>" not in text:
        return text.strip("\n").replace("\r\n", "\n")
    text = re.sub(r"<(style|head)>[\s\S]*?</\1>", "", text)
    text = html.unescape(re.sub(r"<[^>]+>", "", text))
    return re.sub(r"\n\s*\n\s*", "\n\n", text).strip("\n")


class StandIns:
    """What stands in for texts that packages leave out."""

    def __init__(self, others):
        self.by_name = {it.name: it for it in others}
        self.unused = set()
        self.entries = {}
        for kind, entries in tomllib.loads((HERE / "missing.toml").read_text()).items():
            for entry in entries:
                for name in entry["packages"]:
                    self.entries[name] = kind, entry
                    self.unused.add(name)

    def texts(self, package):
        if package.name not in self.entries:
            return []
        self.unused.discard(package.name)
        kind, entry = self.entries[package.name]
        if kind == "sister":
            return [path.read_text() for path in self.by_name[entry["of"]].texts()]
        file = (HERE / "../.." / {"MIT": "LICENSE-MIT", "Apache-2.0": "LICENSE-APACHE"}[entry["licence"]]).read_text()
        return [re.sub(r"^Copyright \(c\).*$", entry["copyright"].replace("\\", r"\\"), file, count=1, flags=re.M) if entry["licence"] == "MIT" else f"{entry['copyright']}\n\n{file}"]


def gathered(others):
    """Each thing that is linked with its texts, and what is wrong."""
    things, wrong, stand_ins = [], [], StandIns(others)
    for package in (it for it in others if it.is_linked):
        texts = [path.read_text(errors="replace") for path in package.texts()] or stand_ins.texts(package)
        where = f", {package.repository}" if package.repository else ""
        things.append((f"{package.name} {package.version} ({package.licence}{where})", package.licence, texts))
    for part in carried.parts(others):
        of = f", in {part.inside}" if part.inside else ""
        things.append((f"{part.name} {part.version} ({part.licence}{of}): {part.what}", part.licence, [plain(text) for text in part.texts]))
    for title, licence, texts in things:
        if not texts:
            wrong.append(f"{title}: no text; add it to missing.toml")
        elif not shows(licence, texts):
            wrong.append(f"{title}: none of its texts is that of {licence}")
    wrong += [f"missing.toml: {name} has its text, or is not linked any more" for name in sorted(stand_ins.unused)]
    return things, wrong


HEAD = """What the program minhbach is made of, beside its own code (MIT OR Apache-2.0, in LICENSE-MIT and LICENSE-APACHE), and under which terms.

The sources of everything are in the packages that are named here, at these versions, unchanged: Rust's packages in their registry, those of the
C library and the compiler in Debian. Of glibc (LGPL), which is linked statically: the program's sources and docs/release.md are what it takes
to link it with another version.
"""


def write(things, out):
    """A text, below everything that is under it."""
    titles = {}
    for title, _, texts in things:
        for text in texts:
            text = plain(text)
            titles.setdefault(squeezed(text), (text, []))[1].append(title)
    rule = "=" * 100
    with open(out, "w") as file:
        file.write(HEAD)
        for text, of in titles.values():
            file.write(f"\n{rule}\n" + "\n".join(dict.fromkeys(of)) + f"\n{rule}\n\n{text}\n")
    return len(titles)


def main():
    _, others = carried.packages(sys.argv[1])
    things, wrong = gathered(others)
    texts = write(things, sys.argv[2])
    print(f"{len(things)} things linked, {texts} different texts")
    print(f"TABLE\tlicence texts of what is linked\t{len(things)}\t{len(things) - len(wrong)}")
    sys.exit("\n".join(wrong) if wrong else 0)


if __name__ == "__main__":
    main()
