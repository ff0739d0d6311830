"""Reads everything that a build publishes beside its pages with libraries that share no code with the program.

Two sites are built: the sample, and the sample with traps laid in it (formulas, quotes, long texts, withdrawn records, moved
and cancelled sessions, compression, a path in the base address).
"""

import argparse
import csv
import email.message
import gzip
import hashlib
import io
import json
import pathlib
import shutil
import subprocess
import sys
from datetime import datetime, timezone
from urllib.parse import urlsplit

import brotli
import feedparser
import frictionless
import icalendar
import rdflib
import vobject
from lxml import etree, html

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
HERE = pathlib.Path(__file__).parent
TOP = HERE.parent.parent
TEXTS = {"html", "css", "js", "mjs", "json", "jsonld", "xml", "svg", "csv", "txt", "ics", "vcf", "webmanifest", "map"}

checked = {}


def check(what, holds, about=""):
    """Counts a check and stops where it does not hold."""
    checked[what] = checked.get(what, 0) + 1
    if not holds:
        sys.exit(f"{what}: {about}")


def build(program, root, out, *arguments):
    command = [program, "--root", root, "--message-language", "en", "build", "-o", out, "--as-of", "2026-11-23", *arguments]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"the build ended with {done.returncode}\n{done.stdout}{done.stderr}")


class Published:
    """A published folder."""

    def __init__(self, folder, base):
        self.folder, self.base = folder, base

    def file_of(self, url):
        """The file that a whole address means."""
        check("address", url.startswith(self.base), url)
        path = urlsplit(url).path.removeprefix(urlsplit(self.base).path).lstrip("/")
        file = self.folder / path
        return file / "index.html" if url.split("#")[0].endswith("/") else file

    def json(self, path):
        return json.loads((self.folder / path).read_text("utf-8"))

    def all(self, pattern):
        found = sorted(self.folder.rglob(pattern))
        return found


def records(site):
    """The JSON of records: its addresses are there, its references are told, and the open data says the same."""
    rows = {}
    for table in sorted((site.folder / "data").glob("*.json")):
        if table.name != "datapackage.json":
            rows[table.stem] = {row["id"]: row for row in json.loads(table.read_text("utf-8"))}
    found = [path for path in site.all("*.json") if path.parent.name != "data" and path.name != "manifest.json"]
    seen = 0
    for path in found:
        data = json.loads(path.read_text("utf-8"))
        if "record" not in data:
            continue
        check("record's page", site.file_of(data["page"]).exists(), path)
        check("record's name", data["record"].endswith(":" + data["id"]), path)
        for name, about in data.get("references", {}).items():
            check("reference", site.file_of(about["page"]).exists() and name.split(":")[1], f"{path}: {name}")
        if data["language"] == "vi":
            own = {key: value for key, value in data.items() if key not in ("record", "language", "references")}
            same = [row[data["id"]] for row in rows.values() if row.get(data["id"], {}).get("page") == data["page"]]
            check("open data says the same", same == [own], path)
            seen += 1
    check("every record has its JSON", seen == sum(map(len, rows.values())), seen)
    return rows


def dotted(columns, row):
    """What a row of CSV says, as the JSON would say it."""
    out = {}
    for (name, kind), cell in zip(columns, row):
        if cell == "":
            continue
        value = {
            "string": str, "date": str, "integer": int, "number": json.loads, "boolean": lambda text: text == "true",
            "array": json.loads, "object": json.loads,
        }[kind](cell)
        place = out
        *above, last = name.split(".")
        for key in above:
            place = place.setdefault(key, {})
        place[last] = value
    return out


def tables(site, rows):
    """CSV: parsed back, it is the JSON. For spreadsheets: no formula, codes are texts, lines end as they should."""
    package = site.json("data/datapackage.json")
    resources = {resource["name"]: resource for resource in package["resources"]}
    for kind, expected in rows.items():
        fields = resources[kind]["schema"]["fields"]
        columns = [(field["name"], field["type"]) for field in fields]
        plain = (site.folder / f"data/{kind}.csv").read_text("utf-8")
        parsed = list(csv.reader(io.StringIO(plain, newline=""), strict=True))
        check("columns", parsed[0] == [name for name, _ in columns], kind)
        back = {row[0]: dotted(columns, row) for row in parsed[1:]}
        check("CSV is the JSON", back == expected, difference(back, expected))
        excel = (site.folder / f"data/{kind}.excel.csv").read_bytes()
        check("byte order mark", excel.startswith(b"\xef\xbb\xbf"), kind)
        cells = list(csv.reader(io.StringIO(excel.decode("utf-8-sig"), newline=""), strict=True))
        check("rows", len(cells) == len(parsed), kind)
        check("lines end with CRLF", excel.endswith(b"\r\n") and excel.count(b"\r\n") >= len(cells), kind)
        for row, original in zip(cells[1:], parsed[1:]):
            for (name, kind_of), cell, plain in zip(columns, row, original):
                check("no formula", not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r")), f"{kind}: {cell!r}")
                check("nothing is lost", cell.removeprefix("'") == plain.removeprefix("'") or len(plain) > 16000, cell)
                check("fits", len(cell) <= 32767, f"{kind}: {name}")
                if kind_of == "string" and plain.replace(".", "").replace(" ", "").isdigit():
                    check("codes stay texts", cell.startswith("'"), f"{kind}: {cell!r}")
        for resource in (resources[kind], resources[f"{kind}-json"]):
            size = (site.folder / "data" / resource["path"]).stat().st_size
            check("bytes", size == resource["bytes"], resource["path"])


def difference(back, expected):
    for key in expected:
        if back.get(key) != expected[key]:
            fields = {name for name in {*expected[key], *back.get(key, {})} if expected[key].get(name) != back.get(key, {}).get(name)}
            return f"{key}: {sorted(fields)}"
    return "other records"


def data_package(site):
    """Frictionless: the package is one, and every table fits its schema."""
    report = frictionless.validate(str(site.folder / "data/datapackage.json"))
    check("data package", report.valid, report.flatten(["title", "rowNumber", "fieldName", "note"])[:5])
    check("tasks", len(report.tasks) >= 9, len(report.tasks))


def catalog(site):
    """DCAT: read as RDF without a network, every distribution is a file of the size that is told."""
    graph = rdflib.Graph().parse(site.folder / "data/catalog.jsonld", format="json-ld")
    dcat, dct = rdflib.Namespace("http://www.w3.org/ns/dcat#"), rdflib.Namespace("http://purl.org/dc/terms/")
    catalogs = list(graph.subjects(rdflib.RDF.type, dcat.Catalog))
    check("one catalogue", len(catalogs) == 1, catalogs)
    datasets = list(graph.objects(catalogs[0], dcat.dataset))
    check("datasets", len(datasets) == 9, len(datasets))
    for dataset in datasets:
        check("dataset", graph.value(dataset, dct.publisher) and len(list(graph.objects(dataset, dct.title))) == 2, dataset)
        distributions = list(graph.objects(dataset, dcat.distribution))
        check("distributions", len(distributions) == 3, dataset)
        for distribution in distributions:
            file = site.file_of(str(graph.value(distribution, dcat.downloadURL)))
            size = int(graph.value(distribution, dcat.byteSize))
            check("byteSize", file.stat().st_size == size, file)


def feeds(site):
    """Atom: well-formed, with what RFC 4287 asks of every feed and entry; links lead to pages; pages lead to feeds."""
    found = site.all("atom.xml")
    check("feeds", len(found) == 12, found)
    all_ids = {}
    for path in found:
        tree = etree.parse(path).getroot()
        check("feed", tree.tag == f"{ATOM}feed", path)
        for name in ("id", "title", "updated"):
            check("feed has what it must", len(tree.findall(ATOM + name)) == 1, f"{path}: {name}")
        check("author", tree.find(f"{ATOM}author/{ATOM}name").text, path)
        entries = tree.findall(f"{ATOM}entry")
        ids = [entry.find(f"{ATOM}id").text for entry in entries]
        check("ids are unique", len(ids) == len(set(ids)), path)
        parsed = feedparser.parse(path.read_bytes())
        check("feedparser", not parsed.bozo and len(parsed.entries) == len(entries), f"{path}: {parsed.get('bozo_exception')}")
        dates = [entry.updated_parsed for entry in parsed.entries]
        check("newest first", dates == sorted(dates, reverse=True), path)
        check("updated", not dates or parsed.feed.updated_parsed == dates[0], path)
        for entry in parsed.entries:
            check("entry", entry.title and entry.id.startswith("tag:") and entry.updated.endswith("+07:00"), path)
            check("entry's page", site.file_of(entry.link).exists(), entry.link)
            check("one record, one title", all_ids.setdefault(entry.id, entry.title) == entry.title, entry.id)
        links = {link.rel: link.href for link in parsed.feed.links}
        check("self", site.file_of(links["self"]) == path, path)
        page = html.parse(str(site.file_of(links["alternate"]))).getroot()
        hrefs = page.xpath('//link[@rel="alternate"][@type="application/atom+xml"]/@href')
        check("page leads to the feed", urlsplit(links["self"]).path in hrefs, f"{path}: {hrefs}")


def calendars(site, traps):
    """iCalendar: read by a library; times are the site's; the moved session is moved, the cancelled one struck out."""
    found = site.all("lich.ics")
    check("calendars", len(found) == 2, found)
    for path in found:
        raw = path.read_bytes()
        check("CRLF", raw.count(b"\n") == raw.count(b"\r\n"), path)
        check("lines", all(len(line) <= 75 for line in raw.split(b"\r\n")), path)
        calendar = icalendar.Calendar.from_ical(raw)
        check("no error", not calendar.errors and calendar["version"] == "2.0" and calendar["prodid"], path)
        events = [part for part in calendar.walk("VEVENT")]
        check("events", events, path)
        check("UIDs", len({str(event["uid"]) for event in events}) == len(events), path)
        for event in events:
            check("event", not event.errors and event["dtstamp"] and event["summary"], path)
            start, end = event.decoded("dtstart"), event.decoded("dtend")
            check("UTC", start.tzinfo is not None and start.utcoffset().total_seconds() == 0 and start < end, path)
        if traps:
            by_uid = {str(event["uid"]): event for event in events}
            moved = next(event for uid, event in by_uid.items() if "2026-12-08" in uid)
            check("moved", moved.decoded("dtstart") == datetime(2026, 12, 10, 0, 30, tzinfo=timezone.utc), moved["dtstart"])
            check("moved is on", str(moved["status"]) == "CONFIRMED" and int(moved["sequence"]) == 1, moved["status"])
            cancelled = next(event for uid, event in by_uid.items() if "2026-12-15" in uid)
            check("cancelled", str(cancelled["status"]) == "CANCELLED", cancelled["status"])


def cards(site, rows):
    """vCard 4.0: read by a library; a card for each contact that is not withdrawn."""
    found = site.all("*.vcf")
    living = [row for row in rows["contacts"].values() if "withdrawn" not in row]
    check("cards", len(found) == 2 * len(living), found)
    for path in found:
        raw = path.read_bytes()
        check("lines", all(len(line) <= 75 for line in raw.split(b"\r\n")), path)
        card = vobject.readOne(raw.decode("utf-8"))
        check("card", card.version.value == "4.0" and card.fn.value, path)
        if path.parts[-3] != "en" and path.parent.name != "contacts":
            row = rows["contacts"][path.stem]
            check("name", card.fn.value == row["title"], path)
            check("phones", len(getattr(card, "tel_list", [])) == len(row.get("phones", [])), path)


def sitemap(site, schema):
    """Sitemap: as its schema says; each page once, with its other languages; each is there and may be indexed."""
    tree = etree.parse(site.folder / "sitemap.xml").getroot()
    check("schema", schema.validate(tree), schema.error_log)
    check("urlset", tree.tag == f"{SITEMAP}urlset")
    places = [url.find(f"{SITEMAP}loc").text for url in tree]
    check("each once", len(places) == len(set(places)), len(places))
    by_place = {}
    for url in tree:
        place = url.find(f"{SITEMAP}loc").text
        page = html.parse(str(site.file_of(place))).getroot()
        check("may be indexed", "noindex" not in "".join(page.xpath('//meta[@name="robots"]/@content')), place)
        check("canonical", page.xpath('//link[@rel="canonical"]/@href') == [place], place)
        by_place[place] = {link.get("hreflang"): link.get("href") for link in url.findall(f"{XHTML}link")}
    for place, others in by_place.items():
        check("languages", place in others.values() and all(by_place.get(other) == others for other in others.values()), place)
    robots = (site.folder / "robots.txt").read_text()
    check("robots", f"Sitemap: {site.base}/sitemap.xml" in robots, robots)


def sitemap_schema(path):
    """The published schema. Elements of other vocabularies, such as links to other languages, are let through unread."""
    tree = etree.parse(path)
    for other in tree.iter("{http://www.w3.org/2001/XMLSchema}any"):
        other.set("processContents", "lax")
    return etree.XMLSchema(tree)


def headers(site):
    """_headers and security.txt: the policy allows what the pages need, and nothing else."""
    text = (site.folder / "_headers").read_text()
    check("policy", "default-src 'none'" in text and "'unsafe-inline'" not in text, text)
    policy = next(line for line in text.splitlines() if "Content-Security-Policy" in line)
    allowed = policy.split("form-action")[1].split(";")[0].split()
    for path in site.all("*.html"):
        page = html.parse(str(path)).getroot()
        scripts = page.xpath('//script[not(@src) and not(@type="application/ld+json")]')
        check("no inline script or style", not (scripts or page.xpath("//style|//@style|//@onclick")), path)
        for action in page.xpath("//form/@action"):
            origin = "{0.scheme}://{0.netloc}".format(urlsplit(action))
            check("form may be sent", action.startswith("/") or origin in allowed, f"{path}: {action}")
    parsed = email.message_from_string((site.folder / ".well-known/security.txt").read_text())
    check("security.txt", parsed["Contact"].startswith("mailto:"), parsed["Contact"])
    check("expires", datetime.fromisoformat(parsed["Expires"]).tzinfo is not None, parsed["Expires"])
    check("canonical", parsed["Canonical"] == f"{site.base}/.well-known/security.txt", parsed["Canonical"])


def manifest(site):
    """The manifest names every file with its SHA-256."""
    files = site.json("manifest.json")["files"]
    there = {str(path.relative_to(site.folder)) for path in site.all("*") if path.is_file()} - {"manifest.json", ".gitignore"}
    check("manifest is whole", there == set(files), there ^ set(files))
    for name, entry in files.items():
        check("SHA-256", hashlib.sha256((site.folder / name).read_bytes()).hexdigest() == entry["sha256"], name)


def compressed(site, plain):
    """Beside each text file stands the same compressed; nothing else differs from a site without."""
    for path in site.all("*"):
        if not path.is_file() or path.name in ("manifest.json", ".gitignore"):
            continue
        ending = path.suffix.lstrip(".")
        if ending == "br":
            check("br", brotli.decompress(path.read_bytes()) == path.with_suffix("").read_bytes(), path)
        elif ending == "gz":
            check("gz", gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes(), path)
        else:
            name = path.relative_to(site.folder)
            check("same as without", path.read_bytes() == (plain.folder / name).read_bytes(), path)
            packed = [pathlib.Path(f"{path}{coding}").exists() for coding in (".br", ".gz")]
            check("packed", packed == [ending in TEXTS] * 2, path)


def staging(site):
    """A site that is only tried out is found by nobody."""
    check("no sitemap", not (site.folder / "sitemap.xml").exists())
    check("robots", "Disallow: /" in (site.folder / "robots.txt").read_text())
    check("header", "X-Robots-Tag: noindex" in (site.folder / "_headers").read_text())
    for path in site.all("*.html"):
        page = html.parse(str(path)).getroot()
        check("noindex", "noindex" in "".join(page.xpath('//meta[@name="robots"]/@content')), path)


TRAPS = {
    "documents/cong-thuc.yaml": 'symbol: "12/2025"\ntitle: "=1+1, \\"dấu nháy\\" và; chấm phẩy"\nissuer: "@ông"\n'
    "type: '-Công văn'\nissued_on: 2025-12-01\nforce: in_force\nsummary: '+84 239 385 5123'\n",
    "documents/dai.yaml": "symbol: 13/2025/QĐ-SM\ntitle: Văn bản dài\ntype: Quyết định\nissuer: Sở\nissued_on: 2025-12-02\n"
    "force: in_force\nbody: |\n  " + "Một đoạn rất dài, có dấu. " * 3000 + "\n",
    "updates/thu-hoi.md": "---\ntitle: Thông báo đã thu hồi\nkind: notice\ndate: 2026-03-01\nsummary: Không còn\nwithdrawn:\n"
    "  on: 2026-03-02\n  reason: Đăng nhầm\n---\nNội dung cũ không còn.\n",
    "contacts/cu.yaml": "title: Đầu mối cũ\ntype: office\naccepts: [question]\nemail: cu@example.gov.vn\naddress:\n  street: Số 1\n"
    "  commune: phường Mẫu\n  province: tỉnh Hà Tĩnh\nwithdrawn:\n  on: 2026-01-02\n  reason: Đã chuyển\n",
    "contacts/phong-hai.yaml": "title: 'Phòng tiếp công dân; số 2, \"mới\"'\ntype: reception\naccepts: [complaint]\n"
    "phones:\n  - number: 0239 3855 123\n    extension: '12'\naddress:\n  street: Số 2, đường Mẫu\n  commune: phường Mẫu\n"
    "  province: tỉnh Hà Tĩnh\n  latitude: 18.34\n  longitude: -105.9\nreception:\n  rule: Theo lịch; có thể đổi\n  sessions:\n"
    "    - {on: 2026-12-01, from: '07:30', to: '11:30', chair: Giám đốc}\n"
    "    - {on: 2026-12-08, from: '07:30', to: '11:30', chair: Giám đốc, status: moved, moved_to: 2026-12-10}\n"
    "    - {on: 2026-12-15, from: '07:30', to: '11:30', chair: Giám đốc, status: cancelled}\n",
}


def site_of(work, name, traps=False, more="", base="https://congkhai.example.gov.vn"):
    root = work / name
    shutil.copytree(TOP / "content", root / "content")
    if traps:
        for path, text in TRAPS.items():
            (root / "content" / path).write_text(text, "utf-8")
    config = root / "content/site.yaml"
    text = config.read_text("utf-8").replace("https://congkhai.example.gov.vn\n", base + "\n", 1)
    config.write_text(text + more, "utf-8")
    return root


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", type=pathlib.Path, required=True)
    arguments.add_argument("--work", type=pathlib.Path, required=True)
    arguments.add_argument("--sitemap-schema", type=pathlib.Path, required=True)
    given = arguments.parse_args()
    program, work, schema = given.program.absolute(), given.work.absolute(), sitemap_schema(given.sitemap_schema)
    plain_base, below = "https://congkhai.example.gov.vn", "https://example.gov.vn/cong-khai"
    for name, traps, base in (("sample", False, plain_base), ("traps", True, below)):
        build(program, site_of(work, name, traps, base=base), work / f"{name}-out")
        site = Published(work / f"{name}-out", base)
        rows = records(site)
        tables(site, rows)
        data_package(site)
        catalog(site)
        feeds(site)
        calendars(site, traps)
        cards(site, rows)
        sitemap(site, schema)
        headers(site)
        manifest(site)
    build(program, site_of(work, "packed", True, "outputs: {compress: true}\n", below), work / "packed-out")
    compressed(Published(work / "packed-out", below), Published(work / "traps-out", below))
    build(program, site_of(work, "staged", more="staging: true\n"), work / "staged-out")
    staging(Published(work / "staged-out", plain_base))
    for what, count in checked.items():
        print(f"{count:7} {what}")


main()
