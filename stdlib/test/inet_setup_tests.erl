%% What the options of sockets come to.
-module(inet_setup_tests).
-include_lib("eunit/include/eunit.hrl").

options_test() ->
    {ok, #{family := inet, bind := {undefined, 0}, backlog := 5, options := [binary, {active, false}]}} =
        inet_setup:set_up(listen, [binary, {active, false}], undefined),
    {ok, #{family := inet6, bind := {any, 7}, backlog := 9, options := []}} = inet_setup:set_up(listen, [inet6, {port, 7}, {backlog, 9}], undefined),
    {ok, #{family := inet6, bind := {{0, 0, 0, 0, 0, 0, 0, 1}, 0}}} = inet_setup:set_up(listen, [{ip, {0, 0, 0, 0, 0, 0, 0, 1}}], undefined),
    {ok, #{family := local, bind := {{local, "s"}, 0}}} = inet_setup:set_up(listen, [{ifaddr, #{family => local, path => "s"}}], undefined),
    {ok, #{family := inet6}} = inet_setup:set_up(connect, [], {0, 0, 0, 0, 0, 0, 0, 1}),
    [{error, einval} = inet_setup:set_up(Kind, Opts, undefined) ||
        {Kind, Opts} <- [{connect, [{backlog, 5}]}, {listen, [{backlog, -1}]}, {listen, [odd]}, {listen, [{1, 2}]}, {listen, odd}, {listen, [{tcp_module, odd}]}]].

%% The port of the call goes before that of the options; without an address it is every one, for local sockets none.
bound_test() ->
    Setup = fun(Opts) -> {ok, S} = inet_setup:set_up(listen, Opts, undefined), S end,
    {ok, any, 0} = inet_setup:bound(0, tcp, Setup([])),
    {ok, any, 7} = inet_setup:bound(0, tcp, Setup([{port, 7}])),
    {ok, {127, 0, 0, 1}, 8} = inet_setup:bound(8, tcp, Setup([{ip, {127, 0, 0, 1}}, {port, 7}])),
    {ok, undefined, 0} = inet_setup:bound(0, tcp, Setup([local])),
    {ok, any, 80} = inet_setup:bound(http, tcp, Setup([])),
    [{error, einval} = inet_setup:bound(Port, udp, Setup([])) || Port <- [-1, 65536, "x"]],
    {error, _} = inet_setup:bound(no_such_service, tcp, Setup([])).
