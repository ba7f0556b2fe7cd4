//! Where control sockets lie: one file for each VM, `PID` or `PID-NAME`, in a directory that only its user can enter.

use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

/// A VM that listens.
#[derive(Debug, Clone)]
pub struct Place {
    pub pid: u32,
    pub name: Option<String>,
    pub path: PathBuf,
}

/// `$XDG_RUNTIME_DIR/transom`, else a directory of this user under the temporary folder. Made when missing; refused when others own or
/// can enter it: whoever can replace a socket can read what is typed.
pub fn directory() -> Result<PathBuf, String> {
    let uid = rustix::process::getuid().as_raw();
    let path = match std::env::var_os("XDG_RUNTIME_DIR").filter(|d| Path::new(d).is_dir()) {
        Some(runtime) => PathBuf::from(runtime).join("transom"),
        None => std::env::temp_dir().join(format!("transom-{uid}")),
    };
    match std::fs::DirBuilder::new().mode(0o700).create(&path) {
        Ok(()) => {}
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
        Err(e) => return Err(format!("{}: {e}", path.display())),
    }
    let data = std::fs::symlink_metadata(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    if !data.is_dir() || data.uid() != uid || data.mode() & 0o077 != 0 {
        return Err(format!(
            "{} is not a directory that only you can enter",
            path.display()
        ));
    }
    Ok(path)
}

/// The file of a VM with that name in this directory.
pub fn path(directory: &Path, pid: u32, name: Option<&str>) -> PathBuf {
    directory.join(match name {
        Some(name) => format!("{pid}-{name}"),
        None => pid.to_string(),
    })
}

/// The file of a socket that does not listen yet, which is no place of a VM.
pub fn unready(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}"))
}

/// Whether a name can be part of a file name and of a command line.
pub fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 60
        && !name.starts_with(['-', '.'])
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "._@-".contains(c))
        && name.parse::<u32>().is_err()
}

/// The VMs that listen, by process number. Sockets of dead ones are removed.
pub fn all() -> Result<Vec<Place>, String> {
    let directory = directory()?;
    let entries =
        std::fs::read_dir(&directory).map_err(|e| format!("{}: {e}", directory.display()))?;
    let mut places: Vec<Place> = entries
        .filter_map(|entry| parse(&entry.ok()?.path()))
        .filter(lives)
        .collect();
    places.sort_by_key(|place| place.pid);
    Ok(places)
}

fn parse(path: &Path) -> Option<Place> {
    let text = path.file_name()?.to_str()?;
    let (pid, name) = match text.split_once('-') {
        Some((pid, name)) => (pid, Some(name.to_owned())),
        None => (text, None),
    };
    Some(Place {
        pid: pid.parse().ok()?,
        name,
        path: path.to_owned(),
    })
}

/// Nobody listens on the socket of a dead VM; a full queue of connections still counts as life.
fn lives(place: &Place) -> bool {
    match UnixStream::connect(&place.path) {
        Err(e) if e.kind() == io::ErrorKind::ConnectionRefused => {
            let _gone_already = std::fs::remove_file(&place.path);
            false
        }
        Err(e) => e.kind() != io::ErrorKind::NotFound,
        Ok(_) => true,
    }
}

/// The VM with that name or process number.
pub fn find(wanted: &str) -> Result<Place, String> {
    let all = all()?;
    let found = all.iter().find(|place| match wanted.parse::<u32>() {
        Ok(pid) => place.pid == pid,
        Err(_) => place.name.as_deref() == Some(wanted),
    });
    if let Some(place) = found {
        return Ok(place.clone());
    }
    let names: Vec<String> = all
        .iter()
        .map(|place| place.name.clone().unwrap_or_else(|| place.pid.to_string()))
        .collect();
    let others = if names.is_empty() {
        "no VM of yours is running".to_owned()
    } else {
        format!("running: {}", names.join(", "))
    };
    Err(format!("no running VM is called '{wanted}' ({others})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_says_who_listens() {
        let path = path(Path::new("/run"), 17, Some("a-b@c"));
        let place = parse(&path).expect("a name of our own");
        assert_eq!((place.pid, place.name.as_deref()), (17, Some("a-b@c")));
        assert!(parse(Path::new("/run/other.txt")).is_none());
        assert!(parse(&unready(&path)).is_none(), "it does not listen yet");
    }

    #[test]
    fn names_are_no_paths_options_or_numbers() {
        assert!(is_name("shop") && is_name("shop@home") && is_name("a.b-c_d"));
        for bad in ["", "..", "-x", "a/b", "12", "a b", "a\n"] {
            assert!(!is_name(bad), "{bad:?}");
        }
    }
}
