//! The contacts: first "what do you want to do?", then one card a contact.

mod hours;
mod linked;
mod place;

use serde::Serialize;

use crate::plan::Source;
use crate::record::Record;
use crate::record::kind::KindName;
use crate::record::kinds::contact::{Contact, ContactType, Intention};
use crate::record::value::Words as _;
use crate::render::lens::Lens;
use crate::render::view::Made;
use crate::render::view::procedure::{PostingView, postings};
use crate::render::view::record::{self, RecordView};
use crate::render::words::{Day, Link, Words};

pub use place::{Place, Places, place, places};

#[derive(Debug, Serialize)]
struct ContactsView {
    /// The poster with the addresses, where the site makes it.
    poster: Option<String>,
    /// For the script that says what is open now.
    time_zone: String,
    /// Days on which nothing is open, for the same script.
    holidays: String,
    /// What people may want to do, each of the six words in a fixed order.
    intentions: Vec<IntentionCard>,
    /// All contacts in use; may be empty.
    cards: Vec<Card>,
    /// Contacts no longer in use; mostly empty.
    withdrawn: Vec<Card>,
    /// The address of the feedback form.
    feedback: String,
    /// The address of the reception schedule.
    reception: String,
}

/// Something that a person wants to do, and where.
#[derive(Debug, Serialize)]
pub struct IntentionView {
    /// `regulation`, `conduct`, `complaint`, `denunciation`, `question` or `dossier`.
    word: &'static str,
    /// The same in words.
    title: &'static str,
    /// Who accepts it; empty where nobody does.
    contacts: Vec<Link>,
}

/// Something that a person wants to do, and how to reach who accepts it.
#[derive(Debug, Serialize)]
struct IntentionCard {
    /// What it is, in words: "Complaint", "Submit a dossier".
    title: &'static str,
    /// Who accepts it; empty where nobody does.
    places: Vec<Place>,
}

/// One contact.
#[derive(Debug, Serialize)]
pub struct Card {
    /// How it is reached: address, lines, hours.
    place: Place,
    /// Its banner, summary, text and history; headings in its text begin with `h4`.
    record: RecordView,
    /// What it accepts, in words; may be empty.
    accepts: Vec<&'static str>,
    /// What it does not accept, and who does; may be empty.
    not_for: Vec<IntentionView>,
    /// The agency that it belongs to; none where the record names none.
    agency: Option<Link>,
    /// "within 10 working days"; none where the record does not say how long an answer takes.
    response: Option<String>,
    /// The day on which somebody last tried to reach it; none where the record does not say.
    tested: Option<Day>,
    /// Where its letter box hangs; none where it has none.
    box_at: Option<Words>,
    /// How often its letter box is opened; none where it has none.
    box_opened: Option<Words>,
    /// The reception schedule, where it is a reception room.
    schedule: Option<String>,
    /// Where it is posted, and since when; may be empty.
    postings: Vec<PostingView>,
}

/// The page of all contacts.
pub fn view(lens: &Lens<'_>) -> Made {
    let (withdrawn, cards): (Vec<_>, Vec<_>) =
        lens.contacts().iter().map(|record| card(lens, record)).partition(|card| card.record.withdrawn.is_some());
    let holidays: Vec<String> = lens.default_config().holidays.iter().map(ToString::to_string).collect();
    let view = ContactsView {
        poster: lens.sheet(Source::Poster),
        time_zone: lens.default_config().time_zone().to_owned(),
        holidays: holidays.join(" "),
        intentions: Intention::ALL.iter().map(|intention| intention_card(lens, *intention)).collect(),
        cards,
        withdrawn,
        feedback: lens.href(&Source::Feedback),
        reception: lens.href(&Source::Reception),
    };
    let intro = Words::own(lens.label("contact.intro"));
    let heading = Words::own(lens.label("contact.heading"));
    let usable = lens.contacts().iter().filter(|record| record.content.common.withdrawn.is_none());
    let nodes = usable.map(|record| linked::contact(lens, record));
    nodes.fold(Made::new("contacts.html", "contact", heading, &view).described(Some(&intro)), Made::linked)
}

fn intention_card(lens: &Lens<'_>, intention: Intention) -> IntentionCard {
    IntentionCard { title: lens.language.word(intention), places: accepting(lens, intention) }
}

/// The contacts that accept something.
pub fn intention_view(lens: &Lens<'_>, intention: Intention) -> IntentionView {
    IntentionView {
        word: intention.word(),
        title: lens.language.word(intention),
        contacts: acceptors(lens, intention).filter_map(|record| lens.link(KindName::Contact, &record.id)).collect(),
    }
}

/// How the contacts are reached that accept something.
pub fn accepting(lens: &Lens<'_>, intention: Intention) -> Vec<Place> {
    acceptors(lens, intention).map(|record| place(lens, record)).collect()
}

fn acceptors<'a>(lens: &Lens<'a>, intention: Intention) -> impl Iterator<Item = &'a Record<Contact>> {
    let published = lens.contacts().iter().filter(|record| record.content.common.withdrawn.is_none());
    published.filter(move |record| record.content.data.accepts.contains(&intention))
}

fn card(lens: &Lens<'_>, record: &Record<Contact>) -> Card {
    let data = &record.content(lens.code).data;
    let mut common = record::common(lens, record);
    let body = record.content(lens.code).body.as_ref();
    common.body = body.map(|body| lens.markdown(body, 3, &format!("{}_", record.id)));
    Card {
        place: place(lens, record),
        record: common,
        accepts: data.accepts.iter().map(|intention| lens.language.word(*intention)).collect(),
        not_for: data.not_for.iter().map(|intention| intention_view(lens, *intention)).collect(),
        agency: data.agency.as_ref().map(|agency| lens.reference(agency)),
        response: data
            .response_days
            .map(|days| lens.labels.count("contact.response_n", *days, &lens.language.number(*days))),
        tested: data.tested_on.map(|day| lens.day(day)),
        box_at: data.r#box.as_ref().map(|letters| lens.text(&letters.location)),
        box_opened: data.r#box.as_ref().map(|letters| lens.text(&letters.opened_every)),
        schedule: (data.r#type == ContactType::Reception).then(|| lens.href(&Source::Reception)),
        postings: postings(lens, &data.posted_at),
    }
}
