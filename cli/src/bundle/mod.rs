//! Bundles: one executable that holds the VM and a program.
//!
//! ```text
//!  the transom program | options | archive | footer (64 bytes)
//!  footer: length of the options (u64, little endian), of the archive (u64), SHA-256 of all after the program before itself, magic (16 bytes)
//! ```
//! Options are words of the command line that were given to `transom bundle`, each ended by a zero byte, after the word that says what the program is. What the
//! archive holds is known to `stdlib/src/transom_bundle.erl` alone.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

pub mod start;

/// The last bytes of a bundle; the digit is the version of the layout.
const MAGIC: [u8; 16] = *b"transom bundle 1";
const FOOTER: usize = 64;

/// What a bundle runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `main/1` gets all arguments.
    Script,
    /// `start/0`.
    Start,
    /// An application, or functions of a project.
    Project,
}

impl Kind {
    /// As the first word of the options.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Script => "script",
            Kind::Start => "start",
            Kind::Project => "project",
        }
    }

    fn of(word: &str) -> Option<Kind> {
        [Kind::Script, Kind::Start, Kind::Project]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

/// What follows the program in a bundle.
#[derive(Debug, PartialEq, Eq)]
pub struct Bundle {
    pub kind: Kind,
    /// Words for the VM, from `transom bundle`.
    pub options: Vec<String>,
    pub archive: Vec<u8>,
    /// The digest in hexadecimal digits: the same for the same contents.
    pub digest: String,
}

impl Bundle {
    /// What follows the program `exe`; none when nothing does.
    ///
    /// # Errors
    /// It ends like a bundle and is none, or not a whole one.
    pub fn read(exe: &Path) -> Result<Option<Bundle>, String> {
        let Ok(mut file) = File::open(exe) else {
            return Ok(None);
        };
        let (Ok(size), mut footer) = (file.seek(SeekFrom::End(0)), [0; FOOTER]) else {
            return Ok(None);
        };
        let found = file
            .seek(SeekFrom::End(-(FOOTER as i64)))
            .and_then(|_| file.read_exact(&mut footer));
        if found.is_err() || footer[48..] != MAGIC {
            return Ok(None);
        }
        let damaged = |what: &str| {
            format!(
                "the bundle {} is damaged ({what}): make it or copy it again",
                exe.display()
            )
        };
        let length = |at: usize| {
            let bytes: [u8; 8] = footer[at..at + 8].try_into().unwrap_or_default();
            u64::from_le_bytes(bytes)
        };
        let (options, archive) = (length(0), length(8));
        let whole = options.checked_add(archive);
        let Some(whole) = whole.filter(|n| *n <= size - FOOTER as u64) else {
            return Err(damaged("its lengths do not fit"));
        };
        let mut bytes = vec![0; whole as usize];
        file.seek(SeekFrom::Start(size - FOOTER as u64 - whole))
            .and_then(|_| file.read_exact(&mut bytes))
            .map_err(|e| damaged(&e.to_string()))?;
        let digest = digest(&bytes);
        if digest[..] != footer[16..48] {
            return Err(damaged("its checksum is wrong"));
        }
        let archive = bytes.split_off(options as usize);
        let mut words = String::from_utf8(bytes)
            .map_err(|_| damaged("its options are no text"))?
            .split_terminator('\0')
            .map(str::to_owned)
            .collect::<Vec<_>>()
            .into_iter();
        let kind = words.next().and_then(|word| Kind::of(&word));
        Ok(Some(Bundle {
            kind: kind.ok_or_else(|| damaged("it was made by another version"))?,
            options: words.collect(),
            archive,
            digest: digest.iter().map(|b| format!("{b:02x}")).collect(),
        }))
    }
}

fn digest(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

/// Writes a bundle: `exe` with all that follows. The file appears whole or not at all.
///
/// # Errors
/// What could not be written or read, and why.
pub fn write(
    exe: &Path,
    to: &Path,
    kind: Kind,
    options: &[String],
    archive: &[u8],
) -> Result<(), String> {
    let mut tail: Vec<u8> = std::iter::once(kind.word())
        .chain(options.iter().map(String::as_str))
        .flat_map(|word| word.bytes().chain([0]))
        .collect();
    let lengths = [tail.len() as u64, archive.len() as u64];
    tail.extend(archive);
    let digest = digest(&tail);
    tail.extend(lengths.iter().flat_map(|n| n.to_le_bytes()));
    tail.extend(digest);
    tail.extend(MAGIC);
    let beside = beside(to);
    let written = append(exe, &beside, &tail).and_then(|()| std::fs::rename(&beside, to));
    written.map_err(|e| {
        let _none_was_made = std::fs::remove_file(&beside);
        format!("{}: {e}", to.display())
    })
}

/// A name in the same directory, so that renaming is one step.
fn beside(to: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(to.file_name().unwrap_or_default());
    name.push(format!(".{}", std::process::id()));
    to.with_file_name(name)
}

fn append(exe: &Path, to: &Path, tail: &[u8]) -> io::Result<()> {
    let mut from = File::open(exe)?;
    let mut file = File::create(to)?;
    io::copy(&mut from, &mut file)?;
    file.write_all(tail)?;
    file.set_permissions(std::fs::Permissions::from_mode(0o755))?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A directory for one test.
    fn scratch(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("bundle-{}-{name}", std::process::id()));
        let _none_before = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a place for the test");
        path
    }

    #[test]
    fn what_is_written_is_read() {
        let dir = scratch("round");
        let (exe, to) = (dir.join("exe"), dir.join("out"));
        std::fs::write(&exe, b"the program").expect("written");
        assert_eq!(Bundle::read(&exe), Ok(None));
        let options = ["--name".to_owned(), "a b".to_owned()];
        write(&exe, &to, Kind::Project, &options, b"archive").expect("written");
        let bundle = Bundle::read(&to).expect("whole").expect("a bundle");
        assert_eq!(bundle.kind, Kind::Project);
        assert_eq!(bundle.options, options);
        assert_eq!(bundle.archive, b"archive");
        assert_eq!(bundle.digest.len(), 64);
        let mode = std::fs::metadata(&to).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o755);
        let _ = std::fs::remove_dir_all(&dir);
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let dir = scratch("damage");
        let (exe, to) = (dir.join("exe"), dir.join("out"));
        std::fs::write(&exe, b"the program").expect("written");
        write(&exe, &to, Kind::Script, &[], b"archive").expect("written");
        let good = std::fs::read(&to).expect("there");
        // All bytes after the program and before the magic; without the magic it is no bundle.
        for at in b"the program".len()..good.len() - MAGIC.len() {
            let mut bad = good.clone();
            bad[at] ^= 0x41;
            std::fs::write(&to, &bad).expect("written");
            let found = Bundle::read(&to);
            assert!(found.is_err(), "byte {at}: {found:?}");
        }
        for length in [0, 1, FOOTER - 1] {
            std::fs::write(&to, &good[good.len() - length..]).expect("written");
            assert_eq!(Bundle::read(&to), Ok(None));
        }
        let _ = std::fs::remove_dir_all(&dir);
    }
}
