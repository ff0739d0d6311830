//! A thread for the questions to the database that are no submissions: look-ups, and whether it is there at all.

use std::thread;

use tokio::sync::{mpsc, oneshot};

use crate::inbox::error::Error;
use crate::inbox::store::{Database, Place};
use crate::inbox::writer::reopened;

type Job = Box<dyn FnOnce(Result<&mut dyn Database, Error>) -> Result<(), Error> + Send>;

/// Hands questions to the thread.
#[derive(Clone)]
pub struct Desk(mpsc::Sender<Job>);

impl Desk {
    /// Starts the thread. It ends when all desks are gone.
    ///
    /// # Errors
    /// Where there can be no further thread.
    pub fn start(place: Place) -> Result<Self, Error> {
        let (sender, receiver) = mpsc::channel(256);
        let thread = thread::Builder::new().name("inbox desk".to_owned()).spawn(move || work(receiver, &place));
        thread.map_err(|error| Error::Database(error.to_string()))?;
        Ok(Desk(sender))
    }

    /// Asks the database.
    ///
    /// # Errors
    /// What it says, or that too many wait.
    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut dyn Database) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |db| {
            let found = db.and_then(question);
            let ill = found.as_ref().err().cloned();
            // Who asked may have gone away.
            let _ = reply.send(found);
            ill.map_or(Ok(()), Err)
        });
        let busy = || Error::Database("too many questions wait".to_owned());
        self.0.try_send(job).map_err(|_| busy())?;
        answer.await.map_err(|_| busy())?
    }
}

fn work(mut queue: mpsc::Receiver<Job>, place: &Place) {
    let mut db = None;
    while let Some(job) = queue.blocking_recv() {
        if job(reopened(&mut db, place)).is_err() {
            db = None;
        }
    }
}
