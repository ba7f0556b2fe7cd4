//! `transom completions bash|zsh|fish` and `transom man`: for shells and for `man`.

use std::ffi::OsString;

use super::{HELP, Status, wants_help};

/// The manual page.
const MANUAL: &str = include_str!("../../transom.1");

/// Commands whose next argument is a running VM.
const LIVE: &str = "attach|stop|top|snapshot|metrics|trace|reload|drift|history|command";

/// The commands, as the help lists them.
fn commands() -> Vec<&'static str> {
    HELP.lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .flat_map(|line| {
            let names = line.split_whitespace();
            names
                .take_while(|word| word.ends_with(',') || word.chars().all(char::is_alphabetic))
                .scan(true, |more, word| {
                    let this = std::mem::replace(more, word.ends_with(','));
                    this.then(|| word.trim_end_matches(','))
                })
        })
        .collect()
}

/// `transom completions SHELL`
pub fn completions(arguments: Vec<OsString>) -> Status {
    if wants_help(&arguments) {
        println!(
            "Usage: transom completions bash|zsh|fish\n\nPrints what the shell needs to complete commands and names of running VMs:\n\n  bash   source <(transom completions bash)\n  zsh    source <(transom completions zsh)\n  fish   transom completions fish | source"
        );
        return Ok(0);
    }
    let all = commands().join(" ");
    match arguments.first().and_then(|a| a.to_str()) {
        Some("bash") => print!(
            "_transom() {{\n  local word=${{COMP_WORDS[COMP_CWORD]}}\n  if [ $COMP_CWORD = 1 ]; then\n    COMPREPLY=($(compgen -W \"{all}\" -- \"$word\") $(compgen -f -X '!*.erl' -- \"$word\"))\n  elif [ $COMP_CWORD = 2 ]; then\n    case ${{COMP_WORDS[1]}} in\n      {LIVE}) COMPREPLY=($(compgen -W \"$(transom ps 2>/dev/null | awk 'NR > 1 {{print $1 == \"-\" ? $2 : $1}}')\" -- \"$word\"));;\n      *) COMPREPLY=($(compgen -f -- \"$word\"));;\n    esac\n  else\n    COMPREPLY=($(compgen -f -- \"$word\"))\n  fi\n}}\ncomplete -o filenames -F _transom transom\n"
        ),
        Some("zsh") => print!(
            "#compdef transom\n_transom() {{\n  if (( CURRENT == 2 )); then\n    compadd {all}\n    _files -g '*.erl'\n  elif (( CURRENT == 3 )) && [[ $words[2] == ({LIVE}) ]]; then\n    compadd $(transom ps 2>/dev/null | awk 'NR > 1 {{print $1 == \"-\" ? $2 : $1}}')\n  else\n    _files\n  fi\n}}\ncompdef _transom transom\n"
        ),
        Some("fish") => {
            println!("complete -c transom -n __fish_use_subcommand -a '{all}'");
            println!(
                "complete -c transom -n '__fish_seen_subcommand_from {}' -xa \"(transom ps 2>/dev/null | awk 'NR > 1 {{print \\$1 == \\\"-\\\" ? \\$2 : \\$1}}')\"",
                LIVE.replace('|', " ")
            );
        }
        _ => return Err("which shell? (transom completions bash|zsh|fish)".to_owned()),
    }
    Ok(0)
}

/// `transom man`: the manual page, for `transom man | man -l -`.
pub fn manual(arguments: &[OsString]) -> Status {
    if wants_help(arguments) {
        println!("Usage: transom man\n\nPrints the manual page: transom man | man -l -");
        return Ok(0);
    }
    if let Some(extra) = arguments.first() {
        return Err(format!("unexpected argument '{}'", extra.to_string_lossy()));
    }
    print!("{MANUAL}");
    Ok(0)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_help_names_the_commands() {
        let all = super::commands();
        for name in [
            "run", "eval", "console", "ps", "attach", "stop", "top", "history", "new",
        ] {
            assert!(all.contains(&name), "{name} is not among {all:?}");
        }
        assert!(!all.contains(&"NAME"));
    }
}
