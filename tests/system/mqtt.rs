//! The MQTT broker of examples/mqtt under real clients: Debian's mosquitto_pub, mosquitto_sub and mosquitto_rr. Without them these tests are
//! counted as ignored. Packets that no well-behaved client sends come from sockets of our own.

#[path = "mqtt/broker.rs"]
mod broker;
#[path = "mqtt/clients.rs"]
mod clients;
#[path = "mqtt/hot.rs"]
mod hot;
#[path = "mqtt/packets.rs"]
mod packets;
#[path = "mqtt/trace.rs"]
mod trace;

use std::process::{Command, Stdio};

use libtest_mimic::{Failed, Trial};

pub fn trials() -> Vec<Trial> {
    let tests: [(&str, fn() -> Result<(), Failed>); 16] = [
        ("every_qos_both_versions", clients::every_qos),
        ("retained_messages", clients::retained),
        ("will_of_a_killed_client", clients::will),
        ("wildcards", clients::wildcards),
        ("persistent_session", clients::persistent_session),
        ("request_and_response", clients::request_response),
        ("shared_subscription", clients::shared_subscription),
        ("users_and_passwords", clients::users),
        ("connections_live_and_end", packets::connections),
        (
            "malformed_packets_end_only_their_connection",
            packets::malformed,
        ),
        ("expiry_and_aliases", packets::expiry_and_aliases),
        ("trace_of_a_client", trace::trace_of_a_client),
        ("trace_from_a_console", trace::from_a_console),
        ("several_clients_traced", trace::several_clients),
        ("golden_trace_lines", trace::golden_lines),
        ("matcher_replaced_while_clients_publish", hot::hot_change),
    ];
    let have_clients = ["mosquitto_pub", "mosquitto_sub", "mosquitto_rr"]
        .iter()
        .all(|name| {
            Command::new(name)
                .arg("--help")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .is_ok()
        });
    if !have_clients {
        eprintln!(
            "mosquitto_pub, mosquitto_sub or mosquitto_rr is not installed: the broker's tests are skipped"
        );
    }
    tests
        .into_iter()
        .map(|(name, run)| {
            Trial::test(format!("mqtt::{name}"), run).with_ignored_flag(!have_clients)
        })
        .collect()
}
