//! The interactive console: a line editor on this side, the shell in the VM on the other, the control protocol between them. `transom console`
//! runs both in one program over a pair of sockets, `transom attach` over the control socket; they share all of this.
//!
//! ```text
//!   frames --> receiver thread --print--> above the prompt
//!                    |--- asked, ended --> main thread: readline --> frames
//!                    `--- candidates ----> completion (in the main thread, waiting briefly)
//! ```
//! Ctrl-C in the editor cancels the line; while something is evaluated it interrupts that. It never ends the VM: the third one in a
//! row without an answer leaves the console only. Ctrl-G is the menu of jobs, which lives in the VM (`stdlib/src/transom_jobs.erl`).

mod editor;
mod language;
mod paste;
mod screen;

use std::collections::HashMap;
use std::io::Write;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustyline::ExternalPrinter;
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use signal_hook::consts::{SIGINT, SIGQUIT, SIGWINCH};

use crate::control::client;
use crate::control::protocol::{self, kind};
use editor::{Input, Shell};

/// What the main thread waits for.
enum Event {
    /// Input is wanted: which kind, and the prompt.
    Read(Input, String),
    /// The next input is for the job of that number.
    Connected(u32),
    /// The shell has ended.
    Exit(u8),
    /// The connection has ended without a word.
    Lost,
}

/// The sending half of the connection.
#[derive(Clone)]
pub struct Wire(Arc<Mutex<UnixStream>>);

impl Wire {
    /// Sends a frame; a connection that is gone is noticed by the receiver.
    pub fn send(&self, kind: u8, bytes: &[u8]) {
        if let Ok(mut stream) = self.0.lock() {
            let _gone = protocol::send(&mut *stream, kind, bytes);
        }
    }

    fn send_text(&self, text: &str) {
        for piece in text.as_bytes().chunks(protocol::PIECE) {
            self.send(kind::INPUT, piece);
        }
    }
}

/// Answers of the VM to completions: their number, the bytes they replace, the lines.
pub type Candidates = (u32, usize, String);

/// How often Ctrl-C may go unanswered.
const MOST_INTERRUPTS: usize = 3;

/// Runs a console over a connection on which one has been asked for; the exit status.
pub fn run(stream: UnixStream) -> Result<u8, String> {
    let wire = Wire(Arc::new(Mutex::new(
        stream.try_clone().map_err(|e| e.to_string())?,
    )));
    let (events, event) = channel();
    let (answers, answer) = channel();
    let mut editor = editor::editor(wire.clone(), answer)?;
    let history = history_file();
    if let Some(path) = &history {
        let _first_time = editor.load_history(path);
    }
    let printer = editor
        .create_external_printer()
        .map_err(|e| e.to_string())?;
    let status = Arc::new(Status::default());
    // What is typed while the VM works is kept for the next prompt and not shown before it.
    let quiet = screen::Quiet::enter();
    watch_signals(wire.clone(), Arc::clone(&status))?;
    let status_ = Arc::clone(&status);
    let restore = quiet.original();
    std::thread::Builder::new()
        .name("transom-receiver".to_owned())
        .spawn(move || receive(stream, printer, &events, &answers, &status_, restore))
        .map_err(|e| e.to_string())?;
    let mut console = Console {
        editor,
        wire,
        status,
        history,
        job: 1,
        left: HashMap::new(),
    };
    console.converse(&event)
}

/// What the threads know of each other.
#[derive(Default)]
struct Status {
    /// The editor has the terminal.
    editing: AtomicBool,
    /// Ctrl-C pressed since the last answer.
    interrupts: AtomicUsize,
    /// The menu was asked for: prompts of jobs that come before it are passed over, the VM repeats them.
    menu: AtomicBool,
}

struct Console {
    editor: Shell,
    wire: Wire,
    status: Arc<Status>,
    history: Option<PathBuf>,
    /// The connected job.
    job: u32,
    /// Lines that were left for the menu, with their prompts, by job.
    left: HashMap<u32, (String, String)>,
}

impl Console {
    fn converse(&mut self, event: &Receiver<Event>) -> Result<u8, String> {
        loop {
            match event.recv() {
                Ok(Event::Read(input, prompt)) => {
                    let is_menu = prompt == MENU_PROMPT;
                    if !is_menu && self.status.menu.load(Ordering::Relaxed) {
                        continue;
                    }
                    self.status.menu.store(false, Ordering::Relaxed);
                    self.status.interrupts.store(0, Ordering::Relaxed);
                    self.status.editing.store(true, Ordering::Release);
                    let line = self.read(input, &prompt);
                    self.status.editing.store(false, Ordering::Release);
                    self.answer(input, line);
                }
                Ok(Event::Connected(job)) => self.job = job,
                Ok(Event::Exit(status)) => return Ok(status),
                Ok(Event::Lost) | Err(_) => {
                    println!("*** the VM has ended");
                    return Ok(0);
                }
            }
        }
    }

    fn answer(&mut self, input: Input, line: Line) {
        match line {
            Line::Typed(line) => {
                let remembered = input == Input::Expression && !line.trim().is_empty();
                if remembered
                    && self
                        .editor
                        .add_history_entry(line.trim_end())
                        .unwrap_or(false)
                    && let Some(path) = &self.history
                {
                    let _not_kept = self.editor.append_history(path);
                }
                self.wire.send_text(&(line + "\n"));
            }
            Line::End => self.wire.send(kind::EOF, &[]),
            Line::Menu => {
                self.status.menu.store(true, Ordering::Relaxed);
                self.wire.send(kind::JOB, &[]);
            }
        }
    }

    /// One input of the user.
    fn read(&mut self, input: Input, prompt: &str) -> Line {
        if let Some(helper) = self.editor.helper_mut() {
            helper.input.set(input);
        }
        let left = match input {
            Input::Expression => self.left.remove(&self.job),
            Input::Line | Input::Password => None,
        };
        let mut begun = match left {
            Some((at, line)) if at == prompt => line,
            _ => String::new(),
        };
        loop {
            let read = self
                .editor
                .readline_with_initial(prompt, (&std::mem::take(&mut begun), ""));
            match read {
                Ok(line) => return Line::Typed(paste::without_prompts(&line)),
                // Ctrl-C: the line is dropped, the prompt comes again. Ctrl-G: the line is kept, the menu comes.
                Err(ReadlineError::Interrupted) => {
                    let menu = self.editor.helper().and_then(|h| h.left());
                    if let Some(line) = menu {
                        if input == Input::Expression {
                            self.left.insert(self.job, (prompt.to_owned(), line));
                        }
                        return Line::Menu;
                    }
                }
                Err(_) => return Line::End,
            }
        }
    }
}

/// What came of a prompt.
enum Line {
    Typed(String),
    /// Ctrl-D on an empty line.
    End,
    /// Ctrl-G.
    Menu,
}

/// The prompt of the menu, as in `stdlib/src/transom_jobs.erl`.
const MENU_PROMPT: &str = " --> ";

/// Takes frames until the end of the connection.
fn receive(
    mut stream: UnixStream,
    mut printer: impl ExternalPrinter,
    events: &Sender<Event>,
    answers: &Sender<Candidates>,
    status: &Status,
    restore: Option<rustix::termios::Termios>,
) {
    let mut tail = screen::Tail::default();
    let end = loop {
        let Ok(Some(frame)) = protocol::receive(&mut stream) else {
            break Event::Lost;
        };
        match frame.kind {
            kind::OUTPUT | kind::ERRORS => {
                let text = String::from_utf8_lossy(&frame.bytes);
                if status.editing.load(Ordering::Acquire) {
                    let end = if text.ends_with('\n') { "" } else { "\n" };
                    let _closed = printer.print(format!("{text}{end}"));
                } else {
                    tail.printed(&text);
                    let mut out = std::io::stdout().lock();
                    let _closed = out.write_all(&frame.bytes).and_then(|()| out.flush());
                }
            }
            kind::READ => {
                let (input, prompt) = frame.bytes.split_first().unwrap_or((&b'l', &[]));
                let prompt = format!("{}{}", tail.take(), String::from_utf8_lossy(prompt));
                let _ended = events.send(Event::Read(Input::from_byte(*input), prompt));
            }
            kind::CANDIDATES => {
                if let Some(candidates) = candidates(&frame.bytes) {
                    let _ended = answers.send(candidates);
                }
            }
            kind::CONNECTED => {
                if let Ok(number) = <[u8; 4]>::try_from(frame.bytes.as_slice()) {
                    let job = u32::from_be_bytes(number);
                    let _ended = events.send(Event::Connected(job));
                }
            }
            kind::EXIT => break Event::Exit(frame.bytes.first().copied().unwrap_or(0)),
            // Frames of a later version.
            _ => {}
        }
    };
    if status.editing.load(Ordering::Acquire) {
        // The main thread waits for a key that need not come: the terminal is put right here.
        if let Some(mode) = restore {
            screen::set(&mode);
        }
        println!("\n*** the VM has ended");
        std::process::exit(match end {
            Event::Exit(status) => i32::from(status),
            Event::Read(_, _) | Event::Connected(_) | Event::Lost => 0,
        });
    }
    let _ended = events.send(end);
}

fn candidates(bytes: &[u8]) -> Option<Candidates> {
    let number = u32::from_be_bytes(bytes.get(..4)?.try_into().ok()?);
    let length = u32::from_be_bytes(bytes.get(4..8)?.try_into().ok()?);
    let lines = String::from_utf8_lossy(&bytes[8..]).into_owned();
    Some((number, length as usize, lines))
}

/// Ctrl-C and Ctrl-G while something is evaluated, and changes of the window.
fn watch_signals(wire: Wire, status: Arc<Status>) -> Result<(), String> {
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGQUIT, SIGWINCH])
        .map_err(|e| e.to_string())?;
    let work = move || {
        for signal in &mut signals {
            match signal {
                SIGINT => {
                    if status.interrupts.fetch_add(1, Ordering::Relaxed) + 1 >= MOST_INTERRUPTS {
                        println!("\n*** no answer; leaving");
                        screen::restore();
                        std::process::exit(130);
                    }
                    wire.send(kind::INTERRUPT, &[]);
                }
                // The terminal sends it for Ctrl-G (screen::Quiet).
                SIGQUIT => {
                    status.menu.store(true, Ordering::Relaxed);
                    wire.send(kind::JOB, &[]);
                }
                _ => {
                    if let Some((columns, rows)) = client::size() {
                        let size = [columns.to_be_bytes(), rows.to_be_bytes()].concat();
                        wire.send(kind::RESIZE, &size);
                    }
                }
            }
        }
    };
    std::thread::Builder::new()
        .name("transom-keys".to_owned())
        .spawn(work)
        .map(drop)
        .map_err(|e| e.to_string())
}

/// `$XDG_STATE_HOME/transom/history`; none where that cannot be.
fn history_file() -> Option<PathBuf> {
    let state = match std::env::var_os("XDG_STATE_HOME") {
        Some(state) => PathBuf::from(state),
        None => PathBuf::from(std::env::var_os("HOME")?).join(".local/state"),
    };
    let directory = state.join("transom");
    std::fs::create_dir_all(&directory).ok()?;
    Some(directory.join("history"))
}

/// How long completion waits for the VM.
pub const PATIENCE: Duration = Duration::from_millis(600);

/// What the editor keeps of earlier inputs.
type History = FileHistory;
