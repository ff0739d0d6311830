//! Publishing to a real folder: what is refused, what is kept, and what a reader finds when a build dies.

#![allow(clippy::disallowed_types, clippy::disallowed_methods)]
#![allow(clippy::unwrap_used, reason = "a test's helpers may, as tests do")]

use std::collections::BTreeSet;
use std::fs::{self, File, Permissions};
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use minhbach::disk::Error;
use minhbach::disk::lock::Lock;
use minhbach::disk::manifest::{Mismatch, verify};
use minhbach::disk::output::{Refusal, check_target};
use minhbach::disk::publish::{Publication, Publisher};
use minhbach::disk::snapshot;
use minhbach::render::artefact::{Artefact, ArtefactBody, Coding, Stream};
use minhbach::source::{Body, Irregular, SitePath};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use tempfile::TempDir;

/// A site's folder with a record, an attachment and nothing published.
struct Site(TempDir);

impl Site {
    /// In memory where the system has such a place: a kill is no power cut, and 200 of them should not wear a disk.
    fn new() -> Site {
        let site = Site(tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap());
        site.write("content/site.yaml", "title: x\n").write("content/files/a.pdf", "%PDF").write("themes/t.html", "t");
        site
    }

    fn root(&self) -> PathBuf {
        self.0.path().canonicalize().unwrap()
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    fn target(&self) -> PathBuf {
        self.path("public")
    }

    fn write(&self, path: &str, text: &str) -> &Site {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
        self
    }

    fn begin(&self) -> Result<Publisher, Error> {
        Publisher::begin(&self.root(), &self.target())
    }

    fn publish(&self, files: &[(&str, &str)]) -> Publication {
        let publisher = self.begin().unwrap();
        files.iter().for_each(|(path, text)| publisher.put(page(path, text)).unwrap());
        let published = publisher.finish().unwrap();
        assert_eq!(verify(&self.target()).unwrap(), []);
        published
    }

    fn refusal(&self, target: &str) -> Refusal {
        let before = self.everything();
        let refused = check_target(&self.root(), &self.path(target)).unwrap_err();
        let begun = Publisher::begin(&self.root(), &self.path(target)).unwrap_err();
        assert_eq!((refused.exit_status(), begun.exit_status()), (2, 2), "{target}");
        assert_eq!(self.everything(), before, "{target}");
        let Error::Refused { refusal, .. } = refused else { panic!("{refused}") };
        refusal
    }

    /// Every path in the site's folder.
    fn everything(&self) -> BTreeSet<PathBuf> {
        walkdir::WalkDir::new(self.root()).into_iter().map(|entry| entry.unwrap().into_path()).collect()
    }

    /// What stands in the site's folder for a while.
    fn leftovers(&self) -> Vec<String> {
        let names = fs::read_dir(self.root()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.contains("minhbach")).collect()
    }
}

fn page(path: &str, text: &str) -> Artefact<'static> {
    Artefact { path: path.to_owned(), body: ArtefactBody::Bytes(text.as_bytes().to_vec()) }
}

fn copy(path: &str, source: &str) -> Artefact<'static> {
    Artefact { path: path.to_owned(), body: ArtefactBody::Copy(SitePath::new(source)) }
}

fn streamed(path: &str, text: &'static str) -> Artefact<'static> {
    let stream =
        Stream::new(move |sink: &mut dyn std::io::Write| text.bytes().try_for_each(|byte| sink.write_all(&[byte])));
    Artefact { path: path.to_owned(), body: ArtefactBody::Stream(stream) }
}

// What is written piece by piece

#[test]
fn a_stream_is_kept_where_it_says_the_same() {
    let site = Site::new();
    let publish = |text| {
        let publisher = site.begin().unwrap();
        publisher.put(streamed("data/x.csv", text)).unwrap();
        let published = publisher.finish().unwrap();
        assert_eq!(verify(&site.target()).unwrap(), []);
        assert_eq!(fs::read_to_string(site.target().join("data/x.csv")).unwrap(), text);
        (published.written, published.unchanged)
    };
    let inode = || fs::metadata(site.target().join("data/x.csv")).unwrap().ino();
    assert_eq!(publish("a,b\n1,2\n"), (1, 0));
    let first = inode();
    assert_eq!(publish("a,b\n1,2\n"), (0, 1));
    assert_eq!(inode(), first);
    assert_eq!(publish("a,b\n1,3\n"), (1, 0));
    assert_ne!(inode(), first);
}

#[test]
fn an_attachment_is_packed_as_it_is_read() {
    let site = Site::new();
    site.write("content/files/a.csv", "một,hai\n");
    let publisher = site.begin().unwrap();
    publisher.put(copy("files/a.csv", "content/files/a.csv")).unwrap();
    for coding in Coding::ALL {
        let path = format!("files/a.csv{}", coding.ending());
        let body = ArtefactBody::Packed(SitePath::new("content/files/a.csv"), coding);
        publisher.put(Artefact { path, body }).unwrap();
    }
    publisher.finish().unwrap();
    let mut text = String::new();
    let packed = fs::File::open(site.target().join("files/a.csv.gz")).unwrap();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text).unwrap();
    assert_eq!(text, "một,hai\n");
}

// Refusals

#[test]
fn the_sites_own_folders_are_refused() {
    let site = Site::new();
    assert_eq!(site.refusal("/"), Refusal::FileSystemRoot);
    assert_eq!(site.refusal("new/../../../../../../../.."), Refusal::FileSystemRoot);
    for target in ["", "..", "content/..", "new/.."] {
        assert_eq!(site.refusal(target), Refusal::Site, "{target}");
    }
    for target in ["content", "content/files", "content/new/folder", "public/../content", "new/../content/x"] {
        assert_eq!(site.refusal(target), Refusal::Source("content"), "{target}");
    }
    assert_eq!(site.refusal("themes/default"), Refusal::Source("themes"));
    assert_eq!(site.refusal("content/site.yaml/x"), Refusal::NotFolder);
}

#[test]
fn links_do_not_hide_a_source() {
    let site = Site::new();
    let elsewhere = Site::new();
    fs::remove_dir_all(site.path("themes")).unwrap();
    symlink(elsewhere.path("themes"), site.path("themes")).unwrap();
    symlink("content", site.path("public")).unwrap();
    symlink("nowhere", site.path("dangling")).unwrap();
    assert_eq!(site.refusal("public"), Refusal::Source("content"));
    assert_eq!(site.refusal(elsewhere.path("themes/x").to_str().unwrap()), Refusal::Source("themes"));
    assert_eq!(site.refusal(elsewhere.root().to_str().unwrap()), Refusal::Source("themes"));
    assert_eq!(site.refusal("dangling"), Refusal::NotFolder);
}

#[test]
fn the_home_folder_and_files_are_refused() {
    let site = Site::new();
    let home = std::env::home_dir().unwrap();
    assert_eq!(site.refusal(home.to_str().unwrap()), Refusal::Home);
    site.write("public", "a file");
    assert_eq!(site.refusal("public"), Refusal::NotFolder);
}

#[test]
fn what_no_build_put_there_is_refused() {
    let site = Site::new();
    site.publish(&[("index.html", "x")]);
    site.write("public/notes/mine.txt", "mine");
    assert_eq!(site.refusal("public"), Refusal::Foreign { first: "notes/mine.txt".to_owned(), count: 1 });
    site.write("other/manifest.json", r#"{"name": "a web app"}"#);
    assert_eq!(site.refusal("other"), Refusal::Foreign { first: "manifest.json".to_owned(), count: 1 });
    fs::remove_file(site.path("public/notes/mine.txt")).unwrap();
    fs::remove_file(site.path("public/index.html")).unwrap();
    symlink("/etc/passwd", site.path("public/index.html")).unwrap();
    assert_eq!(site.refusal("public"), Refusal::Foreign { first: "index.html".to_owned(), count: 1 });
}

#[test]
fn a_refusal_speaks_both_languages() {
    let site = Site::new();
    let message = check_target(&site.root(), &site.root()).unwrap_err().message();
    assert!(message.vi.contains("không xuất bản") && message.en.contains("will not publish"), "{message:?}");
}

// Publishing

#[test]
fn a_folder_that_does_not_exist_is_made_with_its_parents() {
    let site = Site::new();
    let target = site.path("a/b/public");
    check_target(&site.root(), &target).unwrap();
    let publisher = Publisher::begin(&site.root(), &target).unwrap();
    publisher.put(page("x/y/index.html", "x")).unwrap();
    assert!(!target.exists());
    let published = publisher.finish().unwrap();
    assert_eq!(published, Publication { written: 1, unchanged: 0, removed: 0, fallback: None });
    assert_eq!(verify(&target).unwrap(), []);
}

#[test]
fn gitignore_is_kept_and_an_unchanged_file_keeps_its_date() {
    let site = Site::new();
    site.write("public/.gitignore", "*\n");
    let inode = |path: &str| fs::metadata(site.path(path)).unwrap().ino();
    site.publish(&[("a.html", "1"), ("b.html", "2"), ("old.html", "3")]);
    let (a, b) = (inode("public/a.html"), inode("public/b.html"));
    let published = site.publish(&[("a.html", "1"), ("b.html", "3"), ("new.html", "4")]);
    assert_eq!((published.written, published.unchanged, published.removed), (2, 1, 1));
    assert_eq!((inode("public/a.html") == a, inode("public/b.html") == b), (true, false));
    assert_eq!(fs::read_to_string(site.path("public/.gitignore")).unwrap(), "*\n");
    assert!(site.leftovers().is_empty());
}

#[test]
fn bytes_are_compared_and_the_manifest_is_not_believed() {
    let site = Site::new();
    site.publish(&[("a.html", "right")]);
    site.write("public/a.html", "wrong");
    assert_eq!(verify(&site.target()).unwrap(), [Mismatch::Changed("a.html".to_owned())]);
    assert_eq!(site.publish(&[("a.html", "right")]).written, 1);
}

#[test]
fn verify_names_every_difference() {
    let site = Site::new();
    site.publish(&[("a.html", "1"), ("b.html", "2")]);
    fs::remove_file(site.path("public/a.html")).unwrap();
    site.write("public/c.html", "3");
    let different = [Mismatch::Missing("a.html".to_owned()), Mismatch::Extra("c.html".to_owned())];
    assert_eq!(verify(&site.target()).unwrap(), different);
}

#[test]
fn the_manifest_is_the_same_for_the_same_files() {
    let (one, other) = (Site::new(), Site::new());
    one.publish(&[("a.html", "1"), ("b/c.html", "")]);
    other.publish(&[("b/c.html", ""), ("a.html", "1")]);
    let manifest = |site: &Site| fs::read_to_string(site.path("public/manifest.json")).unwrap();
    assert_eq!(manifest(&one), manifest(&other));
    assert!(manifest(&one).starts_with(r#"{"generator":"minhbach","format":1,"files":{"a.html":{"sha256":"6b86b2"#));
}

#[test]
fn everybody_can_read_what_is_published() {
    let site = Site::new();
    fs::set_permissions(site.path("content/files/a.pdf"), Permissions::from_mode(0o600)).unwrap();
    let publisher = site.begin().unwrap();
    publisher.put(copy("files/a.pdf", "content/files/a.pdf")).unwrap();
    publisher.finish().unwrap();
    let mode = |path: &str| fs::metadata(site.path(path)).unwrap().mode() & 0o7777;
    assert_eq!([mode("public"), mode("public/files"), mode("public/files/a.pdf")], [0o755, 0o755, 0o644]);
    assert_eq!(fs::read(site.path("public/files/a.pdf")).unwrap(), b"%PDF");
}

#[test]
fn an_attachment_that_became_something_else_is_an_error() {
    let site = Site::new();
    symlink("/etc", site.path("content/files/etc")).unwrap();
    symlink("a.pdf", site.path("content/files/link.pdf")).unwrap();
    fs::create_dir(site.path("content/files/folder.pdf")).unwrap();
    let _socket = UnixListener::bind(site.path("content/files/socket")).unwrap();
    let publisher = site.begin().unwrap();
    for name in ["gone.pdf", "link.pdf", "folder.pdf", "socket", "etc/passwd"] {
        let source = format!("content/files/{name}");
        let error = publisher.put(copy(&source, &source)).unwrap_err();
        assert_eq!(error.exit_status(), 3, "{name}");
        assert!(error.message().vi.contains(name), "{error}");
    }
    drop(publisher);
    assert!(!site.target().exists() && site.leftovers().is_empty());
}

#[test]
fn two_paths_that_clash_are_an_error() {
    let site = Site::new();
    let publisher = site.begin().unwrap();
    publisher.put(page("Mau.pdf", "")).unwrap();
    assert!(matches!(publisher.put(page("mau.pdf", "")), Err(Error::BadPath(_))));
    assert!(matches!(publisher.put(page("Mau.pdf/index.html", "")), Err(Error::BadPath(_))));
    assert!(matches!(publisher.put(page("../x", "")), Err(Error::BadPath(_))));
}

#[test]
fn a_link_is_followed_to_the_folder_it_names() {
    let site = Site::new();
    fs::create_dir(site.path("real")).unwrap();
    symlink("real", site.path("public")).unwrap();
    site.publish(&[("index.html", "x")]);
    assert!(site.path("public").is_symlink() && site.path("real/index.html").is_file());
}

#[test]
fn what_a_dead_build_left_is_removed_and_nothing_else() {
    let site = Site::new();
    site.write(".public.minhbach-staging-dead/x", "x")
        .write(".public.minhbach-lock", "")
        .write(".other.minhbach-x", "");
    site.publish(&[("index.html", "x")]);
    assert_eq!(site.leftovers(), [".other.minhbach-x"]);
}

#[test]
fn a_publication_that_is_dropped_changes_nothing() {
    let site = Site::new();
    site.publish(&[("index.html", "old")]);
    let before = site.everything();
    let publisher = site.begin().unwrap();
    publisher.put(page("index.html", "new")).unwrap();
    drop(publisher);
    assert_eq!(site.everything(), before);
    assert_eq!(fs::read_to_string(site.path("public/index.html")).unwrap(), "old");
}

// Two builds

#[test]
fn of_two_publishers_one_gets_the_lock() {
    let site = Site::new();
    let first = site.begin().unwrap();
    let second = site.begin().unwrap_err();
    assert!(matches!(second, Error::Locked(_)) && second.exit_status() == 4);
    drop(first);
    assert!(site.begin().is_ok());
}

#[test]
fn the_lock_is_never_held_twice() {
    let site = Site::new();
    let held = AtomicBool::new(false);
    let contend = || {
        let mut taken = 0;
        while taken < 100 {
            match Lock::acquire(&site.target()) {
                Ok(_lock) => {
                    assert!(!held.swap(true, Ordering::SeqCst), "two hold the lock");
                    std::thread::yield_now();
                    held.store(false, Ordering::SeqCst);
                    taken += 1;
                }
                Err(error) => assert_eq!(error.exit_status(), 4, "{error}"),
            }
        }
    };
    std::thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(contend))));
    assert!(site.leftovers().is_empty());
}

// Readers and kills

const FILES: usize = 300;

/// One of two sites that share a third of their files; a few are only in one of them.
fn site_of(letter: char) -> Vec<Artefact<'static>> {
    let text = |n: usize| if n.is_multiple_of(3) { format!("<p>{n}") } else { format!("<p>{n}{letter}").repeat(n) };
    let mut files: Vec<_> = (1..FILES).map(|n| page(&format!("p/{}/{n}/index.html", n % 7), &text(n))).collect();
    files.push(page(&format!("only/{letter}.html"), "x"));
    files
}

fn publish_site(root: &Path, letter: char) -> Result<Publication, Error> {
    let publisher = Publisher::begin(root, &root.join("public"))?;
    site_of(letter).into_par_iter().try_for_each(|artefact| publisher.put(artefact))?;
    publisher.finish()
}

#[test]
fn a_reader_finds_every_page_while_sites_are_published() {
    let site = Site::new();
    publish_site(&site.root(), 'A').unwrap();
    let done = AtomicBool::new(false);
    let read = || {
        for n in (1..FILES).cycle().take_while(|_| !done.load(Ordering::Relaxed)) {
            let path = site.path(&format!("public/p/{}/{n}/index.html", n % 7));
            // Looking up a path is several steps, so a reader that is stopped between them may look once more.
            let text = fs::read_to_string(&path).or_else(|_| fs::read_to_string(&path));
            assert!(text.unwrap().starts_with("<p>"));
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(read);
        ['B', 'A'].iter().cycle().take(40).for_each(|letter| drop(publish_site(&site.root(), *letter).unwrap()));
        done.store(true, Ordering::Relaxed);
    });
}

const CHILD: &str = "MINHBACH_TEST_PUBLISH_FOREVER";

/// Not a test of its own: where the parent below asks for it, publishes until it is killed.
#[test]
fn child_that_publishes_forever() {
    let Some(root) = std::env::var_os(CHILD).map(PathBuf::from) else { return };
    let first = usize::from(root.join("public/only/A.html").exists());
    for letter in ['A', 'B'].iter().cycle().skip(first) {
        println!("\nready");
        publish_site(&root, *letter).unwrap();
    }
}

fn start_child(root: &Path) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child_that_publishes_forever", "--nocapture"]).env(CHILD, root).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.as_mut().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap() == "ready"));
    child
}

#[test]
fn two_hundred_kills_leave_a_whole_site() {
    let site = Site::new();
    let began = Instant::now();
    let manifests = ['A', 'B'].map(|letter| {
        publish_site(&site.root(), letter).unwrap();
        fs::read(site.path("public/manifest.json")).unwrap()
    });
    let longest = began.elapsed().min(Duration::from_millis(80));
    let mut seen = [0, 0];
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..200 {
        let mut child = start_child(&site.root());
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(longest.mul_f64((random >> 40) as f64 / f64::from(1 << 24)));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(verify(&site.target()).unwrap(), []);
        let manifest = fs::read(site.path("public/manifest.json")).unwrap();
        seen[manifests.iter().position(|known| *known == manifest).expect("wholly A or wholly B")] += 1;
    }
    assert!(seen.iter().all(|times| *times > 0), "{seen:?}");
    publish_site(&site.root(), 'A').unwrap();
    assert!(site.leftovers().is_empty());
}

// Reading a site

#[test]
fn a_snapshot_tells_what_is_there_and_opens_nothing_it_should_not() {
    let site = Site::new();
    site.write("content/.hidden/x", "")
        .write("content/a.yaml~", "")
        .write("content/#a.yaml#", "")
        .write("content/Thumbs.db", "");
    site.write("content/files/x.SVG", "<svg/>").write("content/pages/big.md", "");
    symlink("/etc/passwd", site.path("content/pages/link.md")).unwrap();
    symlink("..", site.path("content/pages/loop")).unwrap();
    let _socket = UnixListener::bind(site.path("content/pages/socket.md")).unwrap();
    File::options().write(true).open(site.path("content/pages/big.md")).unwrap().set_len(5 << 20).unwrap();
    let read = snapshot::read(&site.root()).unwrap();
    let told: Vec<_> = read.files().map(|(_, file)| (file.path.as_str(), tell(&file.body))).collect();
    let expected = [
        ("content/files/a.pdf", "attachment 4".to_owned()),
        ("content/files/x.SVG", "<svg/>".to_owned()),
        ("content/pages/big.md", format!("{:?}", Irregular::TooLarge(5 << 20))),
        ("content/pages/link.md", format!("{:?}", Irregular::Symlink)),
        ("content/pages/loop", format!("{:?}", Irregular::Symlink)),
        ("content/pages/socket.md", format!("{:?}", Irregular::Special)),
        ("content/site.yaml", "title: x\n".to_owned()),
        ("themes/t.html", "t".to_owned()),
    ];
    assert_eq!(told, expected);
}

fn tell(body: &Body) -> String {
    match body {
        Body::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Body::Attachment(size) => format!("attachment {size}"),
        Body::Irregular(irregular) => format!("{irregular:?}"),
    }
}

#[test]
fn names_that_are_not_utf8_are_told_once() {
    use std::os::unix::ffi::OsStrExt;
    let site = Site::new();
    let folder = site.path("content").join(std::ffi::OsStr::from_bytes(b"b\xff"));
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("x.yaml"), "").unwrap();
    let read = snapshot::read(&site.root()).unwrap();
    let (_, file) = read.find("content/b\u{fffd}").unwrap();
    assert!(matches!(file.body, Body::Irregular(Irregular::NameNotUtf8)));
    assert_eq!(read.len(), 4);
}

#[test]
fn the_sources_may_be_links_and_may_be_missing() {
    let (site, other) = (Site::new(), Site::new());
    fs::remove_dir_all(site.path("content")).unwrap();
    fs::remove_dir_all(site.path("themes")).unwrap();
    symlink(other.path("content"), site.path("content")).unwrap();
    let read = snapshot::read(&site.root()).unwrap();
    assert_eq!(
        read.files().map(|(_, file)| file.path.as_str()).collect::<Vec<_>>(),
        ["content/files/a.pdf", "content/site.yaml"]
    );
}
