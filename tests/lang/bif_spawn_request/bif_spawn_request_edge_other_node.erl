%% spawn_request: edge, other node.
-module(bif_spawn_request_edge_other_node).
-export([start/0, id/1]).
-include("../other_node.hrl").

start() ->
    process_flag(trap_exit, true),
    logger:set_primary_config(level, none),
    show(fun() -> ends(spawn_request(id('a@b'), fun() -> ok end)) end),  % expect: {spawn_reply,noconnection}
    show(fun() -> ends(spawn_request(id('a@b'), fun() -> ok end, [monitor, {reply_tag, answer}])) end),  % expect: {answer,noconnection}
    show(fun() -> ends(spawn_request(id('a@b'), lists, reverse, [[]])) end),  % expect: {spawn_reply,noconnection}
    show(fun() -> ends(spawn_request(id('a@b'), lists, reverse, [[]], [link])) end),  % expect: {spawn_reply,noconnection}
    show(fun() -> silent(spawn_request(id('a@b'), fun() -> ok end, [{reply, no}])) end),  % expect: nothing
    show(fun() -> silent(spawn_request(id('a@b'), fun() -> ok end, [{reply, success_only}])) end),  % expect: nothing
    show(fun() -> ends(spawn_request(id('a@b'), fun() -> ok end, [{reply, error_only}])) end),  % expect: {spawn_reply,noconnection}
    show(fun() -> ends(spawn_request(id('a@b'), fun() -> ok end, [id(bad)])) end),  % expect: {spawn_reply,noconnection}
    show(fun() -> ends(spawn_request(id('a@b'), fun() -> ok end, [{priority, id(bad)}])) end),  % expect: {spawn_reply,noconnection}
    show(fun() -> ends(spawn_request(id('a@b'), fun() -> ok end, [{reply, id(bad)}])) end),  % expect: {spawn_reply,badopt}
    show(fun() -> ends(spawn_request(id('a@b'), fun() -> ok end, [{monitor, id(bad)}])) end).  % expect: {spawn_reply,badopt}
