//! `transom man`: the manual page. Its part about commands is made of what each says under `--help`, so the two cannot differ.

use std::ffi::OsString;
use std::fmt::Write as _;

use super::{Status, build, bundle, capture, completions, dump, new, project, remote, run, shell};
use crate::live;

/// All but the commands, which stand for the line `@COMMANDS@`.
const PAGE: &str = include_str!("../../transom.1");

const HELP: &str = "\
Usage: transom man

Prints the manual page: transom man | man -l -
";

/// Headings, the commands below each, and their texts; no text: it is with the command, in the library.
const SECTIONS: &[(&str, &[(&str, Option<&str>)])] = &[
    (
        "Running",
        &[
            ("run", Some(run::HELP)),
            ("eval", Some(run::EVAL_HELP)),
            ("console", Some(shell::HELP)),
            ("test", Some(project::TEST_HELP)),
            ("bundle", Some(bundle::HELP)),
            ("new", Some(new::HELP)),
        ],
    ),
    (
        "Compiling",
        &[
            ("check", Some(build::CHECK_HELP)),
            ("compile", Some(build::COMPILE_HELP)),
            ("dump", Some(dump::HELP)),
        ],
    ),
    (
        "Operating a running VM",
        &[
            ("ps", Some(remote::PS_HELP)),
            ("attach", Some(remote::ATTACH_HELP)),
            ("stop", None),
            ("top", None),
            ("snapshot", None),
            ("metrics", None),
            ("trace", None),
            ("capture", Some(capture::HELP)),
            ("reload", None),
            ("drift", None),
            ("history", None),
            ("diff", None),
            ("undo", None),
            ("command", Some(remote::COMMAND_HELP)),
        ],
    ),
    (
        "Help",
        &[
            ("completions", Some(completions::HELP_TEXT)),
            ("man", Some(HELP)),
        ],
    ),
];

/// `transom man`: for `transom man | man -l -`.
pub fn manual(arguments: &[OsString]) -> Status {
    if super::wants_help(arguments) {
        print!("{HELP}");
        return Ok(0);
    }
    if let Some(extra) = arguments.first() {
        return Err(format!("unexpected argument '{}'", extra.to_string_lossy()));
    }
    let library = library()?;
    let mut commands = String::new();
    for (heading, all) in SECTIONS {
        let _written = writeln!(commands, ".SS {heading}");
        for (name, text) in *all {
            let other = || library.iter().find(|(known, _)| known == name);
            let text = text.or_else(|| other().map(|(_, text)| text.as_str()));
            section(&mut commands, text.unwrap_or_default());
        }
    }
    print!("{}", PAGE.replace("@COMMANDS@\n", &commands));
    Ok(0)
}

/// What the commands of the library say about themselves.
fn library() -> Result<Vec<(String, String)>, String> {
    let (_, value) = live::answer("transom_command", "helps", &|heap| {
        vec![heap.list_from(remote::THIN.iter().map(|name| heap.string(name)))]
    })?;
    let texts = value.as_ref().and_then(|v| v.term().as_binary());
    let texts = texts.ok_or("the commands of the library do not say what they do")?;
    let texts = String::from_utf8_lossy(&texts);
    let mut words = texts.split('\0');
    let pair = |_| Some((words.next()?.to_owned(), words.next()?.to_owned()));
    Ok(remote::THIN.iter().filter_map(pair).collect())
}

/// One command: its usage is the head of a paragraph, its options are paragraphs inside.
fn section(page: &mut String, help: &str) {
    let (mut inside, mut head) = (false, ".TP");
    for line in help.lines() {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        let usage = line.strip_prefix("Usage: transom ");
        let usage = usage.or_else(|| line.strip_prefix("       transom "));
        let _written = match (usage, indent) {
            (Some(usage), _) => {
                let (name, rest) = usage.split_once(' ').unwrap_or((usage, ""));
                let usage = writeln!(page, "{head}\n\\fB{name}\\fR {}", escaped(rest));
                head = ".TQ";
                usage
            }
            // The options follow anyhow.
            (None, _) if text == "Options:" => Ok(()),
            (None, _) if text.is_empty() => writeln!(page, ".sp"),
            (None, 1..4) => {
                if !inside {
                    page.push_str(".RS\n");
                    inside = true;
                }
                let (option, what) = text.split_once("  ").unwrap_or((text, ""));
                writeln!(
                    page,
                    ".TP\n\\fB{}\\fR\n{}",
                    escaped(option),
                    escaped(what.trim_start())
                )
            }
            // More about the option above.
            (None, 4..) if inside => writeln!(page, "{}", escaped(text)),
            (None, _) => {
                if std::mem::take(&mut inside) {
                    page.push_str(".RE\n");
                }
                writeln!(page, "{}", escaped(text))
            }
        };
    }
    if inside {
        page.push_str(".RE\n");
    }
    while page.ends_with("\n.sp\n") {
        page.truncate(page.len() - ".sp\n".len());
    }
}

/// As plain text for the formatter; empty lines would be spaces of its own.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    match text.chars().next() {
        Some('.' | '\'') => format!("\\&{text}"),
        Some(_) => text,
        None => "\\&".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_help_becomes_paragraphs() {
        let mut page = String::new();
        super::section(
            &mut page,
            "Usage: transom do NAME\n       transom do -x\n\nDoes it.\n\nOptions:\n  --it X    what\n            it does\n  --that\n            the same\n\n.dot\n",
        );
        assert_eq!(
            page,
            ".TP\n\\fBdo\\fR NAME\n.TQ\n\\fBdo\\fR \\-x\n.sp\nDoes it.\n.sp\n.RS\n.TP\n\\fB\\-\\-it X\\fR\nwhat\nit does\n.TP\n\\fB\\-\\-that\\fR\n\\&\nthe same\n.sp\n.RE\n\\&.dot\n"
        );
    }

    #[test]
    fn every_command_of_the_library_is_in_it() {
        let all: Vec<&str> = super::SECTIONS
            .iter()
            .flat_map(|(_, all)| *all)
            .filter(|(_, text)| text.is_none())
            .map(|(name, _)| *name)
            .collect();
        let missing: Vec<_> = super::remote::THIN
            .iter()
            .filter(|name| !all.contains(name))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
