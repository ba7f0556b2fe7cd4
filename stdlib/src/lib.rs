//! The standard library as one image of verified bytecode files, made by the build script. Looking a module up reads the index
//! only; nothing is decoded before a program asks for it.
#![forbid(unsafe_code)]

/// See `build.rs` for the layout.
static IMAGE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/stdlib.image"));

const HEADER: usize = 12;

/// The bytecode file of a module, or a header by the name that `-include_lib` gives it (`eunit/include/eunit.hrl`).
pub fn module(name: &str) -> Option<&'static [u8]> {
    all()
        .find(|(found, _)| *found == name)
        .map(|(_, bytes)| bytes)
}

/// All modules: names in order, and their files.
pub fn entries() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    all().filter(|(name, _)| !name.contains('/'))
}

/// The names of the headers.
pub fn headers() -> impl Iterator<Item = &'static str> {
    all()
        .map(|(name, _)| name)
        .filter(|name| name.contains('/'))
}

/// Modules and headers.
fn all() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let count = number::<4>(8);
    let mut at = HEADER;
    (0..count).filter_map(move |_| {
        let len = number::<2>(at);
        let name = IMAGE.get(at + 2..at + 2 + len)?;
        at += 2 + len;
        let (offset, size) = (number::<4>(at), number::<4>(at + 4));
        at += 8;
        Some((
            std::str::from_utf8(name).ok()?,
            IMAGE.get(offset..offset + size)?,
        ))
    })
}

/// A little-endian number of `N` bytes.
fn number<const N: usize>(at: usize) -> usize {
    let bytes = IMAGE.get(at..at + N).unwrap_or(&[]);
    bytes.iter().rev().fold(0, |n, b| n << 8 | usize::from(*b))
}

#[cfg(test)]
mod tests {
    #[test]
    fn modules_are_found_by_name() {
        assert!(super::module("lists").is_some());
        assert_eq!(super::module("no such module"), None);
        assert!(super::entries().all(|(name, bytes)| super::module(name) == Some(bytes)));
    }
}
