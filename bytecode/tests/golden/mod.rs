//! Compares text with a recorded file, or records it when `UPDATE_GOLDEN` is set.

use std::path::Path;

/// `path` is relative to the crate.
pub fn compare(path: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, text).expect("the folder is writable");
        return;
    }
    let recorded = std::fs::read_to_string(&path).unwrap_or_default();
    if recorded == text {
        return;
    }
    let differ = recorded.lines().zip(text.lines()).position(|(a, b)| a != b);
    let line = differ.unwrap_or_else(|| recorded.lines().count().min(text.lines().count()));
    panic!(
        "{} differs at line {}:\n recorded: {}\n now:      {}\nUPDATE_GOLDEN=1 records what is now",
        path.display(),
        line + 1,
        recorded.lines().nth(line).unwrap_or("(end)"),
        text.lines().nth(line).unwrap_or("(end)")
    );
}
