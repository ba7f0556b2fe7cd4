//! The interactive console: a line editor on this side, the shell in the VM on the other, the control protocol between them. `transom console`
//! runs both in one program over a pair of sockets, `transom attach` over the control socket; they share all of this.
//!
//! ```text
//!   frames --> receiver thread --print--> above the prompt
//!                    |--- asked, ended --> main thread: readline --> frames
//!                    `--- candidates ----> completion (in the main thread, waiting briefly)
//! ```
//! Ctrl-C in the editor cancels the line; while something is evaluated it interrupts that. It never ends the VM: the third one in a
//! row without an answer leaves the console only.

mod editor;
mod language;
mod paste;

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
use signal_hook::consts::{SIGINT, SIGWINCH};

use crate::control::client;
use crate::control::protocol::{self, kind};
use editor::{Input, Shell};

/// What the main thread waits for.
enum Event {
    /// Input is wanted: which kind, and the prompt.
    Read(Input, String),
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
    let editing = Arc::new(AtomicBool::new(false));
    let interrupts = Arc::new(AtomicUsize::new(0));
    watch_signals(wire.clone(), Arc::clone(&interrupts))?;
    let restore = rustix::termios::tcgetattr(std::io::stdin()).ok();
    let editing_ = Arc::clone(&editing);
    std::thread::Builder::new()
        .name("transom-receiver".to_owned())
        .spawn(move || receive(stream, printer, &events, &answers, &editing_, restore))
        .map_err(|e| e.to_string())?;
    converse(&mut editor, &wire, &event, &editing, &interrupts, history)
}

fn converse(
    editor: &mut Shell,
    wire: &Wire,
    event: &Receiver<Event>,
    editing: &AtomicBool,
    interrupts: &AtomicUsize,
    history: Option<PathBuf>,
) -> Result<u8, String> {
    loop {
        match event.recv() {
            Ok(Event::Read(input, prompt)) => {
                interrupts.store(0, Ordering::Relaxed);
                editing.store(true, Ordering::Release);
                let line = read(editor, wire, input, &prompt);
                editing.store(false, Ordering::Release);
                match line {
                    Some(line) => {
                        let remembered = !line.trim().is_empty() && input != Input::Password;
                        if remembered
                            && editor.add_history_entry(line.trim_end()).unwrap_or(false)
                            && let Some(path) = &history
                        {
                            let _not_kept = editor.append_history(path);
                        }
                        wire.send_text(&(line + "\n"));
                    }
                    None => wire.send(kind::EOF, &[]),
                }
            }
            Ok(Event::Exit(status)) => return Ok(status),
            Ok(Event::Lost) | Err(_) => {
                println!("*** the VM has ended");
                return Ok(0);
            }
        }
    }
}

/// One input of the user: what was typed, or the end.
fn read(editor: &mut Shell, wire: &Wire, input: Input, prompt: &str) -> Option<String> {
    if let Some(helper) = editor.helper_mut() {
        helper.input.set(input);
    }
    loop {
        match editor.readline(prompt) {
            Ok(line) => return Some(paste::without_prompts(&line)),
            // Ctrl-C: the line is dropped, the prompt comes again; Ctrl-G: the menu first.
            Err(ReadlineError::Interrupted) => {
                let menu = editor
                    .helper()
                    .is_some_and(|h| h.menu.swap(false, Ordering::Relaxed));
                if menu && !job_control(editor, wire) {
                    return None;
                }
            }
            Err(_) => return None,
        }
    }
}

/// The menu of Ctrl-G, as in OTP; false leaves the console.
fn job_control(editor: &mut Shell, wire: &Wire) -> bool {
    println!("User switch command (enter ? for help)");
    if let Some(helper) = editor.helper_mut() {
        helper.input.set(Input::Line);
    }
    let goes_on = loop {
        let Ok(line) = editor.readline(" --> ") else {
            break true;
        };
        match line.trim().split(' ').next().unwrap_or("") {
            "" => {}
            "c" => break true,
            "i" => wire.send(kind::JOB, b"i"),
            "k" | "s" => {
                wire.send(kind::JOB, line.trim().as_bytes());
                break true;
            }
            "j" => println!("   1* {{shell,start,[init]}}"),
            "q" => break false,
            "?" | "h" => print!(
                "  c            - connect to the job\n  i            - interrupt the job\n  k            - kill the job and start another\n  s            - start another shell\n  j            - list all jobs\n  q            - leave the console\n  ? | h        - this message\n"
            ),
            _ => println!("Unknown command"),
        }
    };
    if let Some(helper) = editor.helper_mut() {
        helper.input.set(Input::Expression);
    }
    goes_on
}

/// Takes frames until the end of the connection.
fn receive(
    mut stream: UnixStream,
    mut printer: impl ExternalPrinter,
    events: &Sender<Event>,
    answers: &Sender<Candidates>,
    editing: &AtomicBool,
    restore: Option<rustix::termios::Termios>,
) {
    let end = loop {
        let Ok(Some(frame)) = protocol::receive(&mut stream) else {
            break Event::Lost;
        };
        match frame.kind {
            kind::OUTPUT | kind::ERRORS => {
                let text = String::from_utf8_lossy(&frame.bytes);
                if editing.load(Ordering::Acquire) {
                    let end = if text.ends_with('\n') { "" } else { "\n" };
                    let _closed = printer.print(format!("{text}{end}"));
                } else {
                    let mut out = std::io::stdout().lock();
                    let _closed = out.write_all(&frame.bytes).and_then(|()| out.flush());
                }
            }
            kind::READ => {
                let (input, prompt) = frame.bytes.split_first().unwrap_or((&b'l', &[]));
                let prompt = String::from_utf8_lossy(prompt).into_owned();
                let _ended = events.send(Event::Read(Input::from_byte(*input), prompt));
            }
            kind::CANDIDATES => {
                if let Some(candidates) = candidates(&frame.bytes) {
                    let _ended = answers.send(candidates);
                }
            }
            kind::EXIT => break Event::Exit(frame.bytes.first().copied().unwrap_or(0)),
            // Frames of a later version.
            _ => {}
        }
    };
    if editing.load(Ordering::Acquire) {
        // The main thread waits for a key that need not come: the terminal is put right here.
        if let Some(mode) = restore {
            let _no_terminal = rustix::termios::tcsetattr(
                std::io::stdin(),
                rustix::termios::OptionalActions::Now,
                &mode,
            );
        }
        println!("\n*** the VM has ended");
        std::process::exit(match end {
            Event::Exit(status) => i32::from(status),
            Event::Read(_, _) | Event::Lost => 0,
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

/// Ctrl-C while something is evaluated, and changes of the window.
fn watch_signals(wire: Wire, interrupts: Arc<AtomicUsize>) -> Result<(), String> {
    let mut signals =
        signal_hook::iterator::Signals::new([SIGINT, SIGWINCH]).map_err(|e| e.to_string())?;
    std::thread::Builder::new()
        .name("transom-keys".to_owned())
        .spawn(move || {
            for signal in &mut signals {
                if signal == SIGINT {
                    if interrupts.fetch_add(1, Ordering::Relaxed) + 1 >= MOST_INTERRUPTS {
                        println!("\n*** no answer; leaving");
                        std::process::exit(130);
                    }
                    wire.send(kind::INTERRUPT, &[]);
                } else if let Some((columns, rows)) = client::size() {
                    let size = [columns.to_be_bytes(), rows.to_be_bytes()].concat();
                    wire.send(kind::RESIZE, &size);
                }
            }
        })
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
