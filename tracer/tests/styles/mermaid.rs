//! Sequence charts.

use crate::made::{atom, int, list, mfa, opaque, story, tuple};
use transom_tracer::event::Kind;

#[test]
fn mermaid_draws_messages_spawns_and_calls() {
    let (a, b) = ("<0.1.0>", "<0.2.0>");
    let shown = story(
        "mermaid",
        &[
            (
                a,
                Kind::Spawn,
                0,
                0,
                false,
                vec![opaque(b), mfa("m", "loop", list(vec![]))],
            ),
            (
                a,
                Kind::Send,
                1,
                0,
                false,
                vec![tuple(vec![atom("ask"), int(1)]), opaque(b)],
            ),
            (
                b,
                Kind::Call,
                2,
                0,
                true,
                vec![mfa("m", "answer", list(vec![int(1)]))],
            ),
            (
                b,
                Kind::ReturnFrom,
                3,
                0,
                false,
                vec![mfa("m", "answer", int(1)), int(2)],
            ),
            (b, Kind::Send, 4, 0, false, vec![int(2), opaque(a)]),
            (b, Kind::Exit, 5, 0, false, vec![atom("normal")]),
        ],
    );
    assert_eq!(
        shown,
        "sequenceDiagram\n\
        \x20   participant P0 as #60;0.1.0#62;\n\
        \x20   participant P1 as #60;0.2.0#62;\n\
        \x20   P0-)P1: spawn {m,loop,[]}\n\
        \x20   P0->>P1: {ask,1}\n\
        \x20   P1->>P1: m:answer(1)\n\
        \x20   Note right of P1: m:answer/1 = 2\n\
        \x20   P1->>P0: 2\n\
        \x20   Note over P1: exit normal\n"
    );
}
