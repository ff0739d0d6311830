//! Charts, drawn at build time: rows of bars as SVG, with a title, the figures in a sentence, and each value as text.
//!
//! No colour says anything alone: what matters less or is worse is hollow, and every bar has its number. Lengths are
//! percentages, so that letters keep their size on a phone. There is no chart of nothing: whoever asks for one says a
//! sentence instead.

use serde::Serialize;

/// How wide the longest bar is; the rest is for its number.
const WIDEST: f64 = 60.0;
/// How many letters of a label fit above a bar on a phone; the table beside has the whole.
const LABEL: usize = 32;
const LINE: usize = 22;
const BAR: usize = 16;
const GAP: usize = 5;

/// A chart of horizontal bars.
#[derive(Debug, Serialize)]
pub struct Chart {
    /// What its title and description are called on the page.
    id: String,
    /// What it shows; the default theme writes it above the drawing, too.
    title: String,
    /// All its figures in words, for those who cannot see it: "Quý I năm 2026: 5, 4; …".
    description: String,
    /// Its height in CSS pixels.
    height: usize,
    /// What the looks mean; empty where a row has one bar only.
    keys: Vec<Key>,
    /// The words above the bars, one a row.
    labels: Vec<Label>,
    /// One a figure, from top to bottom.
    bars: Vec<Bar>,
}

/// How a bar looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Look {
    /// Filled.
    Solid,
    /// An outline.
    Hollow,
}

/// What a look means, where the bars of one row differ in it.
#[derive(Debug, Serialize)]
struct Key {
    /// What bars of this look show, such as "Received".
    name: String,
    /// `solid` or `hollow`.
    look: Look,
}

#[derive(Debug, Serialize)]
struct Label {
    /// The row's label, cut with `…` after 32 letters.
    text: String,
    /// Its baseline, in pixels from the top.
    y: usize,
}

#[derive(Debug, Serialize)]
struct Bar {
    /// `solid`, or `hollow` for what counts less or is worse.
    look: Look,
    /// Its upper edge, in pixels from the top; a bar is 16 high.
    y: usize,
    /// The baseline of its figure, in pixels from the top.
    text_y: usize,
    /// Its length, a percentage.
    length: String,
    /// Its figure as it is written beside it: "12", "12 (60%)".
    value: String,
}

/// What is drawn in a row: a label and its figures.
pub struct Row {
    pub label: String,
    pub figures: Vec<Figure>,
}

/// A number to draw, and how it is written.
pub struct Figure {
    pub number: i64,
    pub written: String,
    pub look: Look,
}

/// A chart, with what the looks of its bars mean where a row has several; none where there is nothing to see.
pub fn chart(id: &str, title: String, keys: &[(&str, Look)], rows: &[Row]) -> Option<Chart> {
    let largest = rows.iter().flat_map(|row| &row.figures).map(|figure| figure.number).max().filter(|n| *n > 0)?;
    let (mut labels, mut bars, mut y) = (Vec::new(), Vec::new(), 0);
    for row in rows {
        labels.push(Label { text: shortened(&row.label), y: y + LINE - 6 });
        y += LINE;
        for figure in &row.figures {
            bars.push(bar(figure, largest, y));
            y += BAR + GAP;
        }
        y += GAP;
    }
    let keys = keys.iter().map(|(name, look)| Key { name: (*name).to_owned(), look: *look }).collect();
    Some(Chart { id: id.to_owned(), title, description: description(rows), height: y, keys, labels, bars })
}

#[allow(clippy::cast_precision_loss)]
fn bar(figure: &Figure, largest: i64, y: usize) -> Bar {
    let length = figure.number.max(0) as f64 / largest as f64 * WIDEST;
    Bar { look: figure.look, y, text_y: y + BAR - 3, length: format!("{:.1}%", length), value: figure.written.clone() }
}

/// "Quý I năm 2026: 5 tiếp nhận, 4 đã giải quyết; …"
fn description(rows: &[Row]) -> String {
    let figures = |row: &Row| row.figures.iter().map(|f| f.written.as_str()).collect::<Vec<_>>().join(", ");
    rows.iter().map(|row| format!("{}: {}", row.label, figures(row))).collect::<Vec<_>>().join("; ")
}

fn shortened(label: &str) -> String {
    match label.char_indices().nth(LABEL) {
        Some((end, _)) => format!("{}…", label[..end].trim_end()),
        None => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(label: &str, numbers: &[i64]) -> Row {
        let figure = |number: &i64| Figure { number: *number, written: number.to_string(), look: Look::Solid };
        Row { label: label.to_owned(), figures: numbers.iter().map(figure).collect() }
    }

    fn lengths(rows: &[Row]) -> Vec<String> {
        let chart = chart("a", "A".to_owned(), &[], rows).unwrap();
        chart.bars.into_iter().map(|bar| bar.length).collect()
    }

    #[test]
    fn there_is_no_chart_of_nothing_and_none_of_zeros() {
        assert!(chart("a", String::new(), &[], &[]).is_none());
        assert!(chart("a", String::new(), &[], &[row("a", &[])]).is_none());
        assert!(chart("a", String::new(), &[], &[row("a", &[0]), row("b", &[0, 0])]).is_none());
    }

    #[test]
    fn bars_are_as_long_as_their_numbers() {
        assert_eq!(lengths(&[row("a", &[10]), row("b", &[5, 0])]), ["60.0%", "30.0%", "0.0%"]);
        assert_eq!(lengths(&[row("a", &[i64::MAX])]), ["60.0%"]);
    }

    #[test]
    fn every_figure_is_said_in_words_too() {
        let chart = chart("a", "A".to_owned(), &[], &[row("quý I", &[10, 2]), row("quý II", &[0])]).unwrap();
        assert_eq!(chart.description, "quý I: 10, 2; quý II: 0");
    }

    #[test]
    fn a_long_label_is_cut_where_a_phone_ends() {
        let chart = chart("a", String::new(), &[], &[row(&"kênh ".repeat(30), &[1])]).unwrap();
        assert!(chart.labels[0].text.chars().count() <= LABEL + 1);
    }
}
