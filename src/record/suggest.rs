//! "Did you mean": the nearest of what is possible, by spelling or by the word that a person would use for it.

use crate::diagnostic::Message;
use crate::record::shape::{Field, Shape, Word};
use crate::say;
use crate::value::slug;

/// The nearest of `names` to `wrong`, where it is near: at most a third of its letters differ.
pub fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong_lower = wrong.to_lowercase();
    let limit = (wrong.chars().count() / 3).max(1);
    let distance = |name: &str| strsim::damerau_levenshtein(&wrong_lower, &name.to_lowercase());
    let near = names.into_iter().filter(|name| name.len().abs_diff(wrong.len()) <= limit * 3);
    near.map(|name| (distance(name), name)).filter(|(distance, _)| *distance <= limit).min().map(|(_, name)| name)
}

/// The key of `shape` that `wrong` was probably meant as: its spelling or its label is near.
pub fn key(wrong: &str, shape: &Shape) -> Option<&'static str> {
    let keys = shape.fields.iter().map(|field| field.key);
    nearest(&wrong.replace('-', "_"), keys).or_else(|| {
        let wrong = slug(wrong);
        let same = |field: &&Field| [field.label.vi, field.label.en].iter().any(|label| slug(label) == wrong);
        shape.fields.iter().find(same).map(|field| field.key)
    })
}

/// The key of `shape` that `wrong` was meant as, where no other could be.
pub fn only_key(wrong: &str, shape: &Shape) -> Option<&'static str> {
    let meant = key(wrong, shape)?;
    let spelled = wrong.replace('-', "_");
    let others = || shape.fields.iter().map(|field| field.key).filter(|key| *key != meant);
    let near = nearest(&spelled, others());
    (near.is_none() && wrong.chars().count() > 2).then_some(meant)
}

/// The word of a list that `wrong` was probably meant as.
pub fn word(wrong: &str, words: &'static [Word]) -> Option<&'static str> {
    nearest(wrong, words.iter().map(|word| word.word)).or_else(|| {
        let wrong = slug(wrong);
        let part = |label: &str| wrong.len() > 2 && slug(label).contains(&wrong);
        let named = |word: &&Word| part(word.label.vi) || part(word.label.en);
        words.iter().find(named).map(|word| word.word)
    })
}

/// The help for an unknown key: the key meant, or all there are.
pub fn keys_help(meant: Option<&str>, shape: &Shape) -> Message {
    match meant {
        Some(key) => did_you_mean(key),
        None => {
            let keys = listed(shape.fields.iter().map(|field| field.key));
            say!("các khóa có ở đây: {keys}", "the keys here are: {keys}")
        }
    }
}

/// The help that names one possibility.
pub fn did_you_mean(name: &str) -> Message {
    say!("có phải `{name}`?", "did you mean `{name}`?")
}

/// Names in backticks, with commas between.
pub fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
/// What to write in the place of a link that is refused.
pub fn safe_link(raw: &str, is_image: bool) -> Message {
    let web = raw.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http"));
    if is_image {
        say!(
            "đặt ảnh vào content/files rồi viết `files/tên-ảnh.png`",
            "put the image into content/files and write `files/name.png`"
        )
    } else if web && raw.contains('@') {
        say!(
            "bỏ phần đứng trước `@`: người đọc tưởng đó là tên trang, nhưng trang mở ra lại là phần đứng sau",
            "leave out what stands before the `@`: readers take it for the site, but what opens is what stands behind"
        )
    } else {
        say!(
            "dùng `https://…`, `mailto:…`, `tel:…`, một đường dẫn của trang, `files/…` hoặc `procedure:ID`",
            "use `https://…`, `mailto:…`, `tel:…`, a path of the site, `files/…` or `procedure:ID`"
        )
    }
}
