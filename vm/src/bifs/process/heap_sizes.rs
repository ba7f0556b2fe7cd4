//! The sizes that OTP gives heaps: a bound that a program sets is told as the next of them.

use crate::heap::Term;

/// Words of OTP's least heap.
pub const LEAST: usize = 233;
/// Words of its least virtual heap of binaries.
const LEAST_VIRTUAL: usize = 46_422;
/// From here on sizes grow by a fifth.
const LARGE: usize = 833_026;

/// The value of `min_heap_size`.
pub fn min_heap(value: Term<'_>) -> Option<usize> {
    value.as_usize().map(next)
}

/// The value of `min_bin_vheap_size`.
pub fn min_virtual_heap(value: Term<'_>) -> Option<usize> {
    value.as_usize().map(|words| next(words.max(LEAST_VIRTUAL)))
}

/// The value of `fullsweep_after`; what is larger than any count will be stands for never.
pub fn fullsweep_after(value: Term<'_>) -> Option<u32> {
    let collections = value.as_usize()?;
    Some(u32::try_from(collections).unwrap_or(u32::MAX))
}

/// The least size of so many words or more. Each is the sum of the two before it, and one more.
fn next(words: usize) -> usize {
    let (mut before, mut size) = (142, LEAST);
    while size < words {
        (before, size) = (
            size,
            if size < LARGE {
                before + size + 1
            } else {
                size + size / 5
            },
        );
    }
    size
}

#[cfg(test)]
mod tests {
    use super::next;

    /// Answers of `erl`.
    #[test]
    fn sizes_are_those_of_erlang() {
        let cases = [
            (0, 233),
            (234, 376),
            (1_000, 1_598),
            (100_000, 121_536),
            (833_026, 833_026),
            (833_027, 999_631),
            (100_000_000, 114_432_973),
        ];
        for (words, size) in cases {
            assert_eq!(next(words), size);
        }
    }
}
