//! Directories that a test has to itself: a name may be asked for any number of times, in one process or in several, and each time it is another directory.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::tree;

/// A new directory below the temporary one; removed with all that is in it when dropped.
pub struct Scratch(PathBuf);

impl Scratch {
    /// `name` is for whoever looks at what is there meanwhile.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn new(name: &str) -> io::Result<Scratch> {
        static MADE: AtomicU64 = AtomicU64::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("transom-{}-{number}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        // A process that had this number before may have been killed with its directory in place.
        let _left_behind = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).map_err(|e| at(&path, &e))?;
        Ok(Scratch(path))
    }

    /// A directory that looks like the root of the repository: what lies there is linked, and what a program writes beside it nobody else meets.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn like_root(name: &str) -> io::Result<Scratch> {
        let scratch = Scratch::new(name)?;
        for entry in std::fs::read_dir(tree::root())? {
            let name = entry?.file_name();
            if name != "target" && !name.to_string_lossy().starts_with('.') {
                std::os::unix::fs::symlink(tree::root().join(&name), scratch.path().join(&name))?;
            }
        }
        Ok(scratch)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// A file in it, with its folders.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, name: impl AsRef<Path>, text: impl AsRef<[u8]>) -> io::Result<PathBuf> {
        let path = self.0.join(name);
        let folder = path.parent().unwrap_or(&self.0);
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&path, text))
            .map_err(|e| at(&path, &e))?;
        Ok(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.0);
    }
}

fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
