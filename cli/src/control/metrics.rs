//! `--metrics-port`: the figures of `transom metrics` over HTTP, on loopback, for those who know the token.
//!
//! ```text
//!  GET /metrics HTTP/1.1
//!  Authorization: Bearer TOKEN
//! ```
//! Everything is bounded: connections at a time, bytes and time of a request's head, time of the answer. One request per connection. The figures come over
//! a conversation like that of any client (`transom_metrics`), so a scheduler never waits here.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use transom_vm::vm::Vm;

use super::{client, place, server};

/// Connections at a time; more are closed at once.
const MOST_CLIENTS: usize = 8;
/// Bytes and fields of a request's head.
const MOST_HEAD: usize = 8 << 10;
const MOST_FIELDS: usize = 64;
/// A request must be there within this time, an answer must be taken within it.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long the VM may take to say how it is.
const VM_PATIENCE: Duration = Duration::from_secs(10);
const STACK: usize = 192 << 10;
/// The format that Prometheus reads, by its media type.
const FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// A listening port. A token that was made for it goes when it does.
pub struct Server {
    port: u16,
    ended: Arc<AtomicBool>,
    token: Option<PathBuf>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        // Wakes the thread that accepts.
        let _listens_no_more = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
        if let Some(file) = &self.token {
            let _gone_already = std::fs::remove_file(file);
        }
    }
}

/// Listens on a port of loopback (0: any that is free) and says on standard error where.
///
/// # Errors
/// The port or the token cannot be had.
pub fn start(vm: &Arc<Vm>, port: u16, token: Option<&Path>) -> Result<Server, String> {
    let (secret, file) = match token {
        Some(file) => (read(file)?, file.to_owned()),
        None => make()?,
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .map_err(|e| format!("--metrics-port {port}: {e}"))?;
    let port = listener.local_addr().map_err(|e| e.to_string())?.port();
    let ended = Arc::new(AtomicBool::new(false));
    let (vm, stop) = (Arc::downgrade(vm), Arc::clone(&ended));
    thread(move || accept(&listener, &vm, &stop, &Arc::new(secret)))
        .map_err(|e| format!("no thread for --metrics-port: {e}"))?;
    eprintln!(
        "metrics on http://127.0.0.1:{port}/metrics, token in {}",
        file.display()
    );
    Ok(Server {
        port,
        ended,
        token: token.is_none().then_some(file),
    })
}

fn thread(work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let builder = std::thread::Builder::new().name("transom-metrics".to_owned());
    builder.stack_size(STACK).spawn(work).map(drop)
}

fn read(file: &Path) -> Result<String, String> {
    let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let token = text.trim();
    if token.len() < 16 || !token.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(format!(
            "{}: a token is one word of at least 16 letters and digits",
            file.display()
        ));
    }
    Ok(token.to_owned())
}

/// A token of 128 random bits, in a file that its user alone can read.
fn make() -> Result<(String, PathBuf), String> {
    let mut bytes = [0; 16];
    rustix::rand::getrandom(&mut bytes, rustix::rand::GetRandomFlags::empty())
        .map_err(|e| format!("no random bytes for a token: {e}"))?;
    let token: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    let file = place::directory()?.join(format!("metrics-{}.token", std::process::id()));
    let _stale = std::fs::remove_file(&file);
    std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&file)
        .and_then(|mut f| f.write_all(format!("{token}\n").as_bytes()))
        .map_err(|e| format!("{}: {e}", file.display()))?;
    Ok((token, file))
}

fn accept(listener: &TcpListener, vm: &Weak<Vm>, ended: &AtomicBool, token: &Arc<String>) {
    let clients = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming() {
        let Some(vm) = vm.upgrade() else { return };
        if ended.load(Ordering::Relaxed) {
            return;
        }
        let Ok(stream) = stream else {
            std::thread::sleep(Duration::from_millis(100));
            continue;
        };
        if clients.load(Ordering::Relaxed) >= MOST_CLIENTS {
            continue;
        }
        clients.fetch_add(1, Ordering::Relaxed);
        let (token, counted) = (Arc::clone(token), Arc::clone(&clients));
        let started = thread(move || {
            // A client that goes away in the middle is its own affair.
            let _gone = serve(stream, &vm, &token);
            counted.fetch_sub(1, Ordering::Relaxed);
        });
        if started.is_err() {
            clients.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

/// What a request asks for, once it is all there.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Figures {
        body: bool,
    },
    /// Status line and what is wrong.
    Refused(&'static str, &'static str),
}

const BAD: Asked = Asked::Refused("400 Bad Request", "this is no request");

fn serve(mut stream: TcpStream, vm: &Arc<Vm>, token: &str) -> io::Result<()> {
    stream.set_write_timeout(Some(PATIENCE))?;
    let asked = receive(&mut stream, token)?;
    let (status, text, body) = match asked {
        Asked::Refused(status, why) => (status, format!("{why}\n"), true),
        Asked::Figures { body } => match figures(vm) {
            Some(text) => ("200 OK", text, body),
            None => (
                "503 Service Unavailable",
                "the VM does not answer in time\n".to_owned(),
                true,
            ),
        },
    };
    let challenge = if status.starts_with("401") {
        "WWW-Authenticate: Bearer\r\n"
    } else {
        ""
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {FORMAT}\r\nContent-Length: {}\r\n{challenge}Connection: close\r\n\r\n",
        text.len()
    );
    stream.write_all(head.as_bytes())?;
    if body {
        stream.write_all(text.as_bytes())?;
    }
    stream.flush()
}

/// Reads the head of a request, piece by piece, within the bounds.
fn receive(stream: &mut TcpStream, token: &str) -> io::Result<Asked> {
    let (mut head, mut piece) = (Vec::new(), [0; 1024]);
    let until = Instant::now() + PATIENCE;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(ErrorKind::TimedOut.into());
        }
        stream.set_read_timeout(Some(left))?;
        let n = stream.read(&mut piece)?;
        if n == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        head.extend(&piece[..n]);
        if let Some(asked) = parse(&head, token) {
            return Ok(asked);
        }
        if head.len() > MOST_HEAD {
            return Ok(Asked::Refused(
                "431 Request Header Fields Too Large",
                "the head of the request is too long",
            ));
        }
    }
}

/// None while the head is not all there.
fn parse(head: &[u8], token: &str) -> Option<Asked> {
    let mut fields = [httparse::EMPTY_HEADER; MOST_FIELDS];
    let mut request = httparse::Request::new(&mut fields);
    match request.parse(head) {
        Ok(httparse::Status::Complete(_)) => {}
        Ok(httparse::Status::Partial) => return None,
        Err(_) => return Some(BAD),
    }
    let (Some(method), Some(path)) = (request.method, request.path) else {
        return Some(BAD);
    };
    let granted = request
        .headers
        .iter()
        .any(|f| f.name.eq_ignore_ascii_case("authorization") && is_token(f.value, token));
    Some(match (method, path.split('?').next()) {
        _ if !granted => Asked::Refused(
            "401 Unauthorized",
            "Authorization: Bearer TOKEN is missing or wrong",
        ),
        ("GET", Some("/metrics")) => Asked::Figures { body: true },
        ("HEAD", Some("/metrics")) => Asked::Figures { body: false },
        (_, Some("/metrics")) => Asked::Refused("405 Method Not Allowed", "only GET and HEAD"),
        _ => Asked::Refused("404 Not Found", "the figures are at /metrics"),
    })
}

/// Compares all bytes, whatever the first ones are: the time says nothing about the token.
fn is_token(value: &[u8], token: &str) -> bool {
    let Some((scheme, given)) = value.split_at_checked("Bearer ".len()) else {
        return false;
    };
    let given = given.trim_ascii();
    let differ = |(a, b): (&u8, &u8)| a ^ b;
    scheme.eq_ignore_ascii_case(b"Bearer ")
        && given.len() == token.len()
        && given
            .iter()
            .zip(token.as_bytes())
            .map(differ)
            .fold(0, |all, d| all | d)
            == 0
}

/// Asks the VM as a client would, over a pair of sockets.
fn figures(vm: &Arc<Vm>) -> Option<String> {
    let (near, far) = UnixStream::pair().ok()?;
    let vm = Arc::clone(vm);
    thread(move || server::converse(&vm, far)).ok()?;
    client::collect(near, "metrics", VM_PATIENCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "0123456789abcdef";

    fn asked(request: &str) -> Option<Asked> {
        parse(request.as_bytes(), TOKEN)
    }

    fn status(request: &str) -> &'static str {
        match asked(request) {
            Some(Asked::Refused(status, _)) => &status[..3],
            Some(Asked::Figures { .. }) => "200",
            None => "more",
        }
    }

    #[test]
    fn the_token_opens() {
        let with = |line: &str| format!("GET /metrics HTTP/1.1\r\nHost: x\r\n{line}\r\n\r\n");
        assert_eq!(
            asked(&with(&format!("Authorization: Bearer {TOKEN}"))),
            Some(Asked::Figures { body: true })
        );
        assert_eq!(
            status(&with(&format!("authorization: bearer  {TOKEN} "))),
            "200"
        );
        for line in [
            "X: y",
            "Authorization: Bearer",
            "Authorization: Bearer 0123456789abcdeF",
            "Authorization: Bearer 0123456789abcde",
            "Authorization: Basic 0123456789abcdef",
        ] {
            assert_eq!(status(&with(line)), "401", "{line}");
        }
    }

    #[test]
    fn other_requests_are_refused() {
        let to = |start: &str| format!("{start}\r\nAuthorization: Bearer {TOKEN}\r\n\r\n");
        assert_eq!(status(&to("HEAD /metrics HTTP/1.0")), "200");
        assert_eq!(status(&to("GET /metrics?x=1 HTTP/1.1")), "200");
        assert_eq!(status(&to("GET / HTTP/1.1")), "404");
        assert_eq!(status(&to("POST /metrics HTTP/1.1")), "405");
        assert_eq!(status("\x16\x03\x01\x02\x00\x01"), "400");
        assert_eq!(status("GET /metrics HTTP/1.1\r\nAuthori"), "more");
        let many = "A: b\r\n".repeat(MOST_FIELDS + 1);
        assert_eq!(
            status(&format!("GET /metrics HTTP/1.1\r\n{many}\r\n")),
            "400"
        );
    }
}
