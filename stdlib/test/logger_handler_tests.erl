%% What handlers have in common: settings in the order erl checks them, the text of an event.
-module(logger_handler_tests).
-include_lib("eunit/include/eunit.hrl").
-export([format/2]).

checked(Changes) -> logger_handler:checked(some_h, maps:merge(logger_handler:protection(), Changes), fun(K, V) -> K =:= own andalso is_atom(V) end).

settings_test() ->
    ?assertMatch({ok, #{own := x, drop_mode_qlen := 200}}, checked(#{own => x})),
    ?assertEqual({error, {invalid_config, some_h, #{other => 1}}}, checked(#{other => 1, flush_qlen => x})),
    ?assertEqual({error, {invalid_olp_config, #{flush_qlen => x}}}, checked(#{own => x, flush_qlen => x, sync_mode_qlen => -1})),
    ?assertEqual({error, {invalid_olp_levels, #{sync_mode_qlen => 10, drop_mode_qlen => 3, flush_qlen => 1000}}}, checked(#{drop_mode_qlen => 3})).

%% A formatter, and one that fails.
format(#{msg := {Format, Args}}, crash) -> error({Format, Args});
format(_, bytes) -> [255 | <<255>>];
format(#{msg := {Format, Args}}, _) -> io_lib:format(Format, Args).

text(Config) -> logger_handler:text(#{level => notice, msg => {"~ts", ["\x{e4}"]}, meta => #{time => 0}}, #{formatter => {?MODULE, Config}}).

text_test() ->
    ?assertEqual(<<"ä"/utf8>>, text(plain)),
    ?assertEqual(error, text(bytes)),
    ?assertMatch({_, _}, binary:match(text(crash), <<"FORMATTER CRASH">>)).
