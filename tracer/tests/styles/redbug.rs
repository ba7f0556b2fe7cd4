//! `redbug` as captured, with its options.

use crate::made::{atom, int, list, mfa, pid, show, tuple};
use transom_tracer::event::Kind;
use transom_tracer::style::{Identity, Offline, Redbug, TimeUnit, World};

struct Started;

impl World for Started {
    fn identity(&self, _pid: &str) -> Identity {
        Identity::Initial("erlang".into(), "apply".into(), 2)
    }
}

#[test]
fn redbug_prints_as_captured() {
    let mut style = Redbug::default();
    let seq = || vec![mfa("tt", "seq", list(vec![int(1), int(3)]))];
    assert_eq!(
        show(&mut style, &Started, Kind::Call, seq(), None),
        "\n% 04:49:13 <0.9.0>({erlang,apply,2})\n% tt:seq(1, 3)\n"
    );
    let frames = list(vec![
        mfa("tt", "middle", int(1)),
        mfa("cap_redbug", "-go/1-fun-0-", int(1)),
    ]);
    assert_eq!(
        show(&mut style, &Started, Kind::Call, seq(), Some(frames)),
        "\n% 04:49:13 <0.9.0>({erlang,apply,2})\n% tt:seq(1, 3)\n%   tt:middle/1 \n%   cap_redbug:'-go/1-fun-0-'/1 \n"
    );
    let returned = || vec![mfa("tt", "inner", int(1)), int(2)];
    assert_eq!(
        show(&mut style, &Offline, Kind::ReturnFrom, returned(), None),
        "\n% 04:49:13 <0.9.0>(dead)\n% tt:inner/1 -> 2\n"
    );
    let raised = || {
        vec![
            mfa("tt", "boom", int(1)),
            tuple(vec![atom("error"), tuple(vec![atom("bad"), int(1)])]),
        ]
    };
    assert!(
        show(&mut style, &Offline, Kind::ExceptionFrom, raised(), None)
            .ends_with("% tt:boom/1 ** exception error:{bad,1}\n")
    );
    style.compat = true;
    assert!(
        show(&mut style, &Offline, Kind::ExceptionFrom, raised(), None)
            .ends_with("% tt:boom/1 -> {error,{bad,1}}\n")
    );
    let message = || tuple(vec![pid(), atom("hi")]);
    assert!(
        show(&mut style, &Started, Kind::Receive, vec![message()], None)
            .ends_with("\n% <<< {<0.9.0>,hi}\n")
    );
    assert!(
        show(
            &mut style,
            &Started,
            Kind::Send,
            vec![message(), pid()],
            None
        )
        .ends_with("\n% <0.9.0>({erlang,apply,2}) <<< {<0.9.0>,hi}\n")
    );
    style.unit = TimeUnit::Microsecond;
    style.print_node = true;
    assert!(
        show(&mut style, &Started, Kind::ReturnFrom, returned(), None)
            .starts_with("\n% 04:49:13.886076 nonode@nohost <0.9.0>({erlang,apply,2})\n")
    );
    style.print_return = false;
    assert!(
        show(&mut style, &Started, Kind::ReturnFrom, returned(), None)
            .ends_with("% tt:inner/1 -> '...'\n")
    );
    style.depth = 3;
    let deep = vec![mfa(
        "tt",
        "ident",
        list(vec![list(vec![int(1), int(2), int(3), int(4)])]),
    )];
    assert!(
        show(&mut style, &Started, Kind::Call, deep, None).ends_with("% tt:ident([1,2|...])\n")
    );
}
