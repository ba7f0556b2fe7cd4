//! Open files: a handle is a magic reference to one of these. Every operation may block, so it runs on a dirty thread, but for reading what is in memory.

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use parking_lot::Mutex;
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::os::fd::AsRawFd;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::Duration;

use super::later::Bounds;
use super::plain::{Plain, Wait, piece};

/// More than this is not read on the thread of a scheduler even if it is in memory.
const AT_ONCE: usize = 1 << 16;

/// How a file is opened.
#[derive(Clone, Copy, Debug, Default)]
pub struct OpenModes {
    pub read: bool,
    pub write: bool,
    pub append: bool,
    pub exclusive: bool,
    pub directory: bool,
    pub compressed: bool,
    /// How much is read at once.
    pub read_ahead: Option<usize>,
    /// How much is written later, and when.
    pub delayed_write: Option<Bounds>,
    /// `read` and `write` together leave the content alone; `write` alone empties the file.
    pub keep: bool,
}

/// An open file, or what is left of a closed one.
pub struct OpenFile(Mutex<Option<Store>>);

/// Where the bytes of an open file are.
enum Store {
    Plain(Plain),
    /// Written through a compressor: forwards only.
    Gzip(Box<GzEncoder<File>>),
}

/// Where a position is counted from.
#[derive(Clone, Copy, Debug)]
pub enum From {
    Start(u64),
    Current(i64),
    End(i64),
}

/// A file without a name that lives in memory (or, where the system has no such thing, in the folder for temporary files).
fn nameless() -> io::Result<File> {
    #[cfg(target_os = "linux")]
    {
        let flags = rustix::fs::MemfdFlags::CLOEXEC;
        Ok(File::from(rustix::fs::memfd_create("transom", flags)?))
    }
    #[cfg(not(target_os = "linux"))]
    {
        let unique = format!("transom-{}-{:p}", std::process::id(), &0u8);
        let path = std::env::temp_dir().join(unique);
        let file = File::options()
            .read(true)
            .write(true)
            .create_new(true)
            .open(&path)?;
        std::fs::remove_file(path)?;
        Ok(file)
    }
}

impl OpenFile {
    fn plain(file: File, ahead: Option<usize>) -> OpenFile {
        OpenFile::of(Plain::new(file, ahead))
    }

    fn of(plain: Plain) -> OpenFile {
        OpenFile(Mutex::new(Some(Store::Plain(plain))))
    }

    /// Opens a file; directories and what the modes do not allow are errors of the system's kind.
    pub fn open(path: &Path, modes: OpenModes) -> io::Result<OpenFile> {
        let mut options = File::options();
        options.read(modes.read || !(modes.write || modes.append));
        if modes.append {
            options.append(true).create(true);
        } else if modes.write || modes.exclusive {
            options
                .write(true)
                .create(true)
                .truncate(!modes.keep && !modes.read && !modes.exclusive);
        }
        if modes.exclusive {
            options.write(true).create_new(true);
        }
        let file = options.open(path)?;
        if file.metadata()?.is_dir() && !modes.directory {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if !modes.compressed {
            let plain = Plain::new(file, modes.read_ahead);
            return Ok(OpenFile::of(plain.written_later(modes.delayed_write)));
        }
        match (modes.read, modes.write || modes.append) {
            (true, true) => Err(io::ErrorKind::InvalidInput.into()),
            (_, true) => Ok(OpenFile(Mutex::new(Some(Store::Gzip(Box::new(
                GzEncoder::new(file, Compression::default()),
            )))))),
            (_, false) => decompressed(file, modes.read_ahead),
        }
    }

    /// A file in memory with this content; its position is at the start.
    pub fn in_memory(content: &[u8]) -> io::Result<OpenFile> {
        let mut file = nameless()?;
        file.write_all(content)?;
        file.rewind()?;
        Ok(OpenFile::plain(file, None))
    }

    /// The same, and what is written to it is refused.
    pub fn in_memory_to_read(content: &[u8]) -> io::Result<OpenFile> {
        let mut file = nameless()?;
        file.write_all(content)?;
        file.rewind()?;
        // Opened anew by its descriptor's name, for reading only; without such names a write reaches the copy alone.
        let again = File::open(format!("/dev/fd/{}", file.as_raw_fd()));
        Ok(OpenFile::plain(again.unwrap_or(file), None))
    }

    fn with<T>(&self, work: impl FnOnce(&mut File) -> io::Result<T>) -> io::Result<T> {
        self.with_plain(|plain| work(plain.settled()?))
    }

    fn with_plain<T>(&self, work: impl FnOnce(&mut Plain) -> io::Result<T>) -> io::Result<T> {
        plain_of(self.0.lock().as_mut()).and_then(work)
    }

    /// The same if nobody else is at it and it need not wait.
    fn now<T>(&self, work: impl FnOnce(&mut Plain) -> io::Result<T>) -> Option<io::Result<T>> {
        let outcome = plain_of(self.0.try_lock()?.as_mut()).and_then(work);
        match outcome {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => None,
            outcome => Some(outcome),
        }
    }

    /// Closes it; an error if it is closed already.
    pub fn close(&self) -> io::Result<()> {
        match self.0.lock().take() {
            Some(Store::Plain(mut plain)) => plain.settled().map(drop),
            Some(Store::Gzip(encoder)) => encoder.finish().map(drop),
            None => Err(closed()),
        }
    }

    /// At most `most` bytes; fewer only at the end. Nothing at the end is `None`.
    pub fn read(&self, most: usize) -> io::Result<Option<Vec<u8>>> {
        let bytes = self.with_plain(|plain| plain.read(most, Wait::Yes))?;
        Ok((!bytes.is_empty() || most == 0).then_some(bytes))
    }

    /// The same if it can be had at once.
    pub fn read_now(&self, most: usize) -> Option<io::Result<Option<Vec<u8>>>> {
        if most == 0 || most > AT_ONCE {
            return None;
        }
        let outcome = self.now(|plain| plain.read(most, Wait::No))?;
        Some(outcome.map(some))
    }

    /// A line with its end, or what is left before the end of the file.
    pub fn read_line(&self) -> io::Result<Option<Vec<u8>>> {
        self.with_plain(|plain| plain.line(Wait::Yes)).map(some)
    }

    /// The same if it can be had at once.
    pub fn read_line_now(&self) -> Option<io::Result<Option<Vec<u8>>>> {
        self.now(|plain| plain.line(Wait::No)).map(|o| o.map(some))
    }

    /// Keeps bytes for later, if the file is one for that and has room for them; see [`super::later::Kept::keep`].
    pub fn keep(&self, bytes: &[u8]) -> Option<Option<Duration>> {
        match self.0.try_lock()?.as_mut()? {
            Store::Plain(plain) => plain.keep(bytes),
            Store::Gzip(_) => None,
        }
    }

    /// Writes what was kept.
    pub fn write_kept(&self) {
        if let Some(Store::Plain(plain)) = self.0.lock().as_mut() {
            plain.write_kept();
        }
    }

    /// Writes all bytes where the file stands.
    pub fn write(&self, bytes: &[u8]) -> io::Result<()> {
        match self.0.lock().as_mut() {
            Some(Store::Plain(plain)) => plain.settled()?.write_all(bytes),
            Some(Store::Gzip(encoder)) => encoder.write_all(bytes),
            None => Err(closed()),
        }
    }

    /// Reads elsewhere; the position stays.
    pub fn pread(&self, at: u64, most: usize) -> io::Result<Option<Vec<u8>>> {
        let bytes = self.with(|file| piece(file, at, most.min(1 << 26), Wait::Yes))?;
        Ok((!bytes.is_empty() || most == 0).then_some(bytes))
    }

    /// The same if it can be had at once.
    pub fn pread_now(&self, at: u64, most: usize) -> Option<io::Result<Option<Vec<u8>>>> {
        if most == 0 || most > AT_ONCE {
            return None;
        }
        let outcome = self.now(|plain| piece(plain.settled()?, at, most, Wait::No))?;
        Some(outcome.map(some))
    }

    /// Writes all bytes at a place, without moving.
    pub fn pwrite(&self, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.with(|file| file.write_all_at(bytes, at))
    }

    /// Moves, and answers where the file stands then.
    pub fn position(&self, to: From) -> io::Result<u64> {
        self.with(|file| {
            file.seek(match to {
                From::Start(at) => SeekFrom::Start(at),
                From::Current(by) => SeekFrom::Current(by),
                From::End(by) => SeekFrom::End(by),
            })
        })
    }

    /// Ends the file at its position.
    pub fn truncate(&self) -> io::Result<()> {
        self.with(|file| {
            let at = file.stream_position()?;
            file.set_len(at)
        })
    }

    /// Waits until everything written is on the disk.
    pub fn sync(&self) -> io::Result<()> {
        self.with(|file| file.sync_all())
    }

    /// The same without what is not needed to read the content again.
    pub fn datasync(&self) -> io::Result<()> {
        self.with(|file| file.sync_data())
    }

    /// Tells the system how the bytes will be used; `false`: it has no such word.
    pub fn advise(&self, offset: u64, length: u64, how: &str) -> io::Result<bool> {
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::Advice;
            let advice = match how {
                "normal" => Advice::Normal,
                "sequential" => Advice::Sequential,
                "random" => Advice::Random,
                "no_reuse" => Advice::NoReuse,
                "will_need" => Advice::WillNeed,
                "dont_need" => Advice::DontNeed,
                _ => return Ok(false),
            };
            let length = std::num::NonZeroU64::new(length);
            self.with(|file| Ok(rustix::fs::fadvise(&*file, offset, length, advice)?))?;
            Ok(true)
        }
        #[cfg(not(target_os = "linux"))]
        {
            let _ = (offset, length);
            Ok([
                "normal",
                "sequential",
                "random",
                "no_reuse",
                "will_need",
                "dont_need",
            ]
            .contains(&how))
        }
    }

    /// Takes room on the disk beforehand; the size stays.
    pub fn allocate(&self, offset: u64, length: u64) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        {
            let flags = rustix::fs::FallocateFlags::KEEP_SIZE;
            self.with(|file| Ok(rustix::fs::fallocate(&*file, flags, offset, length)?))
        }
        #[cfg(not(target_os = "linux"))]
        {
            let _ = (offset, length);
            self.with(|_| Err(io::ErrorKind::Unsupported.into()))
        }
    }
}

/// The content of a compressed file; one that is not compressed is read as it is.
fn decompressed(mut file: File, ahead: Option<usize>) -> io::Result<OpenFile> {
    let mut magic = [0; 2];
    let count = file.read_at(&mut magic, 0)?;
    if count < 2 || magic != [0x1f, 0x8b] {
        return Ok(OpenFile::plain(file, ahead));
    }
    let mut content = nameless()?;
    io::copy(&mut MultiGzDecoder::new(&mut file), &mut content)?;
    content.rewind()?;
    Ok(OpenFile::plain(content, ahead))
}

/// Nothing is the end.
fn some(bytes: Vec<u8>) -> Option<Vec<u8>> {
    (!bytes.is_empty()).then_some(bytes)
}

/// What a compressor writes to cannot be read.
fn plain_of(store: Option<&mut Store>) -> io::Result<&mut Plain> {
    match store {
        Some(Store::Plain(plain)) => Ok(plain),
        Some(Store::Gzip(_)) => Err(io::ErrorKind::InvalidInput.into()),
        None => Err(closed()),
    }
}

/// What a closed handle answers.
fn closed() -> io::Error {
    io::Error::other("closed")
}

/// The POSIX name of an error, as Erlang's file functions answer it.
pub fn posix_name(error: &io::Error) -> &'static str {
    use io::ErrorKind as K;
    if let Some(name) = error.raw_os_error().and_then(by_number) {
        return name;
    }
    match error.kind() {
        K::NotFound => "enoent",
        K::PermissionDenied => "eacces",
        K::AlreadyExists => "eexist",
        K::IsADirectory => "eisdir",
        K::NotADirectory => "enotdir",
        K::DirectoryNotEmpty => "eexist",
        K::InvalidInput => "einval",
        K::StorageFull => "enospc",
        K::BrokenPipe => "epipe",
        K::ConnectionRefused => "econnrefused",
        K::ConnectionReset => "econnreset",
        K::NotConnected => "enotconn",
        K::AddrInUse => "eaddrinuse",
        K::AddrNotAvailable => "eaddrnotavail",
        K::TimedOut => "etimedout",
        K::OutOfMemory => "enomem",
        K::Other => "einval",
        _ => "eio",
    }
}

/// Numbers that Linux and macOS share, and those of Linux.
fn by_number(number: i32) -> Option<&'static str> {
    Some(match number {
        1 => "eperm",
        2 => "enoent",
        3 => "esrch",
        4 => "eintr",
        5 => "eio",
        6 => "enxio",
        7 => "e2big",
        8 => "enoexec",
        9 => "ebadf",
        10 => "echild",
        12 => "enomem",
        13 => "eacces",
        14 => "efault",
        16 => "ebusy",
        17 => "eexist",
        18 => "exdev",
        19 => "enodev",
        20 => "enotdir",
        21 => "eisdir",
        22 => "einval",
        23 => "enfile",
        24 => "emfile",
        25 => "enotty",
        26 => "etxtbsy",
        27 => "efbig",
        28 => "enospc",
        29 => "espipe",
        30 => "erofs",
        31 => "emlink",
        32 => "epipe",
        _ if cfg!(target_os = "linux") => match number {
            11 => "eagain",
            35 => "edeadlk",
            37 => "enolck",
            38 => "enosys",
            61 => "enodata",
            62 => "etime",
            71 => "eproto",
            74 => "ebadmsg",
            75 => "eoverflow",
            84 => "eilseq",
            88 => "enotsock",
            89 => "edestaddrreq",
            90 => "emsgsize",
            91 => "eprototype",
            92 => "enoprotoopt",
            93 => "eprotonosupport",
            94 => "esocktnosupport",
            97 => "eafnosupport",
            100 => "enetdown",
            102 => "enetreset",
            105 => "enobufs",
            106 => "eisconn",
            108 => "eshutdown",
            112 => "ehostdown",
            114 => "ealready",
            115 => "einprogress",
            36 => "enametoolong",
            // OTP answers eexist for a directory that is not empty.
            39 => "eexist",
            40 => "eloop",
            95 => "enotsup",
            98 => "eaddrinuse",
            99 => "eaddrnotavail",
            101 => "enetunreach",
            103 => "econnaborted",
            104 => "econnreset",
            107 => "enotconn",
            110 => "etimedout",
            111 => "econnrefused",
            113 => "ehostunreach",
            122 => "edquot",
            _ => return None,
        },
        _ => return None,
    })
}
