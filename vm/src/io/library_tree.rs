//! The library's applications as a directory tree that no disk holds: `/transom:/lib/APPLICATION/include/HEADER.hrl`, read from the
//! VM's image. `code:root_dir/0` and `code:lib_dir/0,1,2` answer paths in it; the file primitives and the preprocessor look here
//! before they ask the operating system. The tree cannot be written. (Its root is a name that nobody gives a real directory; a
//! relative path would change its meaning with the current directory.)

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use rustix::io::Errno;

use crate::vm::Image;

/// What paths of the tree begin with.
pub const ROOT: &str = "/transom:";

/// The name under which the image lists its headers, one a line.
pub const HEADERS: &str = "/";

/// Applications that are part of the library, with headers or without.
const APPLICATIONS: [&str; 10] = [
    "compiler",
    "crypto",
    "eunit",
    "kernel",
    "runtime_tools",
    "parsetools",
    "sasl",
    "stdlib",
    "syntax_tools",
    "tools",
];

/// What a path of the tree names.
#[derive(Debug, PartialEq, Eq)]
pub enum Node {
    File(Vec<u8>),
    Directory(BTreeSet<String>),
}

/// What a path of the tree names; `None` for a path elsewhere.
pub fn look_up(image: Option<&Image>, path: &Path) -> Option<io::Result<Node>> {
    let wanted = parts(path)?;
    let mut names = BTreeSet::new();
    let listed = image.and_then(|image| image(HEADERS)).unwrap_or_default();
    let listed = String::from_utf8_lossy(&listed);
    let folders = APPLICATIONS.iter().copied();
    for known in folders.chain(listed.lines()) {
        let known = format!("lib/{known}");
        let steps: Vec<&str> = known.split('/').collect();
        if steps == wanted && known.contains("/include/") {
            let bytes = image.and_then(|image| image(&known["lib/".len()..]));
            return Some(bytes.map(Node::File).ok_or_else(|| Errno::NOENT.into()));
        }
        if let Some(rest) = steps.strip_prefix(wanted.as_slice()) {
            names.extend(rest.first().map(|name| (*name).to_owned()));
        } else if wanted.starts_with(&steps) && known.contains("/include/") {
            return Some(Err(Errno::NOTDIR.into()));
        }
    }
    let known_but_empty = wanted.len() == 2 && APPLICATIONS.contains(&wanted[1]);
    Some(if names.is_empty() && !known_but_empty {
        Err(Errno::NOENT.into())
    } else {
        Ok(Node::Directory(names))
    })
}

/// The bytes of a file of the tree.
pub fn read(image: Option<&Image>, path: &Path) -> Option<io::Result<Vec<u8>>> {
    Some(look_up(image, path)?.and_then(|node| match node {
        Node::File(bytes) => Ok(bytes),
        Node::Directory(_) => Err(Errno::ISDIR.into()),
    }))
}

/// Why nothing is written here.
pub fn refuse(path: &Path) -> io::Result<()> {
    match parts(path) {
        Some(_) => Err(Errno::ROFS.into()),
        None => Ok(()),
    }
}

/// The names below the root, `.` and `..` resolved.
fn parts(path: &Path) -> Option<Vec<&str>> {
    let rest = path.to_str()?.strip_prefix(ROOT)?;
    if !(rest.is_empty() || rest.starts_with('/')) {
        return None;
    }
    let mut parts = Vec::new();
    for part in rest.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn image() -> Image {
        Arc::new(|name: &str| match name {
            HEADERS => Some(b"eunit/include/eunit.hrl\nkernel/include/file.hrl".to_vec()),
            "eunit/include/eunit.hrl" => Some(b"%".to_vec()),
            _ => None,
        })
    }

    fn names(path: &str) -> Vec<String> {
        match look_up(Some(&image()), Path::new(path)) {
            Some(Ok(Node::Directory(names))) => names.into_iter().collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn directories_list_what_lies_below() {
        assert_eq!(names("/transom:"), ["lib"]);
        assert_eq!(names("/transom:/lib").len(), APPLICATIONS.len());
        assert_eq!(names("/transom:/lib/kernel/"), ["include"]);
        assert_eq!(
            names("/transom:/lib/kernel/../eunit//include/."),
            ["eunit.hrl"]
        );
    }

    #[test]
    fn files_are_read_and_what_is_not_there_says_why() {
        let error = |path: &str| {
            read(Some(&image()), Path::new(path)).and_then(|r| r.err()?.raw_os_error())
        };
        let found = read(
            Some(&image()),
            Path::new("/transom:/lib/eunit/include/eunit.hrl"),
        );
        assert_eq!(found.and_then(Result::ok), Some(b"%".to_vec()));
        assert_eq!(
            error("/transom:/lib/eunit/include"),
            Some(Errno::ISDIR.raw_os_error())
        );
        assert_eq!(
            error("/transom:/lib/none"),
            Some(Errno::NOENT.raw_os_error())
        );
        assert_eq!(
            error("/transom:/lib/eunit/include/eunit.hrl/x"),
            Some(Errno::NOTDIR.raw_os_error())
        );
    }

    #[test]
    fn other_paths_are_not_ours() {
        assert!(look_up(Some(&image()), Path::new("/tmp")).is_none());
        assert!(look_up(Some(&image()), Path::new("/transom:x")).is_none());
        assert!(refuse(Path::new("/tmp/x")).is_ok() && refuse(Path::new("/transom:/x")).is_err());
    }
}
