//! The line editor: when an input is complete, what completes a word, how it is coloured, which keys mean what.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use rustyline::completion::{Completer, Pair};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{
    Cmd, ColorMode, CompletionType, ConditionalEventHandler, Config, Context, Editor, Event,
    EventContext, EventHandler, Helper, KeyEvent, RepeatCount,
};

use super::{Candidates, History, PATIENCE, Wire, language, paste};
use crate::control::client;
use crate::control::protocol::kind;

/// What kind of input is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// Expressions up to a dot.
    Expression,
    /// A line.
    Line,
    /// A line that is not to be remembered.
    Password,
}

impl Input {
    /// As the VM writes it.
    pub fn from_byte(byte: u8) -> Input {
        match byte {
            b'e' => Input::Expression,
            b'p' => Input::Password,
            _ => Input::Line,
        }
    }
}

/// The editor of a console.
pub type Shell = Editor<Keys, History>;

/// What the editor asks.
pub struct Keys {
    pub input: Cell<Input>,
    menu: Arc<Mutex<Option<String>>>,
    wire: Wire,
    answers: RefCell<Receiver<Candidates>>,
    asked: Cell<u32>,
    colours: bool,
}

/// Makes the editor.
pub fn editor(wire: Wire, answers: Receiver<Candidates>) -> Result<Shell, String> {
    let config = Config::builder()
        .completion_type(CompletionType::List)
        // As in `erl`, without a second Tab.
        .completion_show_all_if_ambiguous(true)
        .bracketed_paste(true)
        .tab_stop(8)
        .auto_add_history(false)
        // What is coloured is decided below; a password is starred in any case.
        .color_mode(ColorMode::Forced)
        .build();
    let mut editor = Shell::with_config(config).map_err(|e| e.to_string())?;
    let menu = Arc::new(Mutex::new(None));
    editor.bind_sequence(
        KeyEvent::ctrl('G'),
        EventHandler::Conditional(Box::new(Menu(Arc::clone(&menu)))),
    );
    let newline = EventHandler::Simple(Cmd::Newline);
    editor.bind_sequence(KeyEvent::alt('\r'), newline);
    editor.set_helper(Some(Keys {
        input: Cell::new(Input::Expression),
        menu,
        wire,
        answers: RefCell::new(answers),
        asked: Cell::new(0),
        colours: client::wants_colours(),
    }));
    Ok(editor)
}

/// Ctrl-G leaves the line for the menu.
struct Menu(Arc<Mutex<Option<String>>>);

impl ConditionalEventHandler for Menu {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, ctx: &EventContext<'_>) -> Option<Cmd> {
        if let Ok(mut line) = self.0.lock() {
            *line = Some(ctx.line().to_owned());
        }
        Some(Cmd::Interrupt)
    }
}

impl Keys {
    /// The line that Ctrl-G left, if that was the key.
    pub fn left(&self) -> Option<String> {
        self.menu.lock().ok().and_then(|mut line| line.take())
    }
}

impl Helper for Keys {}

impl Hinter for Keys {
    type Hint = String;
}

impl Validator for Keys {
    fn validate(&self, ctx: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        let complete = self.input.get() != Input::Expression
            || language::is_complete(&paste::without_prompts(ctx.input()));
        Ok(if complete {
            ValidationResult::Valid(None)
        } else {
            ValidationResult::Incomplete
        })
    }
}

impl Highlighter for Keys {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        match self.input.get() {
            Input::Password => Cow::Owned("*".repeat(line.chars().count())),
            Input::Expression if self.colours => Cow::Owned(language::coloured(line)),
            Input::Expression | Input::Line => Cow::Borrowed(line),
        }
    }

    fn highlight_char(&self, _: &str, _: usize, kind: CmdKind) -> bool {
        match self.input.get() {
            Input::Expression => self.colours && kind != CmdKind::MoveCursor,
            Input::Password => true,
            Input::Line => false,
        }
    }
}

impl Completer for Keys {
    type Candidate = Pair;

    /// The VM is asked; an answer that comes too late is dropped.
    fn complete(
        &self,
        line: &str,
        pos: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        let none = Ok((pos, Vec::new()));
        if self.input.get() != Input::Expression {
            return none;
        }
        let number = self.asked.get().wrapping_add(1);
        self.asked.set(number);
        let mut question = number.to_be_bytes().to_vec();
        question.extend(&line.as_bytes()[..pos]);
        self.wire.send(kind::COMPLETE, &question);
        let answers = self.answers.borrow();
        let until = Instant::now() + PATIENCE;
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            let Ok((answered, length, lines)) = answers.recv_timeout(left) else {
                break;
            };
            if answered == number {
                return Ok((start(line, pos, length), lines.lines().map(pair).collect()));
            }
        }
        none
    }
}

/// Where the characters to be replaced begin.
fn start(line: &str, pos: usize, length: usize) -> usize {
    let before = line[..pos].char_indices().rev().take(length);
    before.last().map_or(pos, |(at, _)| at)
}

/// A candidate, and what is shown of it.
fn pair(line: &str) -> Pair {
    let (candidate, note) = line.split_once('\t').unwrap_or((line, ""));
    Pair {
        replacement: candidate.to_owned(),
        display: if note.is_empty() {
            candidate.to_owned()
        } else {
            note.to_owned()
        },
    }
}
