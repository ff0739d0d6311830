//! Group commit: whatever waits when a commit begins goes to the disk with it.
//!
//! One thread writes. Under load many feedbacks share the price of one `fsync`; a single one waits for nobody.

use std::thread::{self, JoinHandle};

use tokio::sync::{mpsc, oneshot};

use crate::inbox::error::Error;
use crate::inbox::store::{Database, Kept, Place, Submission, open, submit};

/// Most feedbacks in one commit.
const BATCH: usize = 256;
/// Most that wait; who comes then is told to come back, instead of waiting for ever.
const QUEUE: usize = 2_048;

struct Job {
    submission: Submission,
    reply: oneshot::Sender<Result<Kept, Error>>,
}

/// Hands submissions to the thread that writes.
#[derive(Clone)]
pub struct Writer(mpsc::Sender<Job>);

impl Writer {
    /// Starts the thread. It ends when all writers are gone, after what waits is written.
    ///
    /// # Errors
    /// Where the database cannot be opened.
    pub fn start(place: &Place) -> Result<(Self, JoinHandle<()>), Error> {
        let (sender, receiver) = mpsc::channel(QUEUE);
        let (db, place) = (open(place)?, place.clone());
        let thread = thread::Builder::new().name("inbox writer".to_owned()).spawn(move || work(receiver, db, &place));
        let thread = thread.map_err(|error| Error::Database(error.to_string()))?;
        Ok((Writer(sender), thread))
    }

    /// Keeps a feedback. When this returns, it is on the disk.
    ///
    /// # Errors
    /// Where it could not be kept: then it was not, or will be found when the same page is sent again.
    pub async fn keep(&self, submission: Submission) -> Result<Kept, Error> {
        let (reply, answer) = oneshot::channel();
        let gone = || Error::Database("the queue is full".to_owned());
        self.0.try_send(Job { submission, reply }).map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

fn work(mut queue: mpsc::Receiver<Job>, db: Box<dyn Database>, place: &Place) {
    let mut db = Some(db);
    while let Some(first) = queue.blocking_recv() {
        let mut batch = vec![first];
        while let (true, Ok(job)) = (batch.len() < BATCH, queue.try_recv()) {
            batch.push(job);
        }
        let submissions: Vec<&Submission> = batch.iter().map(|job| &job.submission).collect();
        let kept = reopened(&mut db, place).and_then(|db| submit(db, &submissions));
        if kept.is_err() {
            // Whatever state the connection is in: the next batch gets a new one.
            db = None;
        }
        answer(batch, kept);
    }
}

/// The connection, opened anew where the last one failed.
pub fn reopened<'a>(db: &'a mut Option<Box<dyn Database>>, place: &Place) -> Result<&'a mut dyn Database, Error> {
    if db.is_none() {
        *db = Some(open(place)?);
    }
    db.as_deref_mut().map(|db| db as &mut dyn Database).ok_or_else(|| Error::Database("no connection".to_owned()))
}

fn answer(batch: Vec<Job>, kept: Result<Vec<Kept>, Error>) {
    // Who asked may have gone away: the feedback is kept all the same.
    match kept {
        Ok(kept) => batch.into_iter().zip(kept).for_each(|(job, kept)| drop(job.reply.send(Ok(kept)))),
        Err(error) => batch.into_iter().for_each(|job| drop(job.reply.send(Err(error.clone())))),
    }
}
