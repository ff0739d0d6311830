//! How a long command goes: a bar on a terminal, and the time of each stage for who asks with `-v`.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::build::{Observer, Stage};
use crate::cli::args::Global;
use crate::cli::print;
use crate::diagnostic::Message;
use crate::say;

/// Shorter work shows no bar: it would only flicker.
const PATIENCE: Duration = Duration::from_millis(500);

thread_local! {
    /// The stages under way on this thread: when each began, and how much of it other stages took.
    static UNDER_WAY: RefCell<Vec<(Instant, Duration)>> = const { RefCell::new(Vec::new()) };
}

/// Watches a build for a person.
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
    is_shown: bool,
    language: crate::diagnostic::Language,
    times: Mutex<BTreeMap<Stage, Duration>>,
}

impl Progress {
    /// Begins to watch. The bar is hidden where there is no terminal or people asked for quiet.
    pub fn new(global: &Global) -> Self {
        let is_shown = !global.quiet && std::io::stderr().is_terminal();
        let bar = ProgressBar::hidden();
        let style = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len}").expect("the template is a constant");
        bar.set_style(style);
        bar.set_message(say!("đang làm", "working").get(global.language).to_owned());
        Progress { bar, started: Instant::now(), is_shown, language: global.language, times: Mutex::default() }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    /// Prints the time of each stage, summed over threads, for who asked for more.
    pub fn print_times(&self, global: &Global) {
        if !global.verbose {
            return;
        }
        for (stage, time) in self.times().iter() {
            let (Message { vi, en }, ms) = (name(*stage), time.as_secs_f64() * 1000.0);
            print::info(&say!("  {ms:>9.1} ms  {vi}", "  {ms:>9.1} ms  {en}"), global);
        }
        let jobs = rayon::current_num_threads();
        print::info(
            &say!("  (cộng dồn mọi luồng; số luồng: {jobs})", "  (summed over all threads; threads: {jobs})"),
            global,
        );
    }

    fn times(&self) -> MutexGuard<'_, BTreeMap<Stage, Duration>> {
        self.times.lock().expect("no holder of this lock panics")
    }

    fn shows_now(&self) -> bool {
        self.is_shown && self.started.elapsed() > PATIENCE
    }

    fn draw(&self, done: usize, total: usize) {
        if self.bar.is_hidden() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_length(total as u64);
        self.bar.set_position(done as u64);
    }
}

impl Observer for Progress {
    fn begin(&self, stage: Stage) {
        UNDER_WAY.with_borrow_mut(|stages| stages.push((Instant::now(), Duration::ZERO)));
        if !matches!(stage, Stage::Render | Stage::Write) || !self.shows_now() {
            let name = name(stage);
            self.bar.set_message(name.get(self.language).to_owned());
        }
    }

    fn end(&self, stage: Stage) {
        let time = UNDER_WAY.with_borrow_mut(|stages| {
            let (began, others) = stages.pop()?;
            let whole = began.elapsed();
            if let Some((_, taken)) = stages.last_mut() {
                *taken += whole;
            }
            Some(whole.saturating_sub(others))
        });
        *self.times().entry(stage).or_default() += time.unwrap_or_default();
    }

    fn pages(&self, done: usize, total: usize) {
        if self.shows_now() {
            self.draw(done, total);
        }
    }
}

fn name(stage: Stage) -> Message {
    match stage {
        Stage::Scan => say!("đọc tệp", "reading files"),
        Stage::Read => say!("đọc và kiểm tra bản ghi", "reading and checking records"),
        Stage::Theme => say!("chuẩn bị giao diện", "preparing the theme"),
        Stage::Plan => say!("lập danh sách trang", "planning pages"),
        Stage::Render => say!("dựng trang", "rendering pages"),
        Stage::Files => say!("dựng các tệp khác", "making other files"),
        Stage::Write => say!("ghi tệp", "writing files"),
    }
}
