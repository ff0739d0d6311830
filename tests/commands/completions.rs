//! `completions`.

use std::process::Command;

use super::site::call;

#[test]
fn bash_takes_the_script_and_completes_commands_options_and_kinds() {
    let script = call(&["completions", "bash"]);
    assert_eq!(script.status, 0, "{}", script.text());
    let complete = |words: &[&str]| {
        let line = words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" ");
        let last = words.len() - 1;
        let run = format!(
            "{}\nCOMP_WORDS=({line}); COMP_CWORD={last}; COMPREPLY=()\n_minhbach minhbach '{}' '{}'\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"",
            script.out,
            words[last],
            words[last - 1]
        );
        let output = Command::new("bash").args(["--norc", "-c", &run]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(complete(&["minhbach", "sch"]), Vec::<String>::from(["schema".to_owned()]));
    assert!(complete(&["minhbach", "check", "--str"]).contains(&"--strict".to_owned()));
    assert!(complete(&["minhbach", "new", "pro"]).contains(&"procedure".to_owned()));
}

#[test]
fn every_shell_gets_a_script_that_names_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = call(&["completions", shell]);
        assert_eq!(script.status, 0, "{shell}: {}", script.err);
        for command in ["init", "new", "check", "build", "schema", "completions"] {
            assert!(script.out.contains(command), "{shell} does not know `{command}`");
        }
    }
    assert_eq!(call(&["completions", "tcsh"]).status, 2);
}
