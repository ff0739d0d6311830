"""Serves the sample with each configuration of docs/servers.md and asks for pages, files and what is not there.

What the headers have to be is read from the `_headers` file that the build writes, so the recipes and the program cannot say two things.
"""

import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HOST = "congkhai.example.gov.vn"
FOLDER = "/srv/congkhai/public"


def site(program, scratch):
    """The sample, built with compressed files beside the others."""
    root = scratch / "site"
    shutil.copytree("content", root / "content")
    config = root / "content/site.yaml"
    text = config.read_text()
    if "\noutputs:" in text:
        sys.exit("the sample sets `outputs`: this script would set it twice")
    config.write_text(text + "\noutputs: {compress: true}\n")
    environment = os.environ | {"XDG_STATE_HOME": str(scratch / "state")}
    subprocess.run([program, "build", "-q", "--as-of", "2026-11-23"], cwd=root, check=True, env=environment)
    return root / "public"


def rules(public):
    """What `_headers` says: headers by the path that they are for."""
    found, path = {}, None
    for line in (public / "_headers").read_text().splitlines():
        if line.startswith(" "):
            name, value = line.strip().split(": ", 1)
            found[path][name.lower()] = value
        elif line:
            path = line
            found[path] = {}
    return found


def recipes():
    """The configurations in the document, by the language of their blocks."""
    return dict(re.findall(r"```(\w+)\n(.*?)```", Path("docs/servers.md").read_text(), re.S))


def on_loopback(recipe, public, policy):
    """The recipe for another folder and this site's own policy, without TLS, which needs a certificate."""
    recipe = recipe.replace(FOLDER, str(public))
    return re.sub(r"default-src 'none'[^\"]*", policy, recipe)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def nginx(recipe, scratch, port):
    recipe = recipe.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};").replace("http2 on;", "")
    modules = "".join(f"load_module {path};\n" for path in Path("/usr/lib/nginx/modules").glob("*brotli_static*"))
    paths = "".join(f"{name}_temp_path {scratch}/{name};\n" for name in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
    user = "user root;\n" if os.getuid() == 0 else ""
    config = scratch / "nginx.conf"
    config.write_text(f"{user}{modules}daemon off;\npid {scratch}/nginx.pid;\nerror_log {scratch}/nginx.log;\nevents {{}}\nhttp {{\naccess_log off;\n{paths}{recipe}\n}}\n")
    return ["/usr/sbin/nginx", "-e", str(scratch / "nginx.log"), "-c", str(config)]


def apache(recipe, scratch, port):
    recipe = recipe.replace("*:443", f"127.0.0.1:{port}")
    modules = ["mpm_event", "authz_core", "headers", "rewrite", "mime", "dir", "setenvif", "env"]
    loaded = "".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n" for name in modules)
    config = scratch / "apache.conf"
    config.write_text(f"ServerRoot {scratch}\nServerName {HOST}\nListen 127.0.0.1:{port}\nPidFile {scratch}/apache.pid\nErrorLog {scratch}/apache.log\nMutex file:{scratch} default\n{loaded}TypesConfig /etc/mime.types\n{recipe}\n")
    return ["/usr/sbin/apache2", "-D", "FOREGROUND", "-f", str(config)]


def caddy(recipe, scratch, port):
    recipe = recipe.replace(f"{HOST} {{", f"http://{HOST}:{port} {{\n    bind 127.0.0.1", 1)
    config = scratch / "Caddyfile"
    config.write_text("{\n    admin off\n    auto_https off\n}\n" + recipe)
    return ["/usr/bin/caddy", "run", "--adapter", "caddyfile", "--config", str(config)]


def ask(port, path, accepts="identity"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": f"{HOST}:{port}", "Accept-Encoding": accepts})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


class Judge:
    """Counts what was asked and remembers what was wrong."""

    def __init__(self, server, port):
        self.server, self.port, self.asked, self.wrong = server, port, 0, []

    def that(self, what, holds, seen=""):
        self.asked += 1
        if not holds:
            self.wrong.append(f"{self.server}: {what}: {seen}")

    def page(self, path, rules, public, status=200, file=None):
        got, headers, body = ask(self.port, path)
        self.that(f"{path} is {status}", got == status, got)
        if file:
            self.that(f"{path} has the bytes of {file}", body == (public / file).read_bytes(), len(body))
        for pattern, wanted in rules.items():
            if not (path.startswith(pattern.rstrip("*"))):
                continue
            for name, value in wanted.items():
                self.that(f"{path} has {name}", headers.get(name) == value, headers.get(name))
        return headers


def judge(judge, rules, public):
    """Asks for everything that the document speaks of."""
    headers = judge.page("/", rules, public, file="index.html")
    judge.that("/ is HTML in UTF-8", headers.get("content-type", "").lower() == "text/html; charset=utf-8", headers.get("content-type"))
    judge.that("/ is asked for again", headers.get("cache-control") == "no-cache", headers.get("cache-control"))
    judge.page("/thu-tuc/", rules, public, file="thu-tuc/index.html")
    judge.page("/khong-co/", rules, public, status=404, file="404.html")
    judge.page("/thu-tuc/khong-co/a.html", rules, public, status=404, file="404.html")
    status, headers, _ = ask(judge.port, "/thu-tuc")
    judge.that("/thu-tuc leads to /thu-tuc/", status in (301, 302, 307, 308) and headers.get("location", "").endswith("/thu-tuc/"), (status, headers.get("location")))
    for asset in sorted((public / "assets").iterdir()):
        if asset.suffix not in (".br", ".gz"):
            judge.page(f"/assets/{asset.name}", rules, public, file=f"assets/{asset.name}")
    types = {"data/procedures.csv": "text/csv", "data/procedures.json": "application/json", "data/catalog.jsonld": "application/ld+json", "sitemap.xml": "xml", "atom.xml": "xml", "tiep-cong-dan/lich.ics": "text/calendar", "robots.txt": "text/plain"}
    for path, kind in types.items():
        headers = judge.page(f"/{path}", rules, public, file=path)
        judge.that(f"/{path} is {kind}", kind in headers.get("content-type", ""), headers.get("content-type"))
    for hidden in ["/_headers", "/index.html.br", "/index.html.gz", "/../content/site.yaml", "/%2e%2e/content/site.yaml"]:
        status, _, _ = ask(judge.port, hidden)
        judge.that(f"{hidden} is not handed out", status in (400, 403, 404), status)
    for path in ["/index.html", "/data/procedures.csv"]:
        for coding in ["gzip", "br"]:
            status, headers, body = ask(judge.port, path, coding)
            packed = public / (path[1:] + {"gzip": ".gz", "br": ".br"}[coding])
            judge.that(f"{path} comes as {coding}", status == 200 and headers.get("content-encoding") == coding, (status, headers.get("content-encoding")))
            judge.that(f"{path} as {coding} has the bytes beside it", body == packed.read_bytes(), len(body))
            if coding == "gzip":
                judge.that(f"{path} unpacks", gzip.decompress(packed.read_bytes()) == (public / path[1:]).read_bytes())
            plain = ask(judge.port, path)[1].get("content-type")
            judge.that(f"{path} as {coding} keeps its type", headers.get("content-type") == plain, headers.get("content-type"))
            judge.that(f"{path} as {coding} varies", "accept-encoding" in headers.get("vary", "").lower(), headers.get("vary"))


def try_server(server, command, recipe, rules, public, scratch):
    port = free_port()
    folder = scratch / server
    folder.mkdir()
    policy = rules["/*"]["content-security-policy"]
    words = command(on_loopback(recipe, public, policy), folder, port)
    environment = os.environ | {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with open(folder / "out", "wb") as out, subprocess.Popen(words, stdout=out, stderr=out, env=environment) as process:
        try:
            for _ in range(100):
                try:
                    ask(port, "/")
                    break
                except OSError:
                    if process.poll() is not None:
                        sys.exit(f"{server} does not start:\n{(folder / 'out').read_text()}")
                    time.sleep(0.1)
            verdict = Judge(server, port)
            judge(verdict, rules, public)
        finally:
            process.terminate()
    return verdict


def main():
    program = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        os.chmod(scratch, 0o755)
        public = site(program, scratch)
        wanted, texts, wrong = rules(public), recipes(), []
        for server, command in {"nginx": nginx, "apache": apache, "caddy": caddy}.items():
            verdict = try_server(server, command, texts[server], wanted, public, scratch)
            print(f"TABLE\t{server}\t{verdict.asked}\t{verdict.asked - len(verdict.wrong)}")
            wrong += verdict.wrong
    sys.exit("\n".join(wrong) if wrong else 0)


main()
