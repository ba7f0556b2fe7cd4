//! `transom completions bash|zsh|fish`.

use std::ffi::OsString;

use super::{HELP, Status, wants_help};

pub(super) const HELP_TEXT: &str = "\
Usage: transom completions bash|zsh|fish

Prints what the shell needs to complete commands, their options and names of running VMs:

  bash   source <(transom completions bash)
  zsh    source <(transom completions zsh)     (after compinit)
  fish   transom completions fish | source
";

/// Commands whose next argument is a running VM.
const LIVE: &str = "attach|stop|top|snapshot|metrics|trace|reload|drift|history|diff|undo|command";

/// Names of running VMs, one a line; a VM without a name has its number.
const RUNNING: &str = r#"transom ps 2>/dev/null | awk 'NR > 1 {print $1 == "-" ? $2 : $1}'"#;

/// Options that the help of a command names, one a line.
const OPTIONS: &str =
    r#"--help 2>/dev/null | grep -oE -- '(^|[ ,])--?[A-Za-z][a-z-]*' | tr -d ' ,' | sort -u"#;

/// The commands and what they do, as the help lists them.
pub(super) fn commands() -> Vec<(&'static str, &'static str)> {
    let mut lines = HELP
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .peekable();
    let mut all = Vec::new();
    while let Some(line) = lines.next() {
        if line.starts_with("   ") || !line.starts_with("  ") {
            continue;
        }
        // What it does follows two spaces, or stands on the next line.
        let line = line.trim_start();
        let what = match line.split_once("  ") {
            Some((_, what)) => what.trim(),
            None => lines.peek().map_or("", |next| next.trim()),
        };
        let names = line
            .split_whitespace()
            .scan(true, |more, word| {
                let this = std::mem::replace(more, word.ends_with(','));
                this.then(|| word.trim_end_matches(','))
            })
            .filter(|word| word.chars().all(char::is_alphabetic));
        all.extend(names.map(|name| (name, what)));
    }
    all
}

/// `transom completions SHELL`
pub fn completions(arguments: Vec<OsString>) -> Status {
    if wants_help(&arguments) {
        print!("{HELP_TEXT}");
        return Ok(0);
    }
    match arguments.first().and_then(|a| a.to_str()) {
        Some("bash") => print!("{}", bash()),
        Some("zsh") => print!("{}", zsh()),
        Some("fish") => print!("{}", fish()),
        _ => return Err("which shell? (transom completions bash|zsh|fish)".to_owned()),
    }
    Ok(0)
}

fn bash() -> String {
    let names: Vec<&str> = commands().into_iter().map(|(name, _)| name).collect();
    let names = names.join(" ");
    format!(
        r#"_transom() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} command=${{COMP_WORDS[1]}}
  if [ "$COMP_CWORD" = 1 ]; then
    COMPREPLY=($(compgen -W "{names}" -- "$word") $(compgen -f -X '!*.erl' -- "$word") $(compgen -d -- "$word"))
  elif [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "$(transom "$command" {OPTIONS})" -- "$word"))
  elif [[ $COMP_CWORD = 2 && $command =~ ^({LIVE})$ ]]; then
    COMPREPLY=($(compgen -W "$({RUNNING})" -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}}
complete -o filenames -F _transom transom
"#
    )
}

fn zsh() -> String {
    let described: Vec<String> = commands()
        .into_iter()
        .map(|(name, what)| format!("    '{name}:{}'", what.replace('\'', "'\\''")))
        .collect();
    let described = described.join("\n");
    format!(
        r#"#compdef transom
_transom() {{
  local -a commands
  commands=(
{described}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    _files -g '*.erl'
  elif [[ $words[CURRENT] == -* ]]; then
    compadd -- $(transom $words[2] {OPTIONS})
  elif (( CURRENT == 3 )) && [[ $words[2] == ({LIVE}) ]]; then
    compadd -- $({RUNNING})
  else
    _files
  fi
}}
compdef _transom transom
"#
    )
}

fn fish() -> String {
    let mut script = String::new();
    for (name, what) in commands() {
        let what = what.replace('\\', "\\\\").replace('\'', "\\'");
        script.push_str(&format!(
            "complete -c transom -n __fish_use_subcommand -a {name} -d '{what}'\n"
        ));
    }
    script.push_str(&format!(
        r#"function __transom_running
  {RUNNING}
end
function __transom_options
  set -l words (commandline -opc)
  transom $words[2] {OPTIONS}
end
complete -c transom -n '__fish_seen_subcommand_from {}' -xa '(__transom_running)'
complete -c transom -n 'not __fish_use_subcommand; and string match -q -- "-*" (commandline -ct)' -a '(__transom_options)'
"#,
        LIVE.replace('|', " ")
    ));
    script
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_help_names_the_commands() {
        let all = super::commands();
        for name in [
            "run", "eval", "console", "ps", "attach", "stop", "top", "history", "new",
        ] {
            let found = all.iter().find(|(found, _)| *found == name);
            assert!(
                found.is_some_and(|(_, what)| !what.is_empty()),
                "{name} is not among {all:?}"
            );
        }
        assert!(all.iter().all(|(name, _)| *name != "NAME"));
    }
}
