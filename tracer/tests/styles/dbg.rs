//! `dbg` prints as its own handler does.

use crate::made::event_of;
use crate::support::{Etf, base64};
use transom_tracer::style::{Dbg, Offline, Style};

#[test]
fn dbg_prints_as_its_own_handler() {
    let recorded = include_str!("../golden/dbg.txt");
    let mut wrong = 0;
    for line in recorded.lines() {
        let (message, expected) = line.split_once(' ').expect("a message and a text");
        let event = event_of(&Etf(&base64(message)).term());
        let mut out = String::new();
        Dbg.event(&event, &Offline, &mut out);
        if out.replace('\\', "\\\\").replace('\n', "\\n") != expected {
            wrong += 1;
            if wrong < 6 {
                println!(
                    "expected:\n{}\ngiven:\n{out}",
                    expected.replace("\\n", "\n")
                );
            }
        }
    }
    assert_eq!(wrong, 0, "of {}", recorded.lines().count());
}
