//! `compile`, `run`, `inspect`, `version`. A search runs in place with a small allowance of steps; one that needs more, or a long subject, goes to a
//! dirty thread with the whole allowance, so no scheduler is held up.

use std::sync::Arc;

use transom_re::{CompileError, Found, Groups, LimitKind, Regex, Request, Subject, flag};

use super::options::{Options, bad_argument, bad_option};
use super::pattern::{Portable, error_term};
use super::subject::{Text, subject};
use crate::atoms;
use crate::bifs::cx::LONG_STEPS;
use crate::bifs::data::{Answer, pair, spend};
use crate::bifs::io::blocking::blocking;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::Term;
use crate::process::reply;
use crate::sync::breath::Breath;

/// This file's rows.
pub const ROWS: &[BifRow] = &[
    BifRow::new("re", "compile", 1, |cx, a| compile(cx, a[0], Term::NIL)),
    BifRow::new("re", "compile", 2, |cx, a| compile(cx, a[0], a[1])),
    BifRow::new("re", "run", 2, |cx, a| run(cx, a, Term::NIL)),
    BifRow::new("re", "run", 3, |cx, a| run(cx, a, a[2])),
    BifRow::new("re", "inspect", 2, inspect),
    BifRow::new("re", "version", 0, |cx, _| {
        Ok(cx.heap().binary(transom_re::version().as_bytes()))
    }),
];

/// Longer subjects are searched on a dirty thread at once.
const LONG_SUBJECT: usize = 256 * 1024;
/// Steps that a search in place may take over all starting places together (some milliseconds).
const STEPS_IN_PLACE: usize = 1_000_000;
/// The library's own bound, as in OTP.
const DEFAULT_STEPS: u32 = 10_000_000;

/// The portable form of a source text.
fn portable<'h>(
    cx: &Cx<'h>,
    source: Term<'h>,
    options: &Options<'h>,
) -> Result<Portable<'h>, Raise<'h>> {
    let mut settings = options.settings;
    if options.anchored {
        settings.flags |= flag::ANCHORED;
    }
    let text = Text::of(cx, source, settings.flags & flag::UNICODE != 0)?;
    Ok(Portable::new(&settings, text.bytes()))
}

fn compile<'h>(cx: &Cx<'h>, source: Term<'h>, list: Term<'h>) -> Answer<'h> {
    let options = Options::read(cx, list)?;
    if options.runs {
        return Err(bad_option(cx));
    }
    let unicode = options.settings.flags & flag::UNICODE != 0;
    if let Some(at) = source.as_binary().filter(|_| unicode).and_then(broken_at) {
        let text = cx.heap().string("invalid UTF-8 string");
        let why = pair(cx, text, cx.heap().int(at as i64));
        return Ok(pair(cx, Term::atom(atoms::ERROR), why));
    }
    let portable = portable(cx, source, &options)?;
    spend(cx, portable.bytes().len() * 10);
    Ok(match portable.regex(cx) {
        Ok(regex) => pair(cx, Term::atom(atoms::OK), portable.term(cx, &regex)),
        Err(error) => pair(cx, Term::atom(atoms::ERROR), error_term(cx, &error)),
    })
}

/// Where bytes stop being UTF-8.
fn broken_at(bytes: std::borrow::Cow<'_, [u8]>) -> Option<usize> {
    std::str::from_utf8(&bytes).err().map(|e| e.valid_up_to())
}

/// The pattern of a call: compiled before, or compiled now.
fn pattern<'h>(
    cx: &Cx<'h>,
    t: Term<'h>,
    options: &Options<'h>,
) -> Result<(Portable<'h>, Result<Arc<Regex>, CompileError>), Raise<'h>> {
    let Some(kept) = Portable::of(t) else {
        let portable = portable(cx, t, options)?;
        let regex = portable.regex(cx);
        return Ok((portable, regex));
    };
    if options.compiles {
        return Err(bad_argument());
    }
    let portable = match options.newline {
        Some(newline) if newline != kept.settings().newline => kept.with_newline(newline),
        _ => kept,
    };
    let regex = portable.regex(cx);
    Ok((portable, regex))
}

fn run<'h>(cx: &Cx<'h>, a: &[Term<'h>], list: Term<'h>) -> Answer<'h> {
    if list.list_len().is_none() {
        return Err(bad_argument());
    }
    let options = Options::read(cx, list)?;
    let (portable, regex) = pattern(cx, a[1], &options)?;
    let settings = portable.settings();
    let text = Text::of(cx, a[0], settings.flags & flag::UNICODE != 0)?;
    let regex = match regex {
        Ok(regex) => regex,
        Err(error) if options.report_errors => {
            let why = pair(cx, Term::atom(atoms::COMPILE), error_term(cx, &error));
            return Ok(pair(cx, Term::atom(atoms::ERROR), why));
        }
        Err(_) => return Err(bad_argument()),
    };
    let from = options.request.from;
    let between = !text.is_unicode() || text.bytes().get(from).is_none_or(|b| b & 0xc0 != 0x80);
    if from > text.bytes().len() || !between {
        return Err(bad_argument());
    }
    let plan = options.capture.plan(cx, &regex).ok_or_else(bad_argument)?;
    let request = Request {
        anchored: options.anchored,
        exact: options.request.steps.is_some() || options.request.depth.is_some(),
        ..options.request
    };
    let search = Search {
        request,
        global: options.global,
        every: !options.capture.is_empty(&regex),
        regex,
        crlf: settings.newline.knows_crlf(),
    };
    let outcome = outcome(cx, a, &search, &text)?;
    spend(cx, text.bytes().len());
    match outcome {
        Outcome::Matches(all) => {
            if !search.every {
                return Ok(Term::atom(atoms::MATCH));
            }
            let capture = |groups: &Groups| options.capture.terms(cx, &plan, &text, groups);
            let value = match (search.global, all.first()) {
                (false, Some(first)) => capture(first),
                _ => {
                    spend(cx, all.len() * 20);
                    let mut terms = Vec::with_capacity(all.len());
                    for part in all.chunks(LONG_STEPS / 16) {
                        terms.extend(part.iter().map(capture));
                        cx.breathe();
                    }
                    cx.heap().list(&terms)
                }
            };
            Ok(pair(cx, Term::atom(atoms::MATCH), value))
        }
        Outcome::Nothing => Ok(Term::atom(atoms::NOMATCH)),
        Outcome::Limit(kind) if options.report_errors => {
            let name = match kind {
                LimitKind::Steps => "match_limit",
                LimitKind::Depth => "match_limit_recursion",
            };
            Ok(pair(cx, Term::atom(atoms::ERROR), cx.atom_term(name)?))
        }
        Outcome::Failed if options.report_errors => Ok(pair(
            cx,
            Term::atom(atoms::ERROR),
            cx.atom_term("recursion_loop")?,
        )),
        Outcome::Limit(_) | Outcome::Failed => Ok(Term::atom(atoms::NOMATCH)),
    }
}

/// A search or a row of them.
#[derive(Clone)]
struct Search {
    regex: Arc<Regex>,
    request: Request,
    /// All matches, one behind the other?
    global: bool,
    /// Are the matches wanted, or only whether there is one?
    every: bool,
    /// Is CRLF one step when an empty match moves on?
    crlf: bool,
}

/// What it came to.
enum Outcome {
    Matches(Vec<Groups>),
    Nothing,
    Limit(LimitKind),
    Failed,
}

/// In place, or on a dirty thread.
fn outcome<'h>(
    cx: &Cx<'h>,
    args: &[Term<'h>],
    search: &Search,
    text: &Text<'h>,
) -> Result<Outcome, Raise<'h>> {
    // Called again after the dirty thread answered?
    match cx.process().answer::<Outcome>() {
        reply::Answer::Ready(outcome) => return Ok(outcome),
        reply::Answer::Pending => return Err(Raise::wait(args)),
        reply::Answer::Gone => return Err(Raise::system_limit()),
        reply::Answer::Unasked => {}
    }
    let wanted = search.request.steps.unwrap_or(DEFAULT_STEPS);
    let bytes = text.bytes();
    if bytes.len() > LONG_SUBJECT && search.global && search.every {
        // There may be so many matches that making terms of them is long, too.
        cx.long(args)?;
        let mut here = search.clone();
        here.request.steps = Some(wanted);
        return Ok(here.all(text.subject()));
    }
    if bytes.len() <= LONG_SUBJECT {
        let allowance = (STEPS_IN_PLACE / (bytes.len() + 1)).clamp(64, 100_000) as u32;
        let mut quick = search.clone();
        quick.request.steps = Some(allowance.min(wanted));
        match quick.all(text.subject()) {
            Outcome::Limit(LimitKind::Steps) if allowance < wanted => {}
            done => return Ok(done),
        }
    }
    let mut search = search.clone();
    search.request.steps = Some(wanted);
    let (bytes, unicode) = (bytes.to_vec(), text.is_unicode());
    blocking(cx, args, move || search.all(subject(&bytes, unicode)))
}

impl Search {
    /// One match, or all of them: after an empty match the same place is tried for a longer one, then the search moves on by a
    /// character (as Perl's /g does, and as `re` documents it).
    fn all(&self, text: Subject<'_>) -> Outcome {
        let mut found = Vec::new();
        let mut request = self.request;
        let bytes = text.bytes();
        let mut retry = false;
        let mut breath = Breath::default();
        loop {
            breath.steps(16);
            match self.regex.find(text, &request) {
                Found::Match(groups) => {
                    let (from, to) = groups.first().copied().flatten().unwrap_or((0, 0));
                    if self.every || found.is_empty() {
                        found.push(groups);
                    }
                    if !self.global {
                        break;
                    }
                    request = Request {
                        from: to.max(request.from),
                        ..self.request
                    };
                    retry = from == to;
                    if retry {
                        request.anchored = true;
                        request.not_empty_at_start = true;
                    }
                }
                Found::NoMatch if retry => {
                    retry = false;
                    request = Request {
                        from: self.step(bytes, request.from),
                        ..self.request
                    };
                }
                Found::NoMatch => break,
                Found::Limit(kind) => return Outcome::Limit(kind),
                Found::Failed(_) => return Outcome::Failed,
            }
            if request.from > bytes.len() {
                break;
            }
        }
        if found.is_empty() {
            Outcome::Nothing
        } else {
            Outcome::Matches(found)
        }
    }

    /// The place behind the next character.
    fn step(&self, bytes: &[u8], at: usize) -> usize {
        if self.crlf && bytes[at.min(bytes.len())..].starts_with(b"\r\n") {
            return at + 2;
        }
        let mut next = at + 1;
        if self.regex.is_unicode() {
            while bytes.get(next).is_some_and(|b| b & 0xc0 == 0x80) {
                next += 1;
            }
        }
        next
    }
}

/// `inspect(Pattern, namelist)`.
fn inspect<'h>(cx: &Cx<'h>, a: &[Term<'h>]) -> Answer<'h> {
    let portable = Portable::of(a[0]).ok_or_else(bad_argument)?;
    let item = a[1].as_atom().map(|a| cx.atoms().text(a));
    if item != Some("namelist") {
        return Err(bad_argument());
    }
    let regex = portable.regex(cx).map_err(|_| bad_argument())?;
    let mut names: Vec<&[u8]> = regex.names().iter().map(|(n, _)| n.as_slice()).collect();
    names.dedup();
    let terms: Vec<Term<'h>> = names.iter().map(|n| cx.heap().binary(n)).collect();
    Ok(pair(cx, cx.atom_term("namelist")?, cx.heap().list(&terms)))
}
