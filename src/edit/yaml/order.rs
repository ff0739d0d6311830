//! Changes that know where something belongs: a new key among those that a kind has, an item between others, a text of
//! several lines where one stood.

use crate::edit::Edit;
use crate::edit::tree::{New, Step};
use crate::edit::yaml::{Place, Source, behind, block, flow, range};
use crate::syntax::yaml::{Entry, Node, Style, Value};

impl Source<'_> {
    /// Sets the value at a path; a key that is not there comes behind those that stand before it in `order`.
    pub fn set_in(&self, path: &[Step], value: &New, order: &[&str]) -> Option<Edit> {
        self.added_in(path, value, order).or_else(|| self.set(path, value))
    }

    fn added_in(&self, path: &[Step], value: &New, order: &[&str]) -> Option<Edit> {
        let (Step::Key(key), above) = path.split_last()? else { return None };
        let map = self.find(above)?;
        let Value::Map(entries) = &map.node.value else { return None };
        if self.is_flow(map.node) || entries.iter().any(|entry| entry.key.text == *key) {
            return None;
        }
        let rank = |key: &str| order.iter().position(|known| *known == key);
        let own = rank(key)?;
        let before = (0..entries.len()).filter(|at| rank(&entries[*at].key.text).is_some_and(|rank| rank < own));
        let before = before.max_by_key(|at| rank(&entries[*at].key.text));
        let edit = match before {
            Some(before) => self.behind_entry(entries, before, key, value)?,
            None => self.before_all(entries, key, value)?,
        };
        let mut meant = self.tree();
        meant.add_key(above, before.map_or(0, |before| before + 1), key, value.into())?;
        self.proven(edit, meant)
    }

    fn behind_entry(&self, entries: &[Entry], before: usize, key: &str, value: &New) -> Option<Edit> {
        let indent = self.column(entries.first()?.key.span.start as usize);
        let lines = block(&New::Map(vec![(key.to_owned(), value.clone())]), indent);
        let before = entries.get(before)?;
        Some(self.lines_behind(&before.value, range(&before.key.span).end, &lines))
    }

    /// Before the first key, where that begins its line.
    fn before_all(&self, entries: &[Entry], key: &str, value: &New) -> Option<Edit> {
        let first = entries.first()?.key.span.start as usize;
        let start = self.line_start(first);
        let start = start + self.mark(start);
        let is_alone = self.text[start..first].trim_matches(' ').is_empty();
        let lines = block(&New::Map(vec![(key.to_owned(), value.clone())]), self.column(first));
        let text: String = lines.iter().map(|line| format!("{line}{}", self.newline)).collect();
        is_alone.then(|| Edit::new(start..start, text))
    }

    /// Adds an item before the one at `index` of the list at a path; at its end where there is none.
    pub fn insert(&self, path: &[Step], index: usize, item: &New) -> Option<Edit> {
        let list = self.find(path)?;
        let Value::List(items) = &list.node.value else { return None };
        if index >= items.len() {
            return self.push(path, item);
        }
        let edit = if self.is_flow(list.node) {
            let start = items[index].span.start as usize;
            Edit::new(start..start, format!("{}, ", flow(item)))
        } else {
            self.item_before(items, index, item)?
        };
        let mut meant = self.tree();
        meant.insert(path, index, item.into())?;
        self.proven(edit, meant)
    }

    fn item_before(&self, items: &[Node], index: usize, item: &New) -> Option<Edit> {
        let first = self.dash(items.first()?)?;
        let lines = block(&New::List(vec![item.clone()]), self.column(first));
        if let Some(before) = index.checked_sub(1).and_then(|before| items.get(before)) {
            return Some(self.lines_behind(before, self.range(before).end, &lines));
        }
        let start = self.line_start(first);
        let text: String = lines.iter().map(|line| format!("{line}{}", self.newline)).collect();
        self.text[start..first].trim_matches(' ').is_empty().then(|| Edit::new(start..start, text))
    }

    /// Puts the items of the list at a path into another order, with the comments above them: first the one that is now at
    /// `order[0]`.
    pub fn reorder(&self, path: &[Step], order: &[usize]) -> Option<Edit> {
        let list = self.find(path)?;
        let Value::List(items) = &list.node.value else { return None };
        if self.is_flow(list.node) || items.is_empty() {
            return None;
        }
        let mut starts = Vec::with_capacity(items.len() + 1);
        for item in items {
            starts.push(self.item_start(item, starts.last().copied())?);
        }
        let end = self.line_end(self.range(items.last()?).end);
        starts.push((end + self.newline_at(end)).min(self.yaml.end));
        let whole = starts[0]..*starts.last()?;
        let piece = |at: usize| Some(self.text[*starts.get(at)?..*starts.get(at + 1)?].trim_end_matches(['\n', '\r']));
        let pieces: Vec<&str> = order.iter().map(|at| piece(*at)).collect::<Option<_>>()?;
        let last = if self.text[whole.clone()].ends_with('\n') { self.newline } else { "" };
        let mut meant = self.tree();
        meant.reorder(path, order)?;
        self.proven(Edit::new(whole, pieces.join(self.newline) + last), meant)
    }

    /// The start of the first line of an item: of the comments right above its dash, as far as they are its own.
    fn item_start(&self, item: &Node, before: Option<usize>) -> Option<usize> {
        let dash = self.dash(item)?;
        let mut start = self.line_start(dash);
        if !self.text[start..dash].trim_matches(' ').is_empty() {
            return None;
        }
        while before.is_none_or(|before| before < start) && start > 0 {
            let above = self.line_start(start - 1);
            if !self.text[above..start].trim_start().starts_with('#') {
                break;
            }
            start = above;
        }
        Some(start)
    }

    /// A text of several lines as a block, whatever stood there. A comment on the first line stays there.
    pub(super) fn literal(&self, place: &Place<'_>, text: &str) -> Option<Edit> {
        let (lead, column) = match &place.key {
            Some(key) => (self.colon(key)?, self.column(key.start)),
            None => {
                let dash = self.dash(place.node)?;
                (dash + 1, self.column(dash))
            }
        };
        let old = self.range(place.node);
        let line_end = self.line_end(old.end);
        let trailing = self.text[old.end..line_end].trim();
        let between = self.text[lead..old.start].trim();
        let header = self.text[old.clone()].lines().next().unwrap_or("");
        let (comment, end) = match &place.node.value {
            Value::Scalar(scalar) if scalar.style == Style::Block => {
                (header.split_once(" #").map_or(String::new(), |(_, comment)| format!(" #{comment}")), old.end)
            }
            Value::Scalar(_) | Value::Null if trailing.starts_with('#') => (format!(" {trailing}"), line_end),
            _ if between.starts_with('#') => (format!(" {}", between.lines().next()?.trim_end()), old.end),
            _ => (String::new(), old.end),
        };
        let lines = behind("", &New::Text(text.to_owned()), column + 2);
        let (first, rest) = lines.split_first()?;
        let rest: String = rest.iter().map(|line| format!("{}{line}", self.newline)).collect();
        Some(Edit::new(lead..end.max(lead), format!("{first}{comment}{rest}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edits;

    fn path(steps: &[&str]) -> Vec<Step> {
        steps.iter().map(|step| step.parse::<usize>().map_or_else(|_| Step::from(*step), Step::from)).collect()
    }

    fn applied(text: &str, edit: impl FnOnce(&Source<'_>) -> Option<Edit>) -> String {
        let source = Source::open(text, false).unwrap();
        let mut edits = Edits::default();
        edits.add(edit(&source).expect("it can be done"));
        edits.apply(text)
    }

    fn text(value: &str) -> New {
        New::Text(value.to_owned())
    }

    const ORDER: &[&str] = &["a", "b", "c", "d"];

    #[test]
    fn a_new_key_takes_its_place_among_its_kind() {
        let set = |source: &str, key: &str| applied(source, |s| s.set_in(&path(&[key]), &text("x"), ORDER));
        assert_eq!(set("# đầu\na: 1 # một\n\n# về d\nd: 4\n", "c"), "# đầu\na: 1 # một\nc: x\n\n# về d\nd: 4\n");
        assert_eq!(set("# đầu\nc: 3\n", "b"), "# đầu\nb: x\nc: 3\n");
        assert_eq!(set("d: 4\na:\n  - 1\n", "b"), "d: 4\na:\n  - 1\nb: x\n");
        assert_eq!(set("a: 1\r\nd: 4\r\n", "b"), "a: 1\r\nb: x\r\nd: 4\r\n");
        let item = applied("l:\n  - b: 1\n    d: 2\n", |s| s.set_in(&path(&["l", "0", "a"]), &text("x"), ORDER));
        assert_eq!(item, "l:\n  - b: 1\n    d: 2\n    a: x\n");
    }

    #[test]
    fn an_item_comes_between_others() {
        let insert = |source: &str, at| applied(source, |s| s.insert(&path(&["l"]), at, &text("x")));
        assert_eq!(insert("l:\n  - a # một\n  # về b\n  - b\n", 1), "l:\n  - a # một\n  - x\n  # về b\n  - b\n");
        assert_eq!(insert("l:\n- a\n- b\n", 0), "l:\n- x\n- a\n- b\n");
        assert_eq!(insert("l: [a, b]\n", 1), "l: [a, x, b]\n");
        assert_eq!(insert("l:\n- a\n", 5), "l:\n- a\n- x\n");
    }

    #[test]
    fn items_change_places_with_their_comments() {
        let reorder = |source: &str, order: &[usize]| applied(source, |s| s.reorder(&path(&["l"]), order));
        assert_eq!(
            reorder("l:\n  - a: 1\n    b: 2\n  # về hai\n  - a: 3\nm: 1\n", &[1, 0]),
            "l:\n  # về hai\n  - a: 3\n  - a: 1\n    b: 2\nm: 1\n"
        );
        assert_eq!(reorder("l:\n- a\n- b\n- c", &[2, 0, 1]), "l:\n- c\n- a\n- b");
    }

    #[test]
    fn a_text_of_several_lines_becomes_a_block_where_it_stands() {
        let set = |source: &str, steps: &[&str]| applied(source, |s| s.set(&path(steps), &text("một\n\nhai\n")));
        assert_eq!(set("a: x # nói\nb: 1\n", &["a"]), "a: | # nói\n  một\n\n  hai\nb: 1\n");
        assert_eq!(set("a:\nb: 1\n", &["a"]), "a: |\n  một\n\n  hai\nb: 1\n");
        assert_eq!(set("a: > # cũ\n  x\n  y\nb: 1\n", &["a"]), "a: | # cũ\n  một\n\n  hai\nb: 1\n");
        assert_eq!(
            set("l:\n  - t: x\r\n", &["l", "0", "t"]).replace('\r', ""),
            "l:\n  - t: |\n      một\n\n      hai\n"
        );
        assert_eq!(set("l:\n  - x\n  - y\n", &["l", "0"]), "l:\n  - |\n    một\n\n    hai\n  - y\n");
        assert_eq!(set("l: {t: x}\n", &["l", "t"]), "l: {t: \"một\\n\\nhai\\n\"}\n");
    }
}
