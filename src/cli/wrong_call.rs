//! A wrong call, told in Vietnamese; in English clap's own words are good.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What is wrong with a call, in Vietnamese; none where clap's words must do.
pub fn in_vietnamese(error: &Error) -> Option<String> {
    let what = |kind: ContextKind| shown(error.get(kind));
    let argument = what(ContextKind::InvalidArg);
    let message = match error.kind() {
        ErrorKind::InvalidSubcommand => format!("không có lệnh `{}`", what(ContextKind::InvalidSubcommand)?),
        ErrorKind::UnknownArgument => format!("không có tùy chọn hay tham số `{}` ở đây", argument?),
        ErrorKind::MissingRequiredArgument => format!("thiếu {}", argument?),
        ErrorKind::MissingSubcommand => "thiếu tên lệnh".to_owned(),
        ErrorKind::ArgumentConflict => format!("`{}` không đi cùng `{}`", argument?, what(ContextKind::PriorArg)?),
        ErrorKind::TooManyValues => format!("`{}` thừa giá trị", argument?),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => invalid(&argument?, what(ContextKind::InvalidValue)),
        _ => return None,
    };
    let hint = hint(error).map(|hint| format!("\n  = gợi ý: {hint}")).unwrap_or_default();
    Some(format!("lỗi: {message}{hint}\n\nGọi `minhbach --help`, hoặc `minhbach LỆNH --help`, để xem cách dùng.\n"))
}

fn invalid(argument: &str, value: Option<String>) -> String {
    match value.filter(|value| !value.is_empty()) {
        Some(value) => format!("`{argument}` không nhận giá trị `{value}`"),
        None => format!("`{argument}` cần một giá trị"),
    }
}

/// What was probably meant, or all that there is.
fn hint(error: &Error) -> Option<String> {
    let meant = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let meant = meant.iter().find_map(|kind| match error.get(*kind)? {
        ContextValue::Strings(all) if !all.is_empty() => Some(all.join("` hay `")),
        value => shown(Some(value)),
    });
    let meant = meant.map(|meant| format!("có phải `{meant}`?"));
    meant.or_else(|| shown(error.get(ContextKind::ValidValue)).map(|all| format!("một trong: {all}")))
}

fn shown(value: Option<&ContextValue>) -> Option<String> {
    match value? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(all) if !all.is_empty() => Some(all.join(", ")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args;
    use crate::diagnostic::Language;

    fn told(call: &[&str]) -> String {
        let words = ["minhbach"].iter().chain(call);
        let error = args::command(Language::Vi).try_get_matches_from(words).expect_err("the call is wrong");
        in_vietnamese(&error).unwrap_or_else(|| panic!("{call:?}: {error}"))
    }

    #[test]
    fn a_wrong_call_is_told_in_vietnamese_with_what_was_meant() {
        for (call, parts) in [
            (&["chekc"][..], &["không có lệnh `chekc`", "`check`?"][..]),
            (&["check", "--strikt"], &["--strikt", "có phải `--strict`?"]),
            (&["new", "procedure"], &["thiếu <ID>"]),
            (&["new", "procedur", "x"], &["không nhận giá trị `procedur`", "có phải `procedure`?"]),
            (&["completions", "tcsh"], &["không nhận giá trị `tcsh`"]),
            (&["check", "--fix", "--diff"], &["không đi cùng"]),
            (&["build", "--jobs", "0"], &["không nhận giá trị `0`"]),
        ] {
            let text = told(call);
            for part in parts {
                assert!(text.contains(part), "`{part}` in {call:?}:\n{text}");
            }
            assert!(!text.contains("error:") && !text.contains("Usage"), "{text}");
        }
    }
}
