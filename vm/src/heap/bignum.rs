//! Kernels on limbs: slices of 64-bit words, least significant first. They know no heap.

use std::cmp::Ordering;

/// Compares two magnitudes without leading zeros.
pub(super) fn cmp_limbs(a: &[u64], b: &[u64]) -> Ordering {
    a.len()
        .cmp(&b.len())
        .then_with(|| a.iter().rev().cmp(b.iter().rev()))
}
