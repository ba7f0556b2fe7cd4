//! The natives of `rand`: steps of generators of 64 bits, whose words are large integers in Erlang. What they compute is said in
//! `stdlib/src/rand.erl`.

use crate::bifs::data::Answer;
use crate::bifs::{BifRow, Cx, Raise};
use crate::heap::{Int, Term};

/// The rows of this file.
pub const ROWS: &[BifRow] = &[
    BifRow::new("rand", "splitmix64_step", 1, splitmix64_step),
    BifRow::new("rand", "exs64_step", 1, exs64_step),
];

/// The lowest 64 bits of an integer's two's complement.
fn low_word<'h>(t: Term<'h>) -> Result<u64, Raise<'h>> {
    let int = Int::of(t).ok_or_else(Raise::badarith)?;
    let magnitude = int.limbs().first().copied().unwrap_or(0);
    Ok(match int.is_negative() {
        true => magnitude.wrapping_neg(),
        false => magnitude,
    })
}

fn drawn<'h>(cx: &Cx<'h>, value: u64, state: u64) -> Term<'h> {
    let heap = cx.heap();
    heap.tuple(&[heap.uint(value), heap.uint(state)])
}

fn splitmix64_step<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let state = low_word(args[0])?.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    Ok(drawn(cx, z ^ (z >> 31), state))
}

fn exs64_step<'h>(cx: &Cx<'h>, args: &[Term<'h>]) -> Answer<'h> {
    let mut state = low_word(args[0])?;
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    Ok(drawn(
        cx,
        state.wrapping_mul(2_685_821_657_736_338_717),
        state,
    ))
}
