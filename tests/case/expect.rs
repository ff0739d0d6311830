//! What must come of a case: its expectation as written.

/// What must come of a case.
#[derive(Default)]
pub struct Expected {
    /// The exit status; none where the case does not say it yet.
    pub status: Option<u8>,
    /// The faults, in order.
    pub faults: Vec<ExpectedFault>,
    /// `page …` lines.
    pub pages: Vec<String>,
}

/// A fault, and what is said of it.
#[derive(Default)]
pub struct ExpectedFault {
    /// `error unknown-key content/a.yaml:3:1`
    pub line: String,
    /// The first line of the text at the place.
    pub text: Option<String>,
    /// A part of the help.
    pub help: Option<String>,
    /// A part of the message.
    pub says: Option<String>,
    /// The places that belong to it.
    pub related: Vec<String>,
}

impl Expected {
    /// Reads the lines below `===`.
    pub fn read(text: &str) -> Result<Expected, String> {
        let mut expected = Expected::default();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let (word, rest) = line.trim().split_once(' ').ok_or_else(|| unknown(line))?;
            match (word, expected.faults.last_mut()) {
                ("status", _) => expected.status = Some(rest.parse().map_err(|_| unknown(line))?),
                ("error" | "warning", _) => expected.faults.push(ExpectedFault::read(line)),
                ("page", _) => expected.pages.push(rest.to_owned()),
                ("help", Some(fault)) => fault.help = Some(rest.to_owned()),
                ("says", Some(fault)) => fault.says = Some(rest.to_owned()),
                ("related", Some(fault)) => fault.related.push(rest.to_owned()),
                _ => return Err(unknown(line)),
            }
        }
        Ok(expected)
    }
}

impl ExpectedFault {
    fn read(line: &str) -> ExpectedFault {
        let (line, text) = line.split_once(" «").unwrap_or((line, ""));
        let text = text.strip_suffix('»').map(str::to_owned);
        ExpectedFault { line: line.to_owned(), text, ..ExpectedFault::default() }
    }
}

fn unknown(line: &str) -> String {
    format!("`{line}` is no expectation")
}
