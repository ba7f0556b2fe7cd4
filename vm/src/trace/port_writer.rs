//! What stands behind a trace port: a bounded queue of records and a thread that writes them to a file, a set of wrapping files or a socket.
//!
//! ```text
//!   record:  | 0 | size, 32 bits | event in the external term format |      or      | 1 | how many were dropped, 32 bits |
//!   trace point ──encode──> queue (bytes, bounded) ──> thread ──> file, next file, socket
//! ```
//! A trace point never waits: an event that does not fit is dropped, counted, and the count is a record at its place in the stream. The numbers are in
//! network order, as `dbg` of OTP writes them.

use std::fs::File;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::etf;
use crate::heap::OwnedTerm;
use crate::vm::Vm;

/// Bytes that may wait for a file.
const FILE_QUEUE: usize = 8 << 20;
/// Bytes that may wait for a socket, whatever the number of records.
const SOCKET_QUEUE: usize = 8 << 20;
/// How often a writer looks for a reader that came or went.
const LOOK: Duration = Duration::from_millis(10);
/// How long the end of a port waits for what is still to be written.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// Where records go.
pub enum Target {
    File(PathBuf),
    /// Files `NameNSuffix`, one more number than files: the missing one tells where the oldest begins.
    Wrap(Wrap),
    /// A listening TCP port (0: any) and how many records may wait for a reader.
    Socket(u16, usize),
}

/// A set of files.
pub struct Wrap {
    pub name: Vec<u8>,
    pub suffix: Vec<u8>,
    pub limit: Limit,
    /// Files at most.
    pub count: u32,
}

/// When the next file begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    Bytes(u64),
    Time(Duration),
}

/// The queue of one trace port; the port holds one end, the thread the other.
pub struct Writer {
    queue: Mutex<Queue>,
    changed: Condvar,
    /// Records that may wait; for files only bytes count.
    records_bound: usize,
    bytes_bound: usize,
    /// Where a socket listens.
    pub listens_at: Option<u16>,
}

#[derive(Default)]
struct Queue {
    bytes: Vec<u8>,
    records: usize,
    dropped: u32,
    closing: bool,
    /// Batches given to the thread, and written by it.
    taken: u64,
    written: u64,
    /// The thread has ended; nothing is written any more.
    ended: bool,
}

impl Writer {
    /// Opens the target and starts the thread.
    ///
    /// # Errors
    /// The file cannot be made, the address is in use, the system has no thread left.
    pub fn open(target: Target) -> io::Result<Arc<Writer>> {
        let mut sink = Sink::open(target)?;
        let (listens_at, records_bound, bytes_bound) = match &sink {
            Sink::File(_) | Sink::Files(_) => (None, usize::MAX, FILE_QUEUE),
            Sink::Socket(socket) => (Some(socket.port), socket.records, SOCKET_QUEUE),
        };
        let writer = Arc::new(Writer {
            queue: Mutex::default(),
            changed: Condvar::new(),
            records_bound,
            bytes_bound,
            listens_at,
        });
        let own = Arc::clone(&writer);
        std::thread::Builder::new()
            .name("trace-port".to_owned())
            .spawn(move || {
                own.run(&mut sink);
                drop(sink);
                own.lock().ended = true;
                own.changed.notify_all();
            })?;
        Ok(writer)
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues an event. `false`: the port is closed, or nothing can be written any more.
    pub fn record(&self, vm: &Vm, message: &OwnedTerm) -> bool {
        {
            let mut queue = self.lock();
            if queue.closing || queue.ended {
                return false;
            }
            if self.is_full(&queue) {
                queue.dropped = queue.dropped.saturating_add(1);
                return true;
            }
        }
        let options = etf::EncodeOptions::default();
        let event = etf::encode(vm.atoms(), message.term(), options);
        let mut queue = self.lock();
        if self.is_full(&queue) || u32::try_from(event.len()).is_err() {
            queue.dropped = queue.dropped.saturating_add(1);
            return true;
        }
        queue.mark_dropped();
        queue.bytes.push(0);
        let size = event.len() as u32;
        queue.bytes.extend_from_slice(&size.to_be_bytes());
        queue.bytes.extend_from_slice(&event);
        queue.records += 1;
        drop(queue);
        self.changed.notify_all();
        true
    }

    fn is_full(&self, queue: &Queue) -> bool {
        queue.records >= self.records_bound || queue.bytes.len() >= self.bytes_bound
    }

    /// Bytes that wait.
    pub fn queued(&self) -> usize {
        self.lock().bytes.len()
    }

    /// Waits until what is queued now is written, or cannot be.
    pub fn flush(&self) {
        let until = Instant::now() + LAST_WORDS;
        let mut queue = self.lock();
        let goal = queue.taken + u64::from(!queue.bytes.is_empty());
        while queue.written < goal && !queue.ended {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || self.listens_at.is_some() {
                return;
            }
            let (next, _) = self
                .changed
                .wait_timeout(queue, left)
                .unwrap_or_else(PoisonError::into_inner);
            queue = next;
        }
    }

    /// No more records. Returns when the last ones are in the file; a socket's reader gets what it takes at once.
    pub fn close(&self) {
        let until = Instant::now() + LAST_WORDS;
        let mut queue = self.lock();
        queue.closing = true;
        self.changed.notify_all();
        while !queue.ended {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            let (next, _) = self
                .changed
                .wait_timeout(queue, left)
                .unwrap_or_else(PoisonError::into_inner);
            queue = next;
        }
    }

    /// The thread.
    fn run(&self, sink: &mut Sink) {
        loop {
            let mut queue = self.lock();
            while queue.bytes.is_empty() && queue.dropped == 0 && !queue.closing {
                let (next, _) = self
                    .changed
                    .wait_timeout(queue, LOOK)
                    .unwrap_or_else(PoisonError::into_inner);
                queue = next;
                if queue.bytes.is_empty() {
                    drop(queue);
                    if sink.look().is_err() {
                        return;
                    }
                    queue = self.lock();
                }
            }
            let closing = queue.closing;
            if !sink.is_ready() {
                drop(queue);
                if closing || sink.look().is_err() {
                    return;
                }
                std::thread::sleep(LOOK);
                continue;
            }
            queue.mark_dropped();
            let bytes = std::mem::take(&mut queue.bytes);
            queue.records = 0;
            queue.taken += 1;
            drop(queue);
            if sink.write(&bytes).is_err() {
                return;
            }
            self.lock().written += 1;
            self.changed.notify_all();
            if closing && self.lock().bytes.is_empty() {
                return;
            }
        }
    }
}

impl Queue {
    /// A record that says how many events are not here.
    fn mark_dropped(&mut self) {
        let dropped = std::mem::take(&mut self.dropped);
        if dropped > 0 {
            self.bytes.push(1);
            self.bytes.extend_from_slice(&dropped.to_be_bytes());
            self.records += 1;
        }
    }
}

/// The thread's end.
enum Sink {
    File(File),
    Files(Files),
    Socket(Socket),
}

struct Files {
    wrap: Wrap,
    index: u32,
    file: File,
    written: u64,
    since: Instant,
}

struct Socket {
    listener: TcpListener,
    port: u16,
    records: usize,
    reader: Option<TcpStream>,
}

impl Sink {
    fn open(target: Target) -> io::Result<Sink> {
        Ok(match target {
            Target::File(path) => Sink::File(File::create(path)?),
            Target::Wrap(wrap) => {
                let file = wrap.begin(0)?;
                Sink::Files(Files {
                    wrap,
                    index: 0,
                    file,
                    written: 0,
                    since: Instant::now(),
                })
            }
            Target::Socket(port, records) => {
                let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, port))?;
                listener.set_nonblocking(true)?;
                Sink::Socket(Socket {
                    port: listener.local_addr()?.port(),
                    listener,
                    records,
                    reader: None,
                })
            }
        })
    }

    /// Could something be written now?
    fn is_ready(&self) -> bool {
        match self {
            Sink::File(_) | Sink::Files(_) => true,
            Sink::Socket(socket) => socket.reader.is_some(),
        }
    }

    /// Looks for a reader that came or went.
    fn look(&mut self) -> io::Result<()> {
        match self {
            Sink::File(_) | Sink::Files(_) => Ok(()),
            Sink::Socket(socket) => socket.look(),
        }
    }

    fn write(&mut self, records: &[u8]) -> io::Result<()> {
        match self {
            Sink::File(file) => file.write_all(records),
            Sink::Files(files) => split(records).try_for_each(|record| files.write(record)),
            Sink::Socket(socket) => {
                socket.write(records);
                Ok(())
            }
        }
    }
}

/// The records in a run of them.
fn split(mut records: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let head: &[u8; 5] = records.first_chunk()?;
        let size = u32::from_be_bytes([head[1], head[2], head[3], head[4]]) as usize;
        let length = if head[0] == 0 { 5 + size } else { 5 };
        let (record, rest) = records.split_at_checked(length)?;
        records = rest;
        Some(record)
    })
}

impl Wrap {
    fn path(&self, index: u32) -> PathBuf {
        let mut name = self.name.clone();
        name.extend_from_slice(index.to_string().as_bytes());
        name.extend_from_slice(&self.suffix);
        PathBuf::from(std::ffi::OsString::from_vec(name))
    }

    fn after(&self, index: u32) -> u32 {
        (index + 1) % (self.count + 1)
    }

    /// Begins a file, and makes the number after it the missing one.
    fn begin(&self, index: u32) -> io::Result<File> {
        let _there_may_be_none = std::fs::remove_file(self.path(self.after(index)));
        File::create(self.path(index))
    }
}

impl Files {
    fn write(&mut self, record: &[u8]) -> io::Result<()> {
        let full = match self.wrap.limit {
            Limit::Bytes(bytes) => self.written >= bytes,
            Limit::Time(time) => self.since.elapsed() >= time,
        };
        if full {
            self.index = self.wrap.after(self.index);
            self.file = self.wrap.begin(self.index)?;
            self.written = 0;
            self.since = Instant::now();
        }
        self.written += record.len() as u64;
        self.file.write_all(record)
    }
}

impl Socket {
    fn look(&mut self) -> io::Result<()> {
        if let Some(reader) = &mut self.reader {
            let mut nothing = [0; 64];
            let gone = match reader.read(&mut nothing) {
                Ok(0) => true,
                Ok(_) => false,
                Err(error) => !waits(&error),
            };
            if gone {
                self.reader = None;
            }
            return Ok(());
        }
        match self.listener.accept() {
            Ok((reader, _)) => {
                reader.set_nonblocking(true)?;
                let _only_slower = reader.set_nodelay(true);
                self.reader = Some(reader);
                Ok(())
            }
            Err(error) if waits(&error) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Writes all of it, at the reader's pace; a reader that goes takes the rest with it.
    fn write(&mut self, mut records: &[u8]) {
        while let Some(reader) = &mut self.reader
            && !records.is_empty()
        {
            match reader.write(records) {
                Ok(0) => self.reader = None,
                Ok(n) => records = &records[n..],
                Err(error) if waits(&error) => std::thread::sleep(Duration::from_millis(1)),
                Err(_) => self.reader = None,
            }
        }
    }
}

fn waits(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_split_where_they_begin() {
        let bytes = [0, 0, 0, 0, 2, 7, 8, 1, 0, 0, 0, 9, 0, 0, 0, 0, 0];
        let records: Vec<&[u8]> = split(&bytes).collect();
        assert_eq!(
            records,
            [&bytes[..7], &bytes[7..12], &bytes[12..]],
            "an event of two bytes, a count, an empty event"
        );
        assert_eq!(split(&[0, 0, 0, 0, 9, 1]).count(), 0, "cut short");
    }

    #[test]
    fn the_number_after_the_newest_file_is_missing() {
        let folder = std::env::temp_dir().join(format!("trace-port-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let name = folder.join("w").into_os_string().into_vec();
        let wrap = Wrap {
            name,
            suffix: b".log".to_vec(),
            limit: Limit::Bytes(1),
            count: 2,
        };
        let Ok(Sink::Files(mut files)) = Sink::open(Target::Wrap(wrap)) else {
            panic!("a set of files");
        };
        for n in 0..4u8 {
            files.write(&[1, 0, 0, 0, n]).expect("written");
        }
        let there = |n: u32| files.wrap.path(n).exists();
        // Written in the order 0, 1, 2, 0: the newest is 0, so 1 is missing and 2 the oldest.
        assert_eq!([there(0), there(1), there(2)], [true, false, true]);
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
