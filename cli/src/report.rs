//! Diagnostics for people and for tools. The first line is always `file:line:column: severity: message`.

use std::io::IsTerminal;

use transom_compiler::diagnostic::Diagnostic;
use transom_compiler::report::{human, json};
use transom_compiler::span::Files;

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// With the source line.
    #[default]
    Human,
    /// One line each.
    Short,
    /// One JSON object per line.
    Json,
}

impl Format {
    /// From the value of `--format`.
    pub fn parse(text: &str) -> Result<Format, String> {
        match text {
            "human" => Ok(Format::Human),
            "short" => Ok(Format::Short),
            "json" => Ok(Format::Json),
            _ => Err(format!("--format takes human, short or json, not '{text}'")),
        }
    }

    /// The same for `prim_compile`: how messages are drawn on this standard error.
    pub fn drawing(self) -> &'static str {
        match self {
            Format::Human if colour() => "colour",
            Format::Human => "human",
            Format::Short => "short",
            Format::Json => "json",
        }
    }

    /// Prints to standard error.
    pub fn print(self, all: &[Diagnostic], files: &Files) {
        let colour = colour();
        for d in all {
            match self {
                Format::Human => eprintln!("{}", human(d, files, colour)),
                Format::Short => eprintln!("{}", d.short(files)),
                Format::Json => eprintln!("{}", json(d, files)),
            }
        }
    }
}

/// Whether standard error is drawn in colours.
pub fn colour() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}
