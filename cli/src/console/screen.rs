//! The terminal between two prompts: what is typed then waits unseen, and two keys still mean something.

use std::sync::Mutex;

use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};

/// How the terminal was before; what [`restore`] puts back from any thread.
static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);

/// While it lives, keys typed outside the editor are neither shown nor taken as lines: they stay in the terminal's queue until the editor
/// reads them. Ctrl-C still sends SIGINT, and Ctrl-G sends SIGQUIT.
pub struct Quiet(Option<Termios>);

impl Quiet {
    /// Changes the terminal of standard input, if it is one.
    pub fn enter() -> Quiet {
        let Ok(before) = tcgetattr(std::io::stdin()) else {
            return Quiet(None);
        };
        let mut mode = before.clone();
        mode.local_modes
            .remove(LocalModes::ECHO | LocalModes::ICANON);
        mode.local_modes
            .insert(LocalModes::ISIG | LocalModes::NOFLSH);
        mode.special_codes[SpecialCodeIndex::VQUIT] = 0x07;
        set(&mode);
        if let Ok(mut saved) = BEFORE.lock() {
            *saved = Some(before.clone());
        }
        Quiet(Some(before))
    }

    /// How the terminal was before.
    pub fn original(&self) -> Option<Termios> {
        self.0.clone()
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        restore();
    }
}

/// Puts the terminal back to how it was found.
pub fn restore() {
    let before = BEFORE.lock().ok().and_then(|mut saved| saved.take());
    if let Some(mode) = before {
        set(&mode);
    }
}

/// Sets a mode; a terminal that is gone stays as it is.
pub fn set(mode: &Termios) {
    let _no_terminal = tcsetattr(std::io::stdin(), OptionalActions::Now, mode);
}

/// The last line that was printed, while it has no end: the next prompt stands behind it.
#[derive(Default)]
pub struct Tail(String);

/// A longer line is not drawn again with the prompt.
const MOST: usize = 1000;

impl Tail {
    /// More was printed.
    pub fn printed(&mut self, text: &str) {
        match text.rfind('\n') {
            Some(end) => self.0 = text[end + 1..].to_owned(),
            None => self.0.push_str(text),
        }
        if self.0.len() > MOST {
            self.0.clear();
        }
    }

    /// The unfinished line; a prompt follows it.
    pub fn take(&mut self) -> String {
        std::mem::take(&mut self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Tail;

    #[test]
    fn a_prompt_stands_behind_an_unfinished_line() {
        let mut tail = Tail::default();
        tail.printed("one\ntw");
        tail.printed("o");
        assert_eq!(tail.take(), "two");
        tail.printed("x\n");
        assert_eq!(tail.take(), "");
    }
}
