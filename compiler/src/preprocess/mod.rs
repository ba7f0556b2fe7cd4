//! The preprocessor: tokens of files in, tokens of forms out. It follows includes and conditions, keeps the
//! macros, and leaves everything else to the grammar. Files come from the caller's [`Host`] only.

mod condition;
mod directives;
mod expand;

use std::collections::{HashMap, HashSet, VecDeque};

use crate::ast::Name;
use crate::diagnostic::{Diagnostic, Severity};
use crate::host::Host;
use crate::lexer::{Lexer, Tok, Token, decode};
use crate::lost::Lost;
use crate::parse::Options;
use crate::span::{FileId, Files, Span};

/// One definition of a macro. A name may have several, told apart by the number of parameters.
#[derive(Clone, Debug)]
pub(crate) struct Macro {
    /// `None` for a macro without parentheses.
    pub params: Option<Vec<Name>>,
    pub body: Vec<Token>,
}

/// What the preprocessor hands to the parser.
pub(crate) enum Piece {
    /// One form up to and with its full stop, macros expanded.
    Form(Vec<Token>),
    /// A change of file.
    File(Span, Name, u32),
    Eof(Span),
}

/// A file being read.
struct Source {
    name: Name,
    file: FileId,
    tokens: std::vec::IntoIter<Token>,
    end: Span,
    /// What `-file` adds to line numbers.
    shift: i64,
    /// How many conditions were open when the file was entered.
    conditions: usize,
}

/// An open `-ifdef`, `-ifndef` or `-if`.
struct Condition {
    word: &'static str,
    span: Span,
    active: bool,
    /// Some branch has been taken, or the surrounding text is skipped.
    done: bool,
    /// `-else` has been seen.
    last: bool,
    /// `-elif` has been seen.
    chain: bool,
}

/// The preprocessor's state between forms.
pub(crate) struct Preprocessor<'h> {
    host: &'h dyn Host,
    pub files: Files,
    pub diagnostics: Vec<Diagnostic>,
    pub lost: Lost,
    macros: HashMap<Name, Vec<Macro>>,
    module: Option<Name>,
    sources: Vec<Source>,
    conditions: Vec<Condition>,
    ready: VecDeque<Piece>,
    /// The feature `maybe_expr`: without it `maybe` and `else` are plain atoms.
    maybe: bool,
    /// More than the name of the module has been seen: too late for `-feature`.
    begun: bool,
    /// The predefined macros that `-undef` took away.
    taken_back: HashSet<Name>,
}

/// What is said by the token at the end of a form that is cut off by the end of its file.
const MISSING_DOT: &str = "missing full stop";

fn is_missing_dot(t: &Token) -> bool {
    matches!(&t.tok, Tok::Error(why) if &**why == MISSING_DOT)
}

const MAX_INCLUDE_DEPTH: usize = 64;

impl<'h> Preprocessor<'h> {
    pub fn new(source: &[u8], name: &str, options: &Options, host: &'h dyn Host) -> Self {
        let mut pre = Preprocessor {
            host,
            files: Files::default(),
            diagnostics: Vec::new(),
            lost: Lost::default(),
            macros: HashMap::new(),
            module: options.default_module.clone(),
            sources: Vec::new(),
            conditions: Vec::new(),
            ready: VecDeque::new(),
            maybe: true,
            begun: false,
            taken_back: HashSet::new(),
        };
        for (name, value) in &options.defines {
            let text = value.as_deref().unwrap_or("true");
            let body: Vec<Token> = Lexer::new(text, FileId(0))
                .filter(|t| t.tok != Tok::Dot)
                .collect();
            pre.macros
                .insert(name.clone(), vec![Macro { params: None, body }]);
        }
        pre.enter(source, name);
        pre
    }

    /// The next form, change of file, or the end. After the end it goes on saying so.
    pub fn next_piece(&mut self) -> Piece {
        loop {
            if let Some(piece) = self.ready.pop_front() {
                return piece;
            }
            match self.read_form() {
                Some(tokens) => self.form(tokens),
                None => {
                    if let Some(end) = self.leave() {
                        return Piece::Eof(end);
                    }
                }
            }
        }
    }

    /// What is defined at this point, beside what is always.
    pub fn macros(&self) -> impl Iterator<Item = (&str, &Vec<Macro>)> {
        self.macros.iter().map(|(name, all)| (&**name, all))
    }

    pub(crate) fn error(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.diagnostics
            .push(Diagnostic::error(code, span, message));
    }

    fn enter(&mut self, bytes: &[u8], name: &str) {
        let (text, valid) = decode(bytes);
        let file = self.files.add(name, text);
        let text = self
            .files
            .get(file)
            .map(|f| f.text.clone())
            .unwrap_or_default();
        let mut lexer = Lexer::new(&text, file);
        let tokens: Vec<Token> = lexer.by_ref().collect();
        let end = lexer.end_position();
        let top = Span::from_line(file, 1, 1);
        if !valid {
            let (line, column) = first_bad_byte(bytes);
            self.error(
                "cannot_parse",
                Span::from_line(file, line, column),
                "cannot parse file: it is neither valid UTF-8 nor marked as Latin-1",
            );
        }
        self.ready.push_back(Piece::File(top, name.into(), 1));
        let conditions = self.conditions.len();
        let source = Source {
            name: name.into(),
            file,
            tokens: tokens.into_iter(),
            end,
            shift: 0,
            conditions,
        };
        self.sources.push(source);
    }

    /// Ends the current file. The end's place if it was the outermost one.
    fn leave(&mut self) -> Option<Span> {
        let source = self.sources.last()?;
        let mut end = source.end;
        end.line = u32::try_from(i64::from(end.line) + source.shift).unwrap_or(1);
        while self.conditions.len() > source.conditions {
            if let Some(c) = self.conditions.pop() {
                let d =
                    Diagnostic::error("unterminated", end, format!("unterminated '-{}'", c.word));
                self.lost.all();
                self.diagnostics
                    .push(d.with_note(Some(c.span), "it begins here"));
            }
        }
        if self.sources.len() == 1 {
            return Some(end);
        }
        self.sources.pop();
        if let Some(outer) = self.sources.last() {
            let next = outer
                .tokens
                .as_slice()
                .first()
                .map_or(outer.end, |t| t.span);
            let line = u32::try_from(i64::from(next.line) + outer.shift).unwrap_or(1);
            let span = Span::from_line(outer.file, line, 1);
            self.ready
                .push_back(Piece::File(span, outer.name.clone(), line));
        }
        None
    }

    /// The raw tokens of the next form of the current file.
    fn read_form(&mut self) -> Option<Vec<Token>> {
        let maybe = self.maybe;
        let source = self.sources.last_mut()?;
        let mut form = Vec::new();
        for mut t in source.tokens.by_ref() {
            t.span.file = source.file;
            t.span.line = u32::try_from(i64::from(t.span.line) + source.shift).unwrap_or(1);
            if !maybe && matches!(t.tok, Tok::Maybe | Tok::Else) {
                t.tok = Tok::Atom(t.tok.fixed().unwrap_or_default().into());
            }
            let last = t.tok == Tok::Dot;
            form.push(t);
            if last {
                return Some(form);
            }
        }
        if form.is_empty() {
            return None;
        }
        // Said where the last token stands.
        let end = form.last().map_or(source.end, |t: &Token| t.span);
        // Said by the parser in its own words: the full stop is put where it is missed.
        form.push(Token {
            tok: Tok::Error(MISSING_DOT.into()),
            span: end,
        });
        Some(form)
    }

    fn skipping(&self) -> bool {
        self.conditions.iter().any(|c| !c.active)
    }

    /// Sorts one raw form: directive, skipped text, or a form for the parser.
    fn form(&mut self, tokens: Vec<Token>) {
        if let [first, second, ..] = tokens.as_slice()
            && first.tok == Tok::Minus
        {
            let word = match &second.tok {
                Tok::Atom(a) => a.clone(),
                Tok::If => "if".into(),
                Tok::Else => "else".into(),
                _ => "".into(),
            };
            if self.directive(&word, &tokens) {
                return;
            }
            self.begun |= &*word != "module" && !self.skipping();
        } else {
            self.begun |= !self.skipping();
        }
        if self.skipping() {
            return;
        }
        if !self.lexically_good(&tokens) {
            self.lost.form(&tokens);
            return;
        }
        let function = self.function_of(&tokens);
        let before = self.error_count();
        let form = self.expand(&tokens, function.as_ref());
        if self.error_count() > before {
            self.lost.form(&tokens);
            return;
        }
        if let [
            Token {
                tok: Tok::Minus, ..
            },
            Token {
                tok: Tok::Atom(a), ..
            },
            open,
            Token {
                tok: Tok::Atom(m), ..
            },
            ..,
        ] = form.as_slice()
            && &**a == "module"
            && open.tok == Tok::LParen
        {
            self.module = Some(m.clone());
        }
        self.ready.push_back(Piece::Form(form));
    }

    /// The function a form defines; a macro may stand for its name.
    fn function_of(&mut self, tokens: &[Token]) -> Option<(Name, usize)> {
        if tokens.first().is_none_or(|t| t.tok != Tok::Question) {
            return expand::function_of(tokens);
        }
        let ends = |t: &Token| matches!(t.tok, Tok::Arrow | Tok::When);
        let head = &tokens[..tokens.iter().position(ends)?];
        let before = self.diagnostics.len();
        let expanded = self.expand(head, None);
        self.diagnostics.truncate(before);
        expand::function_of(&expanded)
    }

    fn error_count(&self) -> usize {
        self.diagnostics
            .iter()
            .filter(|d| d.severity == Severity::Error)
            .count()
    }

    /// Says what the lexer found wrong in a form: the first thing only, the rest often follows from it.
    fn lexically_good(&mut self, tokens: &[Token]) -> bool {
        let bad = tokens.iter().find_map(|t| match &t.tok {
            Tok::Error(message) => Some((t.span, message.clone())),
            _ => None,
        });
        match bad {
            None => true,
            Some((span, message)) if &*message == MISSING_DOT => {
                let hint = "the last form is not ended by a full stop";
                self.diagnostics.push(
                    Diagnostic::error("syntax", span, "syntax error before: ").with_hint(hint),
                );
                false
            }
            Some((span, message)) => {
                self.error("scan", span, message.to_string());
                false
            }
        }
    }
}

/// Line and column where a text stops being UTF-8.
fn first_bad_byte(bytes: &[u8]) -> (u32, u32) {
    let good = std::str::from_utf8(bytes).map_or_else(|e| e.valid_up_to(), str::len);
    let before = std::str::from_utf8(&bytes[..good]).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    (number(line), number(column))
}
