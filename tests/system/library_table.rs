//! docs/library.md: the functions of our library against those that OTP 27 documents (tests/library/otp27.txt). A function counts when it is there and
//! a test calls it; one that is not there needs a reason (tests/library/reasons.txt). The test fails when a documented function has neither, when a
//! reason is no longer true, and when a module offers less than the page says. `TRANSOM_WRITE_TABLE=1` writes the page.
//! (More is welcome at any time: the page is written anew when there is reason to.)

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use libtest_mimic::{Failed, Trial};
use transom_tests::{program::Transom, scratch::Scratch, tree};

pub fn trials() -> Vec<Trial> {
    vec![Trial::test(
        "library_table::every_function_is_there_and_tested_or_has_a_reason",
        complete,
    )]
}

type Functions = BTreeSet<(String, usize)>;

/// Prints the lines of a list that are there, in the list's own form.
const DRIVER: &str = "-module(library_table_driver).
-export([main/1]).
main([File]) ->
    {ok, Text} = file:read_file(File),
    [module(string:lexemes(L, \" \")) || L <- string:lexemes(binary_to_list(Text), \"\\n\"), hd(L) =/= $#].
module([Name | Functions]) ->
    M = list_to_atom(Name),
    Exports = try M:module_info(exports) catch error:_ -> [] end,
    io:format(\"~s~n\", [lists:join(\" \", [Name | [F || F <- Functions, is_there(M, string:split(F, \"/\"), Exports)]])]).
is_there(M, [F, A], Exports) ->
    FA = {list_to_atom(F), list_to_integer(A)},
    lists:member(FA, Exports) orelse erlang:is_builtin(M, element(1, FA), element(2, FA)).
";

fn complete() -> Result<(), Failed> {
    let root = tree::root();
    let list = root.join("tests/library/otp27.txt");
    let reasons = reasons(&std::fs::read_to_string(
        root.join("tests/library/reasons.txt"),
    )?)?;
    let table = Table {
        documented: parse(&std::fs::read_to_string(&list)?),
        offered: offered(&list)?,
        tested: tested()?,
        reasons,
    };
    let page = table.page()?;
    let path = root.join("docs/library.md");
    if std::env::var_os("TRANSOM_WRITE_TABLE").is_some() {
        std::fs::write(&path, &page)?;
    }
    let mut wrong = table.wrong();
    let now = counts(&page);
    for (module, written) in counts(&std::fs::read_to_string(path)?) {
        let counted = now.get(&module).copied().unwrap_or(0);
        if counted < written {
            wrong.push(format!(
                "{module}: {written} functions before, {counted} now"
            ));
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("\n").into())
    }
}

/// Functions that are there and tested, by module, as a page says.
fn counts(page: &str) -> BTreeMap<String, usize> {
    page.lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let module = cells.get(1).filter(|m| !m.starts_with('*'))?;
            Some(((*module).to_owned(), cells.get(3)?.parse().ok()?))
        })
        .collect()
}

fn parse(text: &str) -> BTreeMap<String, Functions> {
    text.lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|line| {
            let mut words = line.split(' ');
            let module = words.next()?.to_owned();
            let functions = words.filter_map(|w| {
                let (name, arity) = w.rsplit_once('/')?;
                Some((name.to_owned(), arity.parse().ok()?))
            });
            Some((module, functions.collect()))
        })
        .collect()
}

fn offered(list: &std::path::Path) -> Result<BTreeMap<String, Functions>, Failed> {
    let scratch = Scratch::new("table")?;
    let driver = scratch.write("library_table_driver.erl", DRIVER)?;
    let output = Transom::new(["run", "--no-control"])
        .arg(&driver.display().to_string())
        .arg(&list.display().to_string())
        .output();
    match output.status {
        Some(0) => Ok(parse(&output.stdout)),
        _ => Err(output.stderr.into()),
    }
}

/// Calls in the test files, programs within Rust strings included: `module:function(...)` and `fun module:function/arity`, in tests/lang also calls
/// without a module.
fn tested() -> Result<BTreeMap<String, Functions>, Failed> {
    let root = tree::root();
    let mut found: BTreeMap<String, Functions> = BTreeMap::new();
    for (folder, bare) in [
        ("stdlib/test", false),
        ("tests/library", false),
        ("tests/system", false),
        ("tests/lang", true),
    ] {
        let folder = root.join(folder);
        let sources = tree::files(&folder, "erl").into_iter();
        for file in sources.chain(tree::files(&folder, "rs")) {
            let text = std::fs::read_to_string(&file)?;
            for (module, name, arity) in calls(&text, bare) {
                found.entry(module).or_default().insert((name, arity));
            }
        }
    }
    Ok(found)
}

fn is_word(c: u8) -> bool {
    c.is_ascii_alphanumeric() || c == b'_' || c == b'@'
}

fn calls(text: &str, bare: bool) -> Vec<(String, String, usize)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_lowercase() || (at > 0 && is_word(bytes[at - 1])) {
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|c| is_word(**c)).count();
        let (word, next) = (&text[at..end], bytes.get(end).copied());
        let before = text[..at].bytes().last();
        match next {
            Some(b'(') if bare && before != Some(b':') => {
                found.push(("erlang".to_owned(), word.to_owned(), arity(&bytes[end..])));
            }
            Some(b':') => {
                let start = end + 1;
                let stop = start + bytes[start..].iter().take_while(|c| is_word(**c)).count();
                let name = text[start..stop].to_owned();
                match bytes.get(stop) {
                    Some(b'(') => found.push((word.to_owned(), name, arity(&bytes[stop..]))),
                    Some(b'/') => {
                        let digits: String = text[stop + 1..]
                            .chars()
                            .take_while(char::is_ascii_digit)
                            .collect();
                        if let Ok(n) = digits.parse() {
                            found.push((word.to_owned(), name, n));
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        at = end;
    }
    found
}

/// Arguments between the parenthesis that comes first and its partner.
fn arity(bytes: &[u8]) -> usize {
    let (mut depth, mut commas, mut empty) = (0_usize, 0, true);
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            b'<' if bytes.get(at + 1) == Some(&b'<') => {
                depth += 1;
                at += 1;
            }
            b'>' if bytes.get(at + 1) == Some(&b'>') => {
                depth = depth.saturating_sub(1);
                at += 1;
            }
            b',' if depth == 1 => commas += 1,
            b'$' => at += 1 + usize::from(bytes.get(at + 1) == Some(&b'\\')),
            quote @ (b'"' | b'\'') => {
                at += 1;
                while at < bytes.len() && bytes[at] != quote {
                    at += 1 + usize::from(bytes[at] == b'\\');
                }
            }
            b'f' if bytes[at..].starts_with(b"fun(") || bytes[at..].starts_with(b"fun (") => {
                depth += 1;
            }
            b'b' if bytes[at..].starts_with(b"begin ") => depth += 1,
            b'e' if bytes[at..].starts_with(b"end")
                && !bytes.get(at + 3).is_some_and(|c| is_word(*c)) =>
            {
                depth = depth.saturating_sub(1);
                at += 2;
            }
            _ => {}
        }
        if at > 0 && bytes.get(at).is_some_and(|c| !c.is_ascii_whitespace()) {
            empty = false;
        }
        at += 1;
    }
    if empty { 0 } else { commas + 1 }
}

/// A line of the reasons: functions of one module, and why they are not there.
struct Reason {
    module: String,
    functions: Functions,
    why: String,
}

/// `module function/arity ... - reason`, a line each.
fn reasons(text: &str) -> Result<Vec<Reason>, Failed> {
    let lines = text
        .lines()
        .filter(|l| !l.starts_with('#') && !l.is_empty());
    lines
        .map(|line| {
            let (names, why) = line
                .split_once(" - ")
                .ok_or_else(|| format!("reasons.txt: no ` - ` before the reason in: {line}"))?;
            let (module, functions) = parse(names)
                .pop_first()
                .ok_or_else(|| format!("reasons.txt: no module in: {line}"))?;
            Ok(Reason {
                module,
                functions,
                why: why.to_owned(),
            })
        })
        .collect()
}

struct Table {
    documented: BTreeMap<String, Functions>,
    offered: BTreeMap<String, Functions>,
    tested: BTreeMap<String, Functions>,
    reasons: Vec<Reason>,
}

impl Table {
    /// Functions of the module that are there, and of those the tested ones.
    fn state(&self, module: &str) -> (Functions, Functions) {
        let there = self.offered.get(module).cloned().unwrap_or_default();
        let good = match self.tested.get(module) {
            Some(tests) => there.intersection(tests).cloned().collect(),
            None => Functions::new(),
        };
        (there, good)
    }

    fn excused(&self, module: &str) -> Functions {
        let of_module = self.reasons.iter().filter(|r| r.module == module);
        of_module
            .flat_map(|r| r.functions.iter().cloned())
            .collect()
    }

    fn wrong(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for (module, functions) in &self.documented {
            let (there, good) = self.state(module);
            let excused = self.excused(module);
            for (name, arity) in functions {
                let function = (name.clone(), *arity);
                let what = match (there.contains(&function), excused.contains(&function)) {
                    (true, true) => "is there; take its line out of tests/library/reasons.txt",
                    (true, false) if !good.contains(&function) => {
                        "is called by no test in stdlib/test, tests/library or tests/system"
                    }
                    (false, false) => "is not there and has no reason in tests/library/reasons.txt",
                    _ => continue,
                };
                wrong.push(format!("{module}:{name}/{arity} {what}"));
            }
        }
        for Reason {
            module, functions, ..
        } in &self.reasons
        {
            let documented = self.documented.get(module).cloned().unwrap_or_default();
            for (name, arity) in functions.difference(&documented) {
                wrong.push(format!(
                    "{module}:{name}/{arity} has a reason in tests/library/reasons.txt but is not in otp27.txt"
                ));
            }
        }
        wrong
    }

    fn page(&self) -> Result<String, Failed> {
        let mut out = String::from(
            "# The library against OTP 27\n\nGenerated by `TRANSOM_WRITE_TABLE=1 cargo test -p transom-tests -- library_table`; do not edit. A function counts when it is there and a test\ncalls it with that many arguments (`stdlib/test`, `tests/library`, `tests/system`, for `erlang` also `tests/lang`). The list of documented functions is\n`tests/library/otp27.txt`; why one is not there is said in `tests/library/reasons.txt`, and below. What is not there ends in `undef`.\n\n| module | documented | there and tested | not there, with a reason |\n|---|---|---|---|\n",
        );
        let (mut all, mut counted, mut missing) = (0, 0, 0);
        for (module, functions) in &self.documented {
            let (there, good) = self.state(module);
            let absent = functions.difference(&there).count();
            let shown = match absent {
                0 => String::new(),
                n => n.to_string(),
            };
            writeln!(
                out,
                "| {module} | {} | {} | {shown} |",
                functions.len(),
                good.len()
            )?;
            all += functions.len();
            counted += good.len();
            missing += absent;
        }
        writeln!(out, "| **all** | {all} | {counted} | {missing} |")?;
        writeln!(out, "\n## Not there, and why\n")?;
        for Reason {
            module,
            functions,
            why,
        } in &self.reasons
        {
            writeln!(out, "- {module}: {}: {why}", names(functions.iter()))?;
        }
        Ok(out)
    }
}

fn names<'a>(functions: impl Iterator<Item = &'a (String, usize)>) -> String {
    let names: Vec<String> = functions.map(|(n, a)| format!("`{n}/{a}`")).collect();
    names.join(" ")
}
