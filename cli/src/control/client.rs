//! The other end: connects to a VM, says what is wanted, prints what comes, reads standard input when asked.

use std::io::{self, IsTerminal, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use super::place::Place;
use super::protocol::{self, Broken, Frame, kind};

/// What a client asks for.
pub enum Want<'a> {
    /// A shell.
    Console,
    /// A command and its arguments.
    Command(&'a str, &'a [String]),
}

/// What is said when the VM ends within a conversation.
pub const VM_ENDED: &str = "the VM has ended";

/// How a client's terminal is.
pub struct Terminal {
    pub columns: u16,
    pub rows: u16,
    pub stdin: bool,
    pub stdout: bool,
}

impl Terminal {
    /// That of this program.
    pub fn here() -> Terminal {
        let (columns, rows) = size().unwrap_or((0, 0));
        Terminal {
            columns,
            rows,
            stdin: io::stdin().is_terminal(),
            stdout: io::stdout().is_terminal(),
        }
    }

    /// None at all: what is printed is read by a program.
    pub fn none() -> Terminal {
        Terminal {
            columns: 0,
            rows: 0,
            stdin: false,
            stdout: false,
        }
    }
}

/// Columns and rows of standard output.
pub fn size() -> Option<(u16, u16)> {
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    (size.ws_col > 0).then_some((size.ws_col, size.ws_row))
}

/// Connects and asks; the frames that answer are read from the stream.
pub fn connect(place: &Place, want: &Want<'_>, terminal: &Terminal) -> Result<UnixStream, String> {
    let stream = UnixStream::connect(&place.path)
        .map_err(|e| format!("{} does not answer: {e}", place.path.display()))?;
    ask(stream, want, terminal).map_err(|e| format!("{}: {e}", place.path.display()))
}

/// Asks over a connected stream.
pub fn ask(
    mut stream: UnixStream,
    want: &Want<'_>,
    terminal: &Terminal,
) -> Result<UnixStream, Broken> {
    let io = |e: io::Error| Broken::Io(e.kind());
    stream
        .set_read_timeout(Some(Duration::from_secs(5)))
        .map_err(io)?;
    protocol::greet(&mut stream).map_err(io)?;
    protocol::expect_greeting(&mut stream)?;
    stream.set_read_timeout(None).map_err(io)?;
    protocol::send(&mut stream, kind::START, &start(want, terminal)).map_err(io)?;
    Ok(stream)
}

fn start(want: &Want<'_>, terminal: &Terminal) -> Vec<u8> {
    let cwd = std::env::current_dir().unwrap_or_default();
    let flags = format!(
        "{}{}",
        if terminal.stdin { "i" } else { "" },
        if terminal.stdout { "o" } else { "" }
    );
    let mut fields = vec![
        match want {
            Want::Console => "console".to_owned(),
            Want::Command(_, _) => "command".to_owned(),
        },
        cwd.to_string_lossy().into_owned(),
        terminal.columns.to_string(),
        terminal.rows.to_string(),
        flags,
    ];
    if let Want::Command(name, arguments) = want {
        fields.push((*name).to_owned());
        fields.extend(arguments.iter().cloned());
    }
    fields.join("\0").into_bytes()
}

/// Runs a conversation over standard input and output; the exit status.
pub fn converse(mut stream: UnixStream) -> Result<u8, String> {
    let ask_input = input(&stream)?;
    let stdout = io::stdout();
    loop {
        let frame = match protocol::receive(&mut stream) {
            Ok(Some(frame)) => frame,
            Ok(None) => return Err(VM_ENDED.to_owned()),
            Err(e) => return Err(e.to_string()),
        };
        let written = match frame.kind {
            kind::OUTPUT => print(&mut stdout.lock(), &frame.bytes),
            kind::ERRORS => print(&mut io::stderr().lock(), &frame.bytes),
            kind::READ => {
                let prompt = frame.bytes.get(1..).unwrap_or(&[]);
                let shown = print(&mut stdout.lock(), prompt);
                let _ended_with_the_stream = ask_input.send(());
                shown
            }
            kind::EXIT => return Ok(frame.bytes.first().copied().unwrap_or(1)),
            // Frames of a later version.
            _ => Ok(()),
        };
        // Standard output is closed (`| head`): a quiet end.
        if written.is_err() {
            return Ok(0);
        }
    }
}

fn print(out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    out.write_all(bytes)?;
    out.flush()
}

/// A thread that sends a piece of standard input each time it is asked to.
fn input(stream: &UnixStream) -> Result<Sender<()>, String> {
    let mut to = stream.try_clone().map_err(|e| e.to_string())?;
    let (sender, asked) = channel::<()>();
    let work = move || {
        let mut bytes = vec![0; protocol::PIECE];
        while asked.recv().is_ok() {
            let sent = match io::stdin().lock().read(&mut bytes) {
                Ok(n) if n > 0 => protocol::send(&mut to, kind::INPUT, &bytes[..n]),
                _ => protocol::send(&mut to, kind::EOF, &[]),
            };
            if sent.is_err() {
                return;
            }
        }
    };
    std::thread::Builder::new()
        .name("transom-input".to_owned())
        .spawn(work)
        .map_err(|e| e.to_string())?;
    Ok(sender)
}

/// Runs a command and collects what it prints; none if the VM does not answer in time.
pub fn output(place: &Place, name: &str, patience: Duration) -> Option<String> {
    collect(UnixStream::connect(&place.path).ok()?, name, patience)
}

/// The same over a connected stream.
pub fn collect(stream: UnixStream, name: &str, patience: Duration) -> Option<String> {
    let mut stream = ask(stream, &Want::Command(name, &[]), &Terminal::none()).ok()?;
    stream.set_read_timeout(Some(patience)).ok()?;
    let mut text = Vec::new();
    loop {
        let Frame { kind, bytes } = protocol::receive(&mut stream).ok()??;
        match kind {
            kind::OUTPUT => text.extend(bytes),
            kind::EXIT => return String::from_utf8(text).ok(),
            _ => {}
        }
    }
}
