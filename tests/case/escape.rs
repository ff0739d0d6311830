//! Escapes in a case's bodies, for what a person could not see or would not want to read.

/// The text with `\t`, `\r`, `\n`, `\s`, `\\`, `\u{…}` and `\repeat{N}{…}` resolved.
pub fn resolve(text: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('\\') {
        out.push_str(before);
        rest = one(behind, &mut out)?;
    }
    Ok(out + rest)
}

/// Resolves what stands behind a `\` and returns what follows it.
fn one<'a>(behind: &'a str, out: &mut String) -> Result<&'a str, String> {
    if let Some(argument) = behind.strip_prefix("u{") {
        let (code, rest) = braced(argument)?;
        let character = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
        out.push(character.ok_or_else(|| format!("no character U+{code}"))?);
        return Ok(rest);
    }
    if let Some(arguments) = behind.strip_prefix("repeat{") {
        let (count, rest) = braced(arguments)?;
        let (part, rest) = braced(rest.strip_prefix('{').ok_or("`\\repeat{N}` needs a second `{…}`")?)?;
        let count = count.parse().map_err(|_| format!("`{count}` is no count"))?;
        out.push_str(&resolve(part)?.repeat(count));
        return Ok(rest);
    }
    let letter = behind.chars().next().ok_or("a `\\` at the end")?;
    out.push(match letter {
        't' => '\t',
        'r' => '\r',
        'n' => '\n',
        's' => ' ',
        '\\' => '\\',
        other => return Err(format!("unknown escape `\\{other}`")),
    });
    Ok(&behind[letter.len_utf8()..])
}

/// What stands before the matching `}`, and what follows it.
fn braced(text: &str) -> Result<(&str, &str), String> {
    let mut depth = 0;
    for (at, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => return Ok((&text[..at], &text[at + 1..])),
            '}' => depth -= 1,
            _ => {}
        }
    }
    Err("a `{` without its `}`".to_owned())
}

/// A text with its invisible characters written as escapes.
pub fn visible(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control() || minhbach::value::text::is_bidi_control(c) || minhbach::value::text::is_stray_control(c)
    };
    let written = |c: char| match c {
        '\t' => "\\t".to_owned(),
        c if hidden(c) => format!("\\u{{{:x}}}", u32::from(c)),
        c => c.to_string(),
    };
    text.chars().map(written).collect()
}
