//! The options of `re:compile/2` and `re:run/3`.

use transom_re::{Newline, Request, Settings, flag};

use super::capture::Capture;
use crate::atoms;
use crate::bifs::{Cx, Raise};
use crate::heap::Term;

/// Options that only compiling understands.
const COMPILE: [(&str, u32); 13] = [
    ("unicode", flag::UNICODE),
    ("caseless", flag::CASELESS),
    ("dollar_endonly", flag::DOLLAR_ENDONLY),
    ("dotall", flag::DOTALL),
    ("extended", flag::EXTENDED),
    ("firstline", flag::FIRSTLINE),
    ("multiline", flag::MULTILINE),
    ("no_auto_capture", flag::NO_AUTO_CAPTURE),
    ("dupnames", flag::DUPNAMES),
    ("ungreedy", flag::UNGREEDY),
    ("no_start_optimize", flag::NO_START_OPTIMIZE),
    ("ucp", flag::UCP),
    ("never_utf", flag::NEVER_UTF),
];

/// Everything that a call can ask for.
#[derive(Default)]
pub struct Options<'h> {
    pub settings: Settings,
    /// Was an option given that only compiling understands?
    pub compiles: bool,
    pub newline: Option<Newline>,
    pub request: Request,
    pub anchored: bool,
    pub global: bool,
    pub report_errors: bool,
    pub capture: Capture<'h>,
    /// Was an option given that only searching understands?
    pub runs: bool,
}

impl<'h> Options<'h> {
    /// Reads a list; what it does not know is `badopt`.
    pub fn read(cx: &Cx<'h>, list: Term<'h>) -> Result<Options<'h>, Raise<'h>> {
        let mut options = Options::default();
        let mut given = list.iter_list();
        for option in given.by_ref() {
            if !options.switch(cx, option) && !options.pair(cx, option)? {
                return Err(bad_option(cx));
            }
        }
        if !given.tail().is_nil() {
            return Err(bad_option(cx));
        }
        Ok(options)
    }

    /// An atom.
    fn switch(&mut self, cx: &Cx<'h>, option: Term<'h>) -> bool {
        let Some(name) = option.as_atom() else {
            return false;
        };
        let name = cx.atoms().text(name);
        if let Some((_, flag)) = COMPILE.iter().find(|(n, _)| *n == name) {
            self.settings.flags |= flag;
            self.compiles = true;
            return true;
        }
        match name {
            "anchored" => {
                self.anchored = true;
                return true;
            }
            "bsr_anycrlf" => {
                self.settings.bsr_anycrlf = true;
                self.compiles = true;
                return true;
            }
            "bsr_unicode" => {
                self.settings.bsr_anycrlf = false;
                self.compiles = true;
                return true;
            }
            "global" => self.global = true,
            "report_errors" => self.report_errors = true,
            "notbol" => self.request.not_bol = true,
            "noteol" => self.request.not_eol = true,
            "notempty" => self.request.not_empty = true,
            "notempty_atstart" => self.request.not_empty_at_start = true,
            _ => return false,
        }
        self.runs = true;
        true
    }

    /// A tuple.
    fn pair(&mut self, cx: &Cx<'h>, option: Term<'h>) -> Result<bool, Raise<'h>> {
        let Some(tuple) = option.as_tuple() else {
            return Ok(false);
        };
        let parts: Vec<Term<'h>> = tuple.iter().collect();
        let Some(name) = parts.first().and_then(|t| t.as_atom()) else {
            return Ok(false);
        };
        match (cx.atoms().text(name), &parts[1..]) {
            ("newline", [which]) => {
                let Some(newline) = newline(cx, *which) else {
                    return Ok(false);
                };
                self.settings.newline = newline;
                self.newline = Some(newline);
                return Ok(true);
            }
            ("offset", [n]) => match n.as_usize() {
                Some(n) => self.request.from = n,
                None => return Ok(false),
            },
            ("match_limit", [n]) => match limit(*n) {
                Some(n) => self.request.steps = Some(n),
                None => return Ok(false),
            },
            ("match_limit_recursion", [n]) => match limit(*n) {
                Some(n) => self.request.depth = Some(n),
                None => return Ok(false),
            },
            ("capture", [what]) => match Capture::read(cx, *what, None) {
                Some(capture) => self.capture = capture,
                None => return Ok(false),
            },
            ("capture", [what, form]) => match Capture::read(cx, *what, Some(*form)) {
                Some(capture) => self.capture = capture,
                None => return Ok(false),
            },
            _ => return Ok(false),
        }
        self.runs = true;
        Ok(true)
    }
}

fn limit(t: Term<'_>) -> Option<u32> {
    t.as_usize().map(|n| u32::try_from(n).unwrap_or(u32::MAX))
}

fn newline(cx: &Cx<'_>, t: Term<'_>) -> Option<Newline> {
    Some(match cx.atoms().text(t.as_atom()?) {
        "cr" => Newline::Cr,
        "lf" => Newline::Lf,
        "crlf" => Newline::CrLf,
        "nul" => Newline::Nul,
        "any" => Newline::Any,
        "anycrlf" => Newline::AnyCrLf,
        _ => return None,
    })
}

/// badarg, the options being at fault.
pub fn bad_option<'h>(cx: &Cx<'h>) -> Raise<'h> {
    let _ = cx;
    Raise::badarg().with_info(atoms::ERL_STDLIB_ERRORS, Some(atoms::BADOPT))
}

/// badarg for another reason.
pub fn bad_argument<'h>() -> Raise<'h> {
    Raise::badarg().with_info(atoms::ERL_STDLIB_ERRORS, None)
}
