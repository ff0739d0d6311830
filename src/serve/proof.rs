//! Renders every page of a build, unseen. Pages are rendered when they are looked at; what is wrong with templates shows only
//! when all of them are.
//!
//! It stays out of the way of whoever writes: one thread of low priority, and the next change breaks it off.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::build::{Forgotten, Outcome, Unobserved, Verdict};
use crate::serve::Error;
use crate::serve::shown::Shown;

/// Where work is done that nobody waits for.
pub struct Background {
    pool: ThreadPool,
    running: Arc<AtomicBool>,
}

/// Why no more pages are rendered.
struct BrokenOff;

impl Background {
    /// A thread that waits for work.
    ///
    /// # Errors
    /// Where the system gives none.
    pub fn new() -> Result<Self, Error> {
        let pool = ThreadPoolBuilder::new().num_threads(1).start_handler(|_| yield_to_others()).build();
        let pool = pool.map_err(|error| Error::Serving(std::io::Error::other(error)))?;
        Ok(Background { pool, running: Arc::default() })
    }

    /// Renders all pages of a build, and hands on what came of it where that is no sound site.
    pub fn prove(&mut self, shown: Arc<Shown>, tell: impl FnOnce(&Shown, &Outcome) + Send + 'static) {
        self.break_off();
        self.running = Arc::new(AtomicBool::new(true));
        let running = Arc::clone(&self.running);
        self.pool.spawn(move || {
            if let Ok(outcome) = proof(&shown, &running)
                && outcome.verdict != Verdict::Sound
            {
                tell(&shown, &outcome);
            }
        });
    }

    /// Ends the proof that is under way, if one is: it is about a build that will be shown no more.
    pub fn break_off(&self) {
        self.running.store(false, Ordering::Relaxed);
    }

    /// Frees what nobody needs any more. A large site takes a while.
    pub fn free(&self, old: impl Send + 'static) {
        self.pool.spawn(move || drop(old));
    }
}

fn proof(shown: &Shown, running: &AtomicBool) -> Result<Outcome, BrokenOff> {
    let goes_on = || if running.load(Ordering::Relaxed) { Ok(()) } else { Err(BrokenOff) };
    goes_on()?;
    let faults = shown.prepared.render((&Forgotten, &shown.snapshot), &|_| goes_on(), &Unobserved)?;
    Ok(shown.prepared.outcome(&shown.snapshot, faults))
}

/// Gives this thread less of the processor than others have, where the system knows priorities of threads.
fn yield_to_others() {
    #[cfg(target_os = "linux")]
    // Without it the proof only takes more from others.
    let _ = rustix::process::setpriority_process(None, 10);
}
