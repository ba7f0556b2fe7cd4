//! The sources that mutations start from: the language suite, the library and the examples, small files only.

use crate::tree;

/// Longer files make slow cases and no better ones.
const LONGEST: usize = 24 * 1024;

/// File name (relative to the root) and text.
pub struct Source {
    pub name: String,
    pub text: String,
}

/// All of them, in order of their names.
pub fn sources() -> Vec<Source> {
    ["tests/lang", "stdlib/src", "examples"]
        .iter()
        .flat_map(|folder| tree::files(&tree::root().join(folder), "erl"))
        .filter_map(|path| {
            let text = std::fs::read_to_string(&path).ok()?;
            (text.len() <= LONGEST).then(|| Source {
                name: tree::shown(&path),
                text,
            })
        })
        .collect()
}
