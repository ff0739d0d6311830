//! Who watches a build: which stage begins and ends, how many pages are done. The build itself has no clock; whoever
//! wants times takes them here.

/// A part of the flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Files from the disk. Outside the pure flow, and here so that all stages stand in one list.
    Scan,
    /// Files to records, references to what they mean, every check.
    Read,
    /// The theme: its templates read and made small.
    Theme,
    /// Addresses, lists, and what all pages share.
    Plan,
    /// Views and templates, a page at a time, on several threads.
    Render,
    /// What is published beside pages.
    Files,
    /// Artefacts to the disk. Outside the pure flow, as is [`Stage::Scan`].
    Write,
}

/// Hears how a build goes. A stage may run on several threads at once, and another one within it.
pub trait Observer: Sync {
    /// A stage begins on this thread.
    fn begin(&self, _: Stage) {}
    /// The stage that began last on this thread ends.
    fn end(&self, _: Stage) {}
    /// So many pages of so many are done.
    fn pages(&self, _done: usize, _total: usize) {}
}

impl dyn Observer + '_ {
    /// Does a stage's work and tells of it.
    pub fn observed<T>(&self, stage: Stage, work: impl FnOnce() -> T) -> T {
        self.begin(stage);
        let done = work();
        self.end(stage);
        done
    }
}

/// Nobody watches.
#[derive(Debug, Clone, Copy)]
pub struct Unobserved;

impl Observer for Unobserved {}

/// Who only counts pages may be a closure.
impl<F: Fn(usize, usize) + Sync> Observer for F {
    fn pages(&self, done: usize, total: usize) {
        self(done, total);
    }
}
