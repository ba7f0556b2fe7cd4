%% The default handler of signals leaves alone what does not end the system.
-module(erl_signal_handler_tests).
-include_lib("eunit/include/eunit.hrl").

other_signals_test() ->
    {ok, Server} = gen_event:start(),
    ok = gen_event:add_handler(Server, erl_signal_handler, []),
    ok = gen_event:sync_notify(Server, sighup),
    ok = gen_event:sync_notify(Server, sigusr2),
    ?assertEqual([erl_signal_handler], gen_event:which_handlers(Server)),
    gen_event:stop(Server).
