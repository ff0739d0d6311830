//! What a folder may hold or do that no agency means: very many files, a very large one, folders that vanish, a full disk, no
//! rights. The build says so, or succeeds; it never dies, and what is published stays whole.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};

use minhbach::disk::snapshot;
use minhbach::source::Snapshot;

use crate::{Site, text, write};

/// A user without any rights, on every system.
const NOBODY: u32 = 65534;

fn check(site: &Site) -> Output {
    site.program().current_dir(site.root()).arg("check").output().unwrap()
}

/// `MINHBACH_FILES=100000` for the whole size.
#[test]
fn very_many_files_in_one_folder_are_published() {
    let count = std::env::var("MINHBACH_FILES").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let site = Site::new();
    let folder = site.root().join("content/files/anh");
    std::fs::create_dir_all(&folder).unwrap();
    (0..count).for_each(|n| std::fs::write(folder.join(format!("{n}.txt")), n.to_string()).unwrap());
    site.build(&[]);
    let published = || std::fs::read_dir(site.root().join("public/files/anh")).unwrap().count();
    assert_eq!(published(), count);
    std::fs::remove_file(folder.join("7.txt")).unwrap();
    assert!(text(&site.build(&[])).contains("1 removed"));
    assert_eq!(published(), count - 1);
}

#[test]
fn a_record_of_20_mb_is_told_with_its_limit_and_the_others_are_still_read() {
    let site = Site::new();
    write(&site.root().join("content/pages/lon.md"), "x".repeat(20 << 20));
    write(&site.root().join("content/pages/sai.md"), "---\ntitel: x\n---\n");
    let output = check(&site);
    let said = text(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("content/pages/lon.md:1:1") && said.contains("MiB"), "{said}");
    assert!(said.contains("unknown-key"), "{said}");
}

#[test]
fn a_folder_that_vanishes_while_it_is_read_is_left_out() {
    let site = Site::new();
    let (root, folder) = (site.root(), site.root().join("content/pages/di"));
    let make = |folder: &Path| {
        (0..40).for_each(|n| write(&folder.join(format!("sau/{n}.md")), "---\ntitle: x\n---\n"));
    };
    let (done, reads) = (AtomicBool::new(false), 200);
    let seen: Result<BTreeSet<usize>, _> = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                make(&folder);
                std::fs::remove_dir_all(&folder).unwrap();
            }
        });
        let dirty = BTreeSet::from([PathBuf::from("content/pages/di")]);
        let mut known = snapshot::read(&root);
        let look = |n: usize| {
            known = match &known {
                Ok(known) if n.is_multiple_of(2) => snapshot::refresh(&root, known, &dirty),
                _ => snapshot::read(&root),
            };
            known.as_ref().map(Snapshot::len).map_err(ToString::to_string)
        };
        let seen = (0..reads).map(look).collect();
        done.store(true, Ordering::Relaxed);
        seen
    });
    let seen = seen.unwrap();
    assert!(seen.len() > 1, "it was looked at while it came and went: {seen:?}");
    site.build(&[]);
}

/// The largest file that the program may write is the disk that fills up: the cache is larger than what is published.
#[test]
fn a_disk_that_is_full_when_the_cache_is_written_costs_the_cache_alone() {
    let site = Site::new();
    for n in 0..400 {
        let document = format!("title: Luật số {n}\nsymbol: {n}/2020/QH14\n");
        write(&site.root().join(format!("content/documents/luat-{n}.yaml")), document);
    }
    site.build(&[]);
    let size = |path: PathBuf| std::fs::metadata(path).unwrap().len();
    let cache = size(site.cache());
    let largest = site.published().keys().map(|path| size(path.clone())).max().unwrap();
    assert!(cache > largest + 4096, "the cache has {cache} bytes, the largest published file {largest}");
    let kept = std::fs::read(site.cache()).unwrap();
    write(&site.root().join("content/pages/x.md"), "---\ntitle: X\n---\n");
    // A write beyond the limit is refused as on a full disk, where the signal that comes with it is ignored.
    let limit = format!("trap '' XFSZ; ulimit -f {}; exec \"$@\"", cache.midpoint(largest) / 1024);
    let program = site.program();
    let mut limited = Command::new("bash");
    limited.args(["-c", &limit, "bash"]).arg(program.get_program()).args(["build", "--as-of", "2026-11-23"]);
    limited.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?)))).current_dir(site.root());
    let output = limited.output().unwrap();
    let said = text(&output);
    assert!(output.status.success() && said.contains("could not be written"), "{said}");
    assert!(site.root().join("public/x/index.html").is_file());
    assert_eq!(std::fs::read(site.cache()).unwrap(), kept, "the old cache is whole");
    let left = std::fs::read_dir(site.root().join(".minhbach")).unwrap();
    let left: BTreeSet<OsString> = left.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, BTreeSet::from([OsString::from(".gitignore"), OsString::from("cache")]), "nothing half written");
    site.build(&["--verify"]);
}

#[test]
fn without_the_right_to_write_the_cache_the_site_is_published() {
    let site = Site::new();
    site.build(&[]);
    write(&site.root().join("content/pages/x.md"), "---\ntitle: X\n---\n");
    let folder = site.root().join(".minhbach");
    std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o555)).unwrap();
    let output = as_nobody(&site).args(["build", "--as-of", "2026-11-23"]).output().unwrap();
    std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o755)).unwrap();
    let said = text(&output);
    assert!(output.status.success() && said.contains("could not be written"), "{said}");
    assert!(site.root().join("public/x/index.html").is_file());
}

/// The program as somebody for whom permissions count: they do not for root, as whom CI may run.
fn as_nobody(site: &Site) -> Command {
    let program = site.program();
    if !rustix::process::geteuid().is_root() {
        let mut own = site.program();
        own.current_dir(site.root());
        return own;
    }
    // Everything is theirs, and the program is where they may run it.
    let copy = site.folder.path().join("minhbach");
    std::fs::copy(program.get_program(), &copy).unwrap();
    for entry in walkdir::WalkDir::new(site.folder.path()).into_iter().map(Result::unwrap) {
        chown(entry.path(), Some(NOBODY), Some(NOBODY)).unwrap();
    }
    let mut theirs = Command::new(copy);
    theirs.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?)))).current_dir(site.root());
    theirs.uid(NOBODY).gid(NOBODY);
    theirs
}
