"""names.py PROGRAM: whether a statically linked program finds hosts by their names, whatever the system has.

glibc looks names up by what /etc/nsswitch.conf says, and loads a library for whatever is not built into it; one of another glibc brings the
program down. So the program is tried with the configurations that systems have, on this system, in a folder with no library at all, and in one
whose libraries are deadly: links to other sites (HTTP), and a database (PostgreSQL). A program without our precaution (names.c) has to die of
them. Hosts, name server and receivers are this script's own, in a network namespace of its own; it needs root.
"""

import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

IN_HOSTS, IN_DNS, NOWHERE = "trong-tep.example.gov.vn", "trong-dns.example.gov.vn", "khong-co.example.gov.vn"

# What /etc/nsswitch.conf says of hosts; None: there is no such file.
SWITCHES = {
    "no nsswitch.conf": None,
    "files, dns": "files dns",
    "as systemd writes it": "mymachines resolve [!UNAVAIL=return] files myhostname dns",
    "with mdns": "files mdns4_minimal [NOTFOUND=return] dns",
}


def answer(query):
    """The answer of a name server that knows one host."""
    labels, at = [], 12
    while query[at]:
        labels.append(query[at + 1 : at + 1 + query[at]].decode())
        at += 1 + query[at]
    question = query[12 : at + 5]
    known, wants_v4 = ".".join(labels).lower() == IN_DNS, query[at + 1 : at + 3] == b"\0\1"
    record = b"\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4" + socket.inet_aton("127.0.0.1") if known and wants_v4 else b""
    flags = 0x8580 if known else 0x8583
    return query[:2] + struct.pack(">HHHHH", flags, 1, bool(record), 0, 0) + question + record


def serve_names():
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 53))

    def work():
        while True:
            query, client = server.recvfrom(512)
            server.sendto(answer(query), client)

    threading.Thread(target=work, daemon=True).start()


class Receiver:
    """Counts who connects; speaks enough HTTP for a link to be good."""

    def __init__(self, port):
        self.count = 0
        server = socket.create_server(("127.0.0.1", port))

        def work():
            while True:
                connection, _ = server.accept()
                self.count += 1
                connection.settimeout(5)
                try:
                    connection.recv(4096)
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                except OSError:
                    pass
                connection.close()

        threading.Thread(target=work, daemon=True).start()


def loopback_up():
    with socket.socket() as any_socket:
        # SIOCSIFFLAGS: IFF_UP.
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh", b"lo", 1))


class Place:
    """Where the program runs: this system, or a folder that holds little but it and its site."""

    def __init__(self, name, root, program, site):
        self.name, self.root, self.program, self.site = name, root, program, site

    def configure(self, switch):
        """Lays /etc's files: in the empty folder as they are, on this system over its own, in our namespace."""
        etc = {"hosts": f"127.0.0.1 localhost\n127.0.0.1 {IN_HOSTS}\n", "resolv.conf": "nameserver 127.0.0.1\noptions timeout:2 attempts:1\n"}
        if switch:
            etc["nsswitch.conf"] = f"hosts: {switch}\n"
        folder = self.root / "etc"
        if self.root != Path("/"):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            for name, text in etc.items():
                (folder / name).write_text(text)
            return True
        if not switch:
            return False
        for name, text in etc.items():
            own = Path(tempfile.mkdtemp()) / name
            own.write_text(text)
            subprocess.run(["mount", "--bind", own, folder / name], check=True)
        return True

    def run(self, *arguments):
        command = [self.program, "--root", self.site, "--message-language", "en", *arguments]
        if self.root != Path("/"):
            command = ["chroot", self.root, *command]
        environment = {"PATH": os.environ["PATH"], "XDG_STATE_HOME": "/tmp", "LC_ALL": "C"}
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment)
        return done.returncode, done.stdout + done.stderr


MODULES = ["mymachines", "resolve", "myhostname", "mdns4_minimal"]
DEADLY = "__attribute__((constructor)) static void die(void) { __builtin_trap(); }"
CARELESS = """
#include <netdb.h>
int main(int count, char **words) { struct addrinfo *found; return getaddrinfo(words[1], "80", 0, &found); }
"""


def compiled(code, out, *options):
    subprocess.run(["gcc", "-x", "c", "-", "-o", out, *options], input=code, text=True, check=True, stderr=subprocess.DEVNULL)


def lay_deadly(root):
    """Libraries that kill whoever loads them, and a program that does."""
    folder = root / "usr/lib/x86_64-linux-gnu"
    folder.mkdir(parents=True)
    (root / "lib").symlink_to("usr/lib")
    for module in MODULES:
        compiled(DEADLY, folder / f"libnss_{module}.so.2", "-shared", "-fPIC", "-nostdlib")
    compiled(CARELESS, root / "careless", "-static-pie")


def dies(place):
    done = subprocess.run(["chroot", place.root, "/careless", NOWHERE], stderr=subprocess.DEVNULL)
    return done.returncode < 0 or done.returncode > 128


def link_to(root, site, host):
    page = root / site.lstrip("/") / "content/pages/lien-ket.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text(f"---\ntitle: Liên kết\n---\n[Tra cứu](http://{host}/x)\n")


def inside(program):
    loopback_up()
    serve_names()
    web, database = Receiver(80), Receiver(5432)
    scratch = Path(tempfile.mkdtemp())
    places = [Place("this system", Path("/"), str(program), str(scratch / "site"))]
    for name in ("no libraries", "deadly libraries"):
        root = scratch / name.split()[0]
        (root / "tmp").mkdir(parents=True)
        shutil.copy(program, root / "minhbach")
        places.append(Place(name, root, "/minhbach", "/site"))
    lay_deadly(scratch / "deadly")
    for place in places:
        subprocess.run([program, "init", "--empty", place.root / place.site.lstrip("/")], check=True, stdout=subprocess.DEVNULL)
    tried = found = deadly = 0
    for place in places:
        for what, switch in SWITCHES.items():
            if not place.configure(switch):
                continue
            for host, exists in ((IN_HOSTS, True), (IN_DNS, True), (NOWHERE, False)):
                link_to(place.root, place.site, host)
                before = web.count, database.count
                links = place.run("check", "--external-links", "--format", "json")
                reached = web.count > before[0]
                place.run("inbox", "list", "--database", f"postgres://inbox@{host}/inbox")
                asked = database.count > before[1]
                # Where no host at all can be found, the program ends with 3 and says so.
                told = links[0] == 0 if exists else links[0] == 3 and "no host could be found" in links[1]
                right = told and reached == exists and asked == exists
                tried, found = tried + 1, found + right
                if not right:
                    print(f"{place.name}, {what}, {host}: reached {reached}, database {asked}, {links}")
            if place.name == "deadly libraries" and switch and set(MODULES) & set(switch.split()):
                deadly += dies(place)
    shutil.rmtree(scratch)
    print(f"TABLE\thosts found by name, whatever the system has\t{tried}\t{found}")
    print(f"TABLE\ta program without our precaution dies of it\t2\t{deadly}")
    sys.exit((found, deadly) != (tried, 2))


def main():
    if sys.argv[1] == "--inside":
        inside(Path(sys.argv[2]))
    if os.getuid() != 0:
        print("TABLE\thosts found by name, whatever the system has\t0\t0\tnot tried: it needs root")
        sys.exit(1)
    # Threads and mounts of our own end with this process.
    inner = ["unshare", "--mount", "--net", sys.executable, __file__, "--inside", Path(sys.argv[1]).resolve()]
    sys.exit(subprocess.run(inner).returncode)


main()
