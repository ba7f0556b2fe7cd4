//! The head of a script: the line with `#!`, and the line with `%%!` that gives flags for the emulator, as `escript` reads them.
//!
//! Flags of `erl` that make sense here are honoured; those that say how its emulator works inside are nothing to this one; what would have changed
//! what the script does is told.

/// What the `%%!` line asks for.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// `-pa`, `-pz`, `-path`
    pub code_path: Vec<String>,
    /// `-name NAME@HOST`
    pub node: Option<String>,
    /// All other flags with their values, for `init:get_argument/1`: `-App Par Value` among them.
    pub flags: Vec<(String, Vec<String>)>,
    /// What is not done.
    pub notes: Vec<String>,
}

/// Flags whose effect a script would miss.
const REFUSED: [&str; 8] = [
    "s",
    "run",
    "eval",
    "boot",
    "remsh",
    "args_file",
    "proto_dist",
    "loader",
];

/// Reads the header of a script; empty if it has none.
pub fn header(text: &[u8]) -> Header {
    let mut header = Header::default();
    let Some(line) = flags_line(text) else {
        return header;
    };
    let mut words = words(&line).into_iter().peekable();
    while let Some(word) = words.next() {
        let mut values = Vec::new();
        while let Some(value) = words.next_if(|w| !is_flag(w)) {
            values.push(value);
        }
        match word.strip_prefix('-') {
            Some("extra") => break,
            Some(flag) => header.take(flag, values),
            // The emulator's own (`+S 4`), or a value without a flag.
            None => {}
        }
    }
    header
}

/// What stands below the head instead of source: `escript:create/2` and the build tools put archives and module files there.
pub fn other_than_source(text: &[u8]) -> Option<&'static str> {
    if !text.starts_with(b"#!") {
        return None;
    }
    let mut rest = text;
    for _ in 0..3 {
        if !rest.starts_with(b"#!") && !rest.starts_with(b"%") {
            break;
        }
        let end = rest.iter().position(|b| *b == b'\n')?;
        rest = &rest[end + 1..];
    }
    match rest {
        [b'P', b'K', 3, 4, ..] => Some("an archive of compiled modules"),
        [b'F', b'O', b'R', b'1', ..] | [b'T', b'B', b'C', b'\n', ..] | [0x1f, 0x8b, ..] => {
            Some("a compiled module")
        }
        _ => None,
    }
}

impl Header {
    fn take(&mut self, flag: &str, values: Vec<String>) {
        match flag {
            "pa" | "pz" | "path" => self.code_path.extend(values),
            "name" if values.len() == 1 && values[0].contains('@') => {
                self.node = values.into_iter().next();
            }
            "name" | "sname" => self.notes.push(format!(
                "-{flag} {}: ignored, there is no distribution to other nodes",
                values.join(" ")
            )),
            flag if REFUSED.contains(&flag) => {
                self.notes.push(format!("-{flag} is not honoured"));
            }
            flag => self.flags.push((flag.to_owned(), values)),
        }
    }
}

/// `-1` is a value.
fn is_flag(word: &str) -> bool {
    let mut chars = word.chars();
    matches!(chars.next(), Some('-' | '+')) && chars.next().is_some_and(|c| !c.is_ascii_digit())
}

/// The second line or, after a comment (the encoding), the third, if it begins with `%%!`.
fn flags_line(text: &[u8]) -> Option<String> {
    let lines = text.split(|b| *b == b'\n').take(3);
    let line = lines
        .enumerate()
        .map(|(number, line)| (number, line.trim_ascii()))
        .take_while(|(number, line)| match number {
            0 => line.starts_with(b"#!"),
            _ => line.starts_with(b"%"),
        })
        .find_map(|(_, line)| line.strip_prefix(b"%%!"))?;
    Some(String::from_utf8_lossy(line).into_owned())
}

/// Words as a shell would part them: quotes of both kinds, and a backslash, keep what they cover.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match (c, quote) {
            ('\'' | '"', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (c, Some(q)) if c == q => quote = None,
            ('\\', None | Some('"')) => word.get_or_insert_default().extend(chars.next()),
            (c, None) if c.is_whitespace() => words.extend(word.take()),
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Header {
        header(format!("#!/usr/bin/env escript\n{line}\nmain(_) -> ok.\n").as_bytes())
    }

    #[test]
    fn flags_are_told_apart() {
        let header = of("%%! -pa ebin lib/x -smp enable +S 4 -name a@b -app k '\"v w\"' l -1");
        assert_eq!(header.code_path, ["ebin", "lib/x"]);
        assert_eq!(header.node.as_deref(), Some("a@b"));
        let value = |s: &str| s.to_owned();
        assert_eq!(
            header.flags,
            [
                (value("smp"), vec![value("enable")]),
                (
                    value("app"),
                    vec![value("k"), value("\"v w\""), value("l"), value("-1")]
                )
            ]
        );
        assert_eq!(header.notes, [""; 0]);
    }

    #[test]
    fn what_is_not_done_is_said() {
        let notes = of("%%! -sname x -eval 'halt().' -extra -sname y").notes;
        assert_eq!(notes.len(), 2, "{notes:?}");
        assert!(notes[0].starts_with("-sname x: ignored"));
        assert!(notes[1].starts_with("-eval"));
    }

    #[test]
    fn the_line_has_its_place() {
        let path = |text: &str| header(text.as_bytes()).code_path.len();
        assert_eq!(path("#!x\n%%! -pa a\n"), 1);
        assert_eq!(path("#!x\n%% -*- coding: utf-8 -*-\n%%! -pa a\n"), 1);
        assert_eq!(path("%%! -pa a\n"), 0);
        assert_eq!(path("#!x\nmain(_) -> ok.\n%%! -pa a\n"), 0);
        assert_eq!(path("#!x\n%\n%\n%%! -pa a\n"), 0);
    }
}
