//! Folded stacks.

use crate::made::{atom, int, list, mfa, story};
use transom_tracer::event::Kind;

#[test]
fn folded_stacks_sum_own_time_by_stack() {
    let p = "<0.1.0>";
    let call = |name| vec![mfa("m", name, list(vec![]))];
    let end = |name| vec![mfa("m", name, int(0)), atom("ok")];
    let shown = story(
        "folded",
        &[
            (p, Kind::Call, 0, 0, true, call("f")),
            (p, Kind::Call, 10, 0, true, call("g")),
            (p, Kind::Out, 30, 0, false, vec![int(0)]),
            (p, Kind::In, 90, 0, false, vec![int(0)]),
            (p, Kind::ReturnFrom, 100, 0, false, end("g")),
            (p, Kind::Call, 105, 0, true, call("g")),
            (p, Kind::ReturnFrom, 110, 0, false, end("g")),
            (p, Kind::ReturnFrom, 112, 0, false, end("f")),
        ],
    );
    // Out of the scheduler no time passes.
    assert_eq!(shown, "<0.1.0>;m:f/0 17\n<0.1.0>;m:f/0;m:g/0 35\n");
}
