//! Full disks, missing rights, builds and readers beside each other.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use tempfile::TempDir;

use crate::Campaign;
use crate::site::{Content, Site};

/// A file system of a size in memory, gone when this is dropped.
struct Mount(TempDir);

impl Mount {
    /// None where mounting is not allowed.
    fn new(options: &str) -> Option<Mount> {
        let folder = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(folder.path()).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then_some(Mount(folder))
    }

    fn again(&self, options: &str) {
        let done = Command::new("mount").args(["-o", &format!("remount,{options}")]).arg(self.0.path()).status();
        assert!(done.unwrap().success(), "{options}");
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

/// A disk that is full at any point of a build, of bytes or of inodes.
pub fn full_disks(campaign: &mut Campaign) {
    let Some(mount) = Mount::new("size=64m") else {
        return campaign.skip("full disks", "mounting is not allowed here");
    };
    let site = Site::at(campaign, &mount.0.path().join("site"));
    for (what, option) in [("a disk without space", "size"), ("a disk without inodes", "nr_inodes")] {
        let (mut points, mut survived) = (0, 0);
        for step in (0..100).step_by(campaign.stride) {
            site.begin_again();
            let (used, unit) = usage(mount.0.path(), option);
            // From nothing to spare to more than another site takes.
            mount.again(&format!("{option}={}", used + step * used / 50 + unit));
            let status = site.build().output().unwrap().status.code();
            let shown = site.shown();
            mount.again("size=64m,nr_inodes=1m");
            points += 1;
            let right = matches!((status, shown), (Some(0), Some(Content::New)) | (Some(3), Some(Content::Old)));
            if right && site.is_whole_and_goes_on() {
                survived += 1;
            } else {
                println!("{what}, step {step}: status {status:?}, shown {shown:?}");
            }
        }
        campaign.tell(what, points, survived);
    }
}

/// What is used of a file system, in bytes or inodes, and the least that can be added.
fn usage(folder: &Path, option: &str) -> (u64, u64) {
    let stat = nix::sys::statvfs::statvfs(folder).unwrap();
    match option {
        "size" => ((stat.blocks() - stat.blocks_free()) * stat.fragment_size(), stat.fragment_size()),
        _ => (stat.files() - stat.files_free(), 1),
    }
}

/// The build as a user who may not write to the site.
fn as_nobody(site: &Site) -> Command {
    let build = site.build();
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(build.get_program()).args(build.get_args());
    command.current_dir(&site.root);
    command
}

/// A user without rights to the published folder, or to the one around it.
pub fn without_rights(campaign: &mut Campaign) {
    let site = Site::new(campaign);
    open_up(&site.root);
    site.begin_again();
    let tried = as_nobody(&site).output().unwrap();
    if tried.status.code().is_none_or(|code| code > 100) {
        return campaign.skip("a user without rights", "the user cannot be changed here");
    }
    let right = tried.status.code() == Some(3) && site.shown() == Some(Content::Old);
    let told = String::from_utf8_lossy(&tried.stderr).contains("public");
    if !(right && told) {
        println!("{:?} {}", tried.status, String::from_utf8_lossy(&tried.stderr));
    }
    campaign.tell("a user without rights", 1, usize::from(right && told && site.is_whole_and_goes_on()));
}

/// Lets everybody pass to and read the site.
fn open_up(root: &Path) {
    let done = Command::new("chmod").args(["a+rX", "-R"]).arg(root.parent().unwrap()).status();
    assert!(done.unwrap().success());
}

/// A file system that is mounted read-only.
pub fn read_only(campaign: &mut Campaign) {
    let Some(mount) = Mount::new("size=64m") else {
        return campaign.skip("a read-only disk", "mounting is not allowed here");
    };
    let site = Site::at(campaign, &mount.0.path().join("site"));
    mount.again("ro");
    let status = site.build().output().unwrap().status.code();
    let shown = site.shown();
    mount.again("rw");
    let right = status == Some(3) && shown == Some(Content::Old) && site.is_whole_and_goes_on();
    if !right {
        println!("read-only: {status:?}, {shown:?}");
    }
    campaign.tell("a read-only disk", 1, usize::from(right));
}

/// Two builds at once: one works, the other says that it does not.
pub fn pairs(campaign: &mut Campaign) {
    let site = Site::new(campaign);
    let (mut points, mut survived, mut met) = (0, 0, 0);
    for _ in (0..50).step_by(campaign.stride) {
        site.begin_again();
        let quiet = || site.build().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let statuses = [quiet(), quiet()].map(|mut child| child.wait().unwrap().code().unwrap());
        points += 1;
        met += usize::from(statuses.contains(&4));
        let right = statuses.contains(&0) && statuses.iter().all(|status| matches!(status, 0 | 4));
        survived += usize::from(right && site.shown() == Some(Content::New));
    }
    campaign.tell("two builds at once", points, survived);
    campaign.tell("pairs that met", met.min(1).max(usize::from(points > 0)), met.min(1));
}

/// A reader that never rests, while sites are published: no page is missing, empty, or without its style sheet.
pub fn a_reader_finds_everything(campaign: &mut Campaign) {
    let site = Site::new(campaign);
    let done = AtomicBool::new(false);
    let publishes = 200 / campaign.stride;
    let (reads, faults) = std::thread::scope(|scope| {
        let reader = scope.spawn(|| read_until(&site.root.join("public"), &done));
        for round in 0..publishes {
            site.put(if round % 2 == 0 { Content::New } else { Content::Old });
            assert!(site.build().output().unwrap().status.success());
        }
        done.store(true, Ordering::Relaxed);
        reader.join().unwrap()
    });
    campaign.tell(&format!("a reader during {publishes} publications"), reads, reads - faults);
}

/// How often the reader read, and how often something was amiss.
fn read_until(public: &Path, done: &AtomicBool) -> (usize, usize) {
    let (mut reads, mut faults) = (0, 0);
    while !done.load(Ordering::Relaxed) {
        reads += 1;
        let page = std::fs::read_to_string(public.join("index.html")).unwrap_or_default();
        let whole = page.contains("</html>") && assets(&page).iter().all(|asset| holds(&public.join(asset)));
        if !whole {
            faults += 1;
            println!("a page of {} bytes", page.len());
        }
    }
    (reads, faults)
}

fn holds(file: &Path) -> bool {
    std::fs::metadata(file).is_ok_and(|metadata| metadata.len() > 0)
}

/// The files under `assets/` that a page names.
fn assets(page: &str) -> Vec<&str> {
    page.split('"').filter_map(|part| part.strip_prefix('/')).filter(|part| part.starts_with("assets/")).collect()
}
