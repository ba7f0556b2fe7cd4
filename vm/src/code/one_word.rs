//! A specialiser for tests of versions and plans, where what the words say does not matter.

use super::{Lower, LowerError, LowerInput, Lowered};

/// One word per function, with a position for each.
pub struct OneWord;

impl Lower for OneWord {
    fn lower(&self, input: &LowerInput<'_>) -> Result<Lowered, LowerError> {
        let n = input.module.functions.len() as u32;
        Ok(Lowered {
            words: (0..u64::from(n)).collect(),
            entries: (0..n).collect(),
            lines: input
                .module
                .functions
                .iter()
                .enumerate()
                .map(|(i, f)| (i as u32, f.line))
                .collect(),
            literals: None,
        })
    }
}
