//! Faults at every point: a build that is killed or refused by the system at any of its calls, on full disks, without
//! rights, and beside others, leaves the old site or the new one, whole, and the next build needs no cleaning.
//!
//! `faults PROGRAM BASE` tries one point of ten, `faults PROGRAM BASE --full` all of them. PROGRAM is the binary under test, BASE a
//! folder with a small site. It prints rows for `tests/table` and ends with 1 where something did not survive.

mod disk;
mod site;
mod strays;
mod tracer;

use std::path::PathBuf;
use std::process::ExitCode;

use nix::errno::Errno;
use site::{Content, Site};
use tracer::{End, Fault, run};

/// What is tried, and how thoroughly.
pub struct Campaign {
    /// The binary under test.
    pub program: PathBuf,
    /// A folder with a small site.
    pub base: PathBuf,
    /// One of how many points is tried.
    pub stride: usize,
    /// Whether something did not survive.
    failed: bool,
}

impl Campaign {
    /// A line of the table: a class of faults, and how many of its points were survived.
    pub fn tell(&mut self, class: &str, points: usize, survived: usize) {
        println!("TABLE\t{class}\t{points}\t{survived}");
        self.failed |= points == 0 || points != survived;
    }

    /// A line of the table for what cannot be tried on this machine.
    pub fn skip(&self, class: &str, why: &str) {
        println!("TABLE\t{class}\t0\t0\t{why}");
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [program, base, more @ ..] = arguments.as_slice() else {
        eprintln!("usage: faults PROGRAM BASE [--full]");
        return ExitCode::from(2);
    };
    let absolute = |path: &str| PathBuf::from(path).canonicalize().expect("PROGRAM and BASE exist");
    let stride = if more.iter().any(|option| option == "--full") { 1 } else { 10 };
    let mut campaign = Campaign { program: absolute(program), base: absolute(base), stride, failed: false };
    strays::nothing_strays(&mut campaign);
    killed_at_every_call(&mut campaign);
    for errno in [Errno::EIO, Errno::ENOSPC, Errno::EACCES, Errno::EROFS, Errno::EMFILE] {
        refused_at_every_call(&mut campaign, errno);
    }
    interrupted_at_every_call(&mut campaign);
    disk::full_disks(&mut campaign);
    disk::without_rights(&mut campaign);
    disk::read_only(&mut campaign);
    disk::pairs(&mut campaign);
    disk::a_reader_finds_everything(&mut campaign);
    ExitCode::from(u8::from(campaign.failed))
}

/// The number of changing calls of a build over an old site.
fn calls(site: &Site) -> Vec<&'static str> {
    site.put(Content::New);
    let seen = run(&site.build(), None);
    assert_eq!(seen.end, End::Status(0));
    seen.calls
}

fn killed_at_every_call(campaign: &mut Campaign) {
    let site = Site::new(campaign);
    let calls = calls(&site);
    let (mut points, mut survived) = (0, 0);
    for at in (0..calls.len()).step_by(campaign.stride) {
        site.begin_again();
        let seen = run(&site.build(), Some((at, Fault::Kill)));
        points += 1;
        match seen.end {
            End::Signal(nix::sys::signal::Signal::SIGKILL) => survived += usize::from(site.is_whole_and_goes_on()),
            // Fewer calls than the time before: the build was over.
            End::Status(0) => survived += usize::from(site.is_whole_and_goes_on()),
            end => println!("killed at call {at}, {}: ended with {end:?}", calls[at]),
        }
    }
    campaign.tell("killed at a changing call", points, survived);
}

/// Each changing call in turn fails: the build ends with 3 and the old site, or goes on to the new one.
fn refused_at_every_call(campaign: &mut Campaign, errno: Errno) {
    let site = Site::new(campaign);
    let calls = calls(&site);
    let (mut points, mut survived) = (0, 0);
    for at in (errno as usize % campaign.stride..calls.len()).step_by(campaign.stride) {
        site.begin_again();
        let seen = run(&site.build(), Some((at, Fault::Fail(errno))));
        points += 1;
        let shown = site.shown();
        let right = match seen.end {
            End::Status(0) => shown == Some(Content::New),
            End::Status(2 | 3 | 4) => shown == Some(Content::Old),
            _ => false,
        };
        if right && site.is_whole_and_goes_on() {
            survived += 1;
        } else {
            println!("{errno:?} at call {at}, {}: {:?}, shown {shown:?}", calls[at], seen.end);
        }
    }
    campaign.tell(&format!("{errno:?} at a changing call"), points, survived);
}

/// An interrupted call is made again, wherever the system may interrupt one.
fn interrupted_at_every_call(campaign: &mut Campaign) {
    let site = Site::new(campaign);
    let calls = calls(&site);
    let (mut points, mut survived) = (0, 0);
    let may_be = |name: &str| ["openat", "write", "fsync", "syncfs", "flock", "renameat2"].contains(&name);
    for at in (0..calls.len()).filter(|at| may_be(calls[*at])).step_by(campaign.stride) {
        site.begin_again();
        let seen = run(&site.build(), Some((at, Fault::Fail(Errno::EINTR))));
        points += 1;
        if seen.end == End::Status(0) && site.shown() == Some(Content::New) {
            survived += 1;
        } else {
            println!("EINTR at call {at}, {}: {:?}", calls[at], seen.end);
        }
    }
    campaign.tell("EINTR at a call that may be interrupted", points, survived);
}
