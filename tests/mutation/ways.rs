//! Every way in which a part of a record can be broken.

use minhbach::diagnostic::Code;
use minhbach::record::shape::{CountKey, Need, Type};

use super::outline::{Part, Place, Value};
use super::typed::Typed;
use super::wrong;

/// A broken record and the faults that must be told of it, nothing else.
pub struct Mutation {
    pub name: String,
    pub text: String,
    pub expected: Vec<(Code, Place)>,
}

/// The top of a file: the place of what a record as a whole lacks.
const TOP: Place = Place { line: 0, column: 0 };

/// Keys that a check across the record wants, though their shape does not: what is told besides is by contract.
const WANTED: &[&str] = &["limitations"];

/// All mutations of one part of a record that is the `turn`th of its kind. From the third on each takes a third of what does not
/// depend on the record, in turn.
pub fn of(text: &str, part: &Part, typed: Option<&Typed>, turn: usize) -> Vec<Mutation> {
    let writer = Writer { text, part };
    let mut all = writer.syntax();
    all.extend(typed.into_iter().flat_map(|typed| writer.values(typed)));
    let mut index = 0;
    all.retain(|_| {
        index += 1;
        turn < 2 || (index + turn).is_multiple_of(3)
    });
    all.extend(typed.into_iter().flat_map(|typed| writer.keys(typed)));
    all
}

struct Writer<'a> {
    text: &'a str,
    part: &'a Part,
}

impl Writer<'_> {
    /// What YAML itself or this program's YAML refuses: the file yields this and nothing else.
    fn syntax(&self) -> Vec<Mutation> {
        let part = self.part;
        let mut all = Vec::new();
        if part.value == Value::Inline && !part.text.is_empty() {
            all.push(self.value("anchor", &format!("&a {}", part.text), Code::YamlAlias, 0));
            all.push(self.value("tag", &format!("!!str {}", part.text), Code::YamlAlias, 0));
            all.push(self.value("alias", "*a", Code::YamlAlias, 0));
        }
        let Some(key) = &part.key else { return all };
        let doubled = [self.own_lines(), vec![self.margin() + &format!("{key}: x")]].concat();
        let place = Place { line: part.lines.end, ..part.place };
        all.push(self.replaced("doubled key", &doubled, vec![(Code::YamlDuplicateKey, place)]));
        let merge = [vec![self.head() + "<<: {}"], self.own_lines_as_following()].concat();
        all.push(self.replaced("merge key", &merge, vec![(Code::YamlAlias, part.place)]));
        all.push(self.value("reserved sign", "@x", Code::YamlSyntax, 0));
        if !self.text.lines().skip(part.lines.end).any(|line| line.contains('"')) {
            all.push(self.value("unclosed quote", "\"x", Code::YamlSyntax, 0));
        }
        all
    }

    /// The key misspelt, unknown, or taken away with its value.
    fn keys(&self, typed: &Typed) -> Vec<Mutation> {
        let (part, name) = (self.part, self.part.name());
        let mut all = Vec::new();
        if let Some(count) = typed.count {
            return self.count_keys(count);
        }
        if part.key.is_none() {
            return all;
        }
        let last = name.chars().last().unwrap_or('x');
        all.push(self.renamed("misspelt key", &format!("{name}{last}"), vec![(Code::UnknownKey, part.place)]));
        let lacking = match typed.need {
            Some(Need::Required) => (Code::MissingKey, part.owner),
            Some(Need::Complete) => (Code::IncompleteRecord, TOP),
            _ => return all,
        };
        if !typed.in_either && !WANTED.contains(&name) {
            all.push(self.renamed("unknown key", "khac_han", vec![(Code::UnknownKey, part.place), lacking]));
            all.extend(self.taken_away(lacking));
        }
        all
    }

    fn count_keys(&self, count: CountKey) -> Vec<Mutation> {
        let wrong: &[(&str, Code)] = match count {
            CountKey::Word(_) => &[("zzz", Code::UnknownKey)],
            CountKey::Code => &[("9.99999", Code::InvalidCode), ("\"9.999999\"", Code::UnknownReference)],
            CountKey::Any => &[("\"\"", Code::InvalidValue), ("tie\u{302}\u{301}ng", Code::NotNormalised)],
        };
        wrong.iter().map(|(key, code)| self.renamed("wrong key", key, vec![(*code, self.part.place)])).collect()
    }

    fn values(&self, typed: &Typed) -> Vec<Mutation> {
        let mut all = vec![
            self.value("null", "", Code::WrongType, 0),
            self.value("tilde", "~", Code::WrongType, 0),
            self.value("null word", "null", Code::WrongType, 0),
        ];
        if !typed.takes_map() {
            all.push(self.value("map", "{zz: 1}", Code::WrongType, 0));
        }
        if !typed.takes_list() {
            all.push(self.value("list", "[x]", Code::WrongType, 0));
        }
        if !typed.takes_scalar() {
            let code = if self.is_reports_period() { Code::RelativePeriod } else { Code::WrongType };
            all.push(self.value("scalar", "zzz", code, 0));
        }
        let current = typed.current(self.part);
        let wrong = current.map(wrong::scalars).unwrap_or_default().into_iter();
        all.extend(wrong.map(|(name, written, code, offset)| self.value(name, written, code, offset)));
        match (typed.need, current) {
            (Some(Need::Required), Some(Type::List(_))) => all.push(self.value("no item", "[]", Code::OutOfRange, 0)),
            (Some(Need::Complete), Some(Type::List(_))) if !WANTED.contains(&self.part.name()) => {
                all.push(Mutation {
                    expected: vec![(Code::IncompleteRecord, TOP)],
                    ..self.value("no item", "[]", Code::OutOfRange, 0)
                });
            }
            (_, Some(Type::Markdown)) if self.part.value == Value::Block => all.extend(self.in_block()),
            _ => {}
        }
        all
    }

    fn is_reports_period(&self) -> bool {
        self.part.path == ["period"] && self.text.contains("\nlimitations:")
    }

    /// A tag and a link inside a block text, on its last line.
    fn in_block(&self) -> Vec<Mutation> {
        let line = self.part.lines.end - 1;
        let last = self.text.lines().nth(line).unwrap_or_default();
        let indent = last.len() - last.trim_start().len();
        let (margin, rest) = last.split_at(indent);
        let place = Place { line, column: indent + 4 };
        let with = |name, inserted: &str, code| {
            let mut lines = self.own_lines();
            lines.pop();
            lines.push(format!("{margin}xem {inserted} {rest}"));
            self.replaced(name, &lines, vec![(code, place)])
        };
        vec![with("tag in a block", "<br>", Code::RawHtml), with("link in a block", "[a](data:x)", Code::UnsafeLink)]
    }

    /// Everything up to the key or item: white space and dashes.
    fn head(&self) -> String {
        self.text.lines().nth(self.part.place.line).unwrap_or_default().chars().take(self.part.place.column).collect()
    }

    fn margin(&self) -> String {
        " ".repeat(self.part.place.column)
    }

    fn own_lines(&self) -> Vec<String> {
        self.text.lines().skip(self.part.lines.start).take(self.part.lines.len()).map(str::to_owned).collect()
    }

    /// The part's lines as they stand where it is not the first of its item.
    fn own_lines_as_following(&self) -> Vec<String> {
        let mut lines = self.own_lines();
        lines[0] = self.margin() + &lines[0].chars().skip(self.part.place.column).collect::<String>();
        lines
    }

    /// The key with another value on its line.
    fn value(&self, name: &str, written: &str, code: Code, offset: usize) -> Mutation {
        let key = self.part.key.as_ref().map_or_else(String::new, |key| format!("{key}: "));
        let line = format!("{}{key}{written}", self.head());
        let at = self.part.value_place();
        self.replaced(name, &[line], vec![(code, Place { column: at.column + offset, ..at })])
    }

    /// Another key with the value.
    fn renamed(&self, name: &str, key: &str, expected: Vec<(Code, Place)>) -> Mutation {
        let mut lines = self.own_lines();
        let old = self.part.key.as_ref().map_or(0, |key| key.chars().count());
        let rest: String = lines[0].chars().skip(self.part.place.column + old).collect();
        lines[0] = format!("{}{key}{rest}", self.head());
        self.replaced(name, &lines, expected)
    }

    /// Without the key and its value. A map that would be empty is another fault.
    fn taken_away(&self, lacking: (Code, Place)) -> Option<Mutation> {
        if self.part.siblings == 1 {
            return None;
        }
        let mut broken = self.replaced("taken away", &[], vec![lacking]);
        if self.part.opens_item {
            broken.text = with_dash(&broken.text, self.part.place);
        }
        Some(broken)
    }

    fn replaced(&self, name: &str, lines: &[String], expected: Vec<(Code, Place)>) -> Mutation {
        let all: Vec<&str> = self.text.lines().collect();
        let (before, after) = (&all[..self.part.lines.start], &all[self.part.lines.end..]);
        let middle = lines.iter().map(String::as_str);
        let kept = before.iter().copied().chain(middle).chain(after.iter().copied());
        let text = kept.map(|line| format!("{line}\n")).collect();
        Mutation { name: name.to_owned(), text, expected }
    }
}

/// The text with the next key line from `place` on made the first of its list item.
fn with_dash(text: &str, place: Place) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let margin = " ".repeat(place.column);
    while lines[place.line].trim_start().starts_with('#') {
        lines.remove(place.line);
    }
    let line = &mut lines[place.line];
    assert!(line.starts_with(&margin), "a key of the same item follows");
    line.replace_range(place.column - 2..place.column, "- ");
    lines.join("\n") + "\n"
}
