//! Tells others that something came in: webhooks and mail. Never what was written.
//!
//! What is to be told was kept in the same commit as the feedback, so nothing is forgotten when the program stops. Whom it
//! cannot reach it tries again, eight times within a day; then the letter is dead and staff see it.

mod mail;
mod private;
mod webhook;

use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::inbox::config::Config;
use crate::inbox::error::Error;
use crate::inbox::http::now;
use crate::inbox::store::{Database, Letter, Place, letter_done, letter_failed, letters};
use crate::inbox::writer::reopened;

pub use webhook::sign;

/// How long to wait before each further try, in seconds; together a little less than a day.
const WAITS: [i64; 7] = [30, 5 * 60, 20 * 60, 60 * 60, 3 * 60 * 60, 6 * 60 * 60, 13 * 60 * 60];

/// How often to look whether there is something to tell.
const PAUSE: Duration = Duration::from_millis(500);

/// The letters of a new feedback: to whom, and what. `{ref}` becomes its number.
pub fn of(config: &Config, topic: &str, procedure: &str, due_on: &str, moment: i64) -> Vec<(String, String)> {
    let timestamp = jiff::Timestamp::from_second(moment).unwrap_or_default().to_string();
    // The number is put in when it is known; everything else is escaped here.
    let data = json!({"topic": topic, "procedure": procedure, "due_on": due_on}).to_string();
    let body =
        format!(r#"{{"type":"feedback.received","timestamp":"{timestamp}","data":{{"ref":{{ref}},{}"#, &data[1..])
            + "}";
    let hooks = (0..config.webhooks.len()).map(|at| format!("webhook:{at}"));
    let mail = config.mail.iter().map(|_| "mail".to_owned());
    hooks.chain(mail).map(|target| (target, body.clone())).collect()
}

/// Starts the thread that tells. It ends with the process: what is not told yet is told after the next start.
///
/// # Errors
/// Where there can be no further thread.
pub fn start(config: Config, place: Place) -> Result<(), Error> {
    if config.webhooks.is_empty() && config.mail.is_none() {
        return Ok(());
    }
    let thread = thread::Builder::new().name("inbox outbox".to_owned()).spawn(move || work(&config, &place));
    thread.map(drop).map_err(|error| Error::Database(error.to_string()))
}

fn work(config: &Config, place: &Place) {
    let mut db = None;
    loop {
        let told = reopened(&mut db, place).and_then(|db| tell(config, db));
        if told.is_err() {
            db = None;
        }
        thread::sleep(PAUSE);
    }
}

/// Tells what is due.
fn tell(config: &Config, db: &mut dyn Database) -> Result<(), Error> {
    for letter in letters(db, now())? {
        match deliver(config, &letter) {
            Ok(()) => letter_done(db, letter.id)?,
            Err(what) => {
                let wait = usize::try_from(letter.attempts).ok().and_then(|tried| WAITS.get(tried));
                letter_failed(db, &letter, wait.map(|wait| now() + wait), &what)?;
                if wait.is_none() {
                    eprintln!("inbox: letter {} to {} is dead", letter.id, letter.target);
                }
            }
        }
    }
    Ok(())
}

fn deliver(config: &Config, letter: &Letter) -> Result<(), String> {
    let gone = || "no longer configured".to_owned();
    match letter.target.strip_prefix("webhook:") {
        Some(at) => {
            let hook = at.parse().ok().and_then(|at: usize| config.webhooks.get(at)).ok_or_else(gone)?;
            webhook::post(hook, letter, now())
        }
        None => mail::send(config.mail.as_ref().ok_or_else(gone)?, letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_tries_take_a_day() {
        let whole: i64 = WAITS.iter().sum();
        assert_eq!(WAITS.len() + 1, 8);
        assert!((20 * 3600..=24 * 3600).contains(&whole));
    }
}
