//! Where the keys, items and values of a record stand, read from its text without the program's own parser: block-style
//! YAML as people write records, everything else taken as one opaque value.

use std::ops::Range;

/// A key with its value, or an item of a list.
#[derive(Debug, Clone)]
pub struct Part {
    /// The keys from the top, this one's included; `-` stands for an item.
    pub path: Vec<String>,
    /// The key as written, with its quotes; none for an item.
    pub key: Option<String>,
    /// Where the key or item starts.
    pub place: Place,
    /// Its value.
    pub value: Value,
    /// The value as written, where it is on the key's line.
    pub text: String,
    /// The lines that belong to it.
    pub lines: Range<usize>,
    /// What lacks the key where it is taken away: the key or item whose map it is in.
    pub owner: Place,
    /// Whether its line begins with the dash of its list item.
    pub opens_item: bool,
    /// How many keys or items stand beside it, itself included.
    pub siblings: usize,
    /// The list items that it is in, itself included, by their numbers from 0.
    pub items: Vec<usize>,
}

/// A line and a column, both from 0, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// On the key's line.
    Inline,
    /// Behind `|` or `>`.
    Block,
    /// A map on the lines below.
    Map,
    /// A list on the lines below.
    List,
}

impl Part {
    /// The key's name, or `-`.
    pub fn name(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    /// Where the value starts, or would start if it were on the key's line.
    pub fn value_place(&self) -> Place {
        let column = self.place.column + self.key.as_ref().map_or(0, |key| key.chars().count() + 2);
        Place { column, ..self.place }
    }
}

/// The parts of a record, from the top.
pub fn parts(text: &str) -> Vec<Part> {
    let fenced = text.starts_with("---");
    let all = text.lines().enumerate().skip(usize::from(fenced));
    let yaml = all.take_while(|(_, line)| !fenced || *line != "---");
    let lines: Vec<Line> = yaml.filter_map(|(number, line)| Line::of(number, line)).collect();
    let mut outline = Outline { lines, at: 0, items: Vec::new(), parts: Vec::new() };
    outline.map(0, Place { line: 0, column: 0 }, &[]);
    assert_eq!(outline.at, outline.lines.len(), "every line is part of the outline");
    outline.parts
}

#[derive(Debug, Clone)]
struct Line {
    number: usize,
    indent: usize,
    content: String,
}

impl Line {
    fn of(number: usize, line: &str) -> Option<Line> {
        let content = line.trim_start();
        let indent = line.len() - content.len();
        (!content.is_empty() && !content.starts_with('#')).then(|| Line {
            number,
            indent,
            content: content.trim_end().to_owned(),
        })
    }
}

struct Outline {
    lines: Vec<Line>,
    at: usize,
    items: Vec<usize>,
    parts: Vec<Part>,
}

impl Outline {
    fn next(&self) -> Option<&Line> {
        self.lines.get(self.at)
    }

    fn is_at(&self, indent: usize, dash: bool) -> bool {
        self.next().is_some_and(|line| line.indent == indent && line.content.starts_with("- ") == dash)
    }

    fn map(&mut self, indent: usize, owner: Place, path: &[String]) {
        let mut own = Vec::new();
        while self.is_at(indent, false) {
            own.push(self.entry(indent, owner, path));
        }
        self.count(&own);
    }

    fn list(&mut self, indent: usize, path: &[String]) {
        let mut own = Vec::new();
        while self.is_at(indent, true) {
            self.items.push(own.len());
            own.push(self.item(indent, path));
            self.items.pop();
        }
        self.count(&own);
    }

    /// Tells the parts at these indices how many they are.
    fn count(&mut self, own: &[usize]) {
        own.iter().for_each(|part| self.parts[*part].siblings = own.len());
    }

    fn entry(&mut self, indent: usize, owner: Place, path: &[String]) -> usize {
        let line = self.lines[self.at].clone();
        let (key, rest) = key_and_rest(&line.content).unwrap_or_else(|| panic!("no key: {line:?}"));
        let path = [path, &[key.trim_matches('"').to_owned()]].concat();
        let place = Place { line: line.number, column: indent };
        let part = self.begin(path.clone(), Some(key.to_owned()), place, owner);
        self.at += 1;
        self.parts[part].text = without_comment(rest).to_owned();
        self.parts[part].value = match (rest, self.next().map(|next| (next.indent, next.content.starts_with("- ")))) {
            ("", Some((below, true))) if below > indent => {
                self.within(Value::List, |outline| outline.list(below, &path))
            }
            ("", Some((below, false))) if below > indent => {
                self.within(Value::Map, |outline| outline.map(below, place, &path))
            }
            (rest, _) if rest.starts_with(['|', '>']) => self.block(indent),
            _ => Value::Inline,
        };
        self.end(part)
    }

    fn item(&mut self, indent: usize, path: &[String]) -> usize {
        let path = [path, &["-".to_owned()]].concat();
        let line = &mut self.lines[self.at];
        (line.indent, line.content) = (indent + 2, line.content[2..].trim_start().to_owned());
        let (content, place) = (line.content.clone(), Place { line: line.number, column: indent + 2 });
        let part = self.begin(path.clone(), None, place, place);
        if key_and_rest(&content).is_some() {
            let first = self.parts.len();
            self.parts[part].value = self.within(Value::Map, |outline| outline.map(indent + 2, place, &path));
            self.parts[first].opens_item = true;
        } else {
            self.parts[part].text = without_comment(&content).to_owned();
            self.at += 1;
        }
        self.end(part)
    }

    fn within(&mut self, value: Value, read: impl FnOnce(&mut Self)) -> Value {
        read(self);
        value
    }

    fn block(&mut self, indent: usize) -> Value {
        while self.next().is_some_and(|line| line.indent > indent) {
            self.at += 1;
        }
        Value::Block
    }

    fn begin(&mut self, path: Vec<String>, key: Option<String>, place: Place, owner: Place) -> usize {
        let lines = place.line..place.line + 1;
        let (value, text) = (Value::Inline, String::new());
        let (opens_item, siblings, items) = (false, 1, self.items.clone());
        self.parts.push(Part { path, key, place, value, text, lines, owner, opens_item, siblings, items });
        self.parts.len() - 1
    }

    fn end(&mut self, part: usize) -> usize {
        self.parts[part].lines.end = self.lines[self.at - 1].number + 1;
        part
    }
}

/// `key: rest`, the key perhaps in quotes.
fn key_and_rest(content: &str) -> Option<(&str, &str)> {
    let (key, rest) = content.split_once(':')?;
    let word = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c));
    let is_key = word(key.trim_matches('"')) && (rest.is_empty() || rest.starts_with(' '));
    is_key.then(|| (key, rest.trim()))
}

fn without_comment(text: &str) -> &str {
    if text.starts_with(['"', '\'']) { text } else { text.split(" #").next().unwrap_or(text).trim_end() }
}
