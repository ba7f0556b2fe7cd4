%% The table of open sockets, and names of addresses.
-module(inet_tables).
-include("../show.hrl").
-include("../printed.hrl").

start() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}]),
    {ok, Port} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, Port, [{active, false}]),
    {ok, S} = gen_tcp:accept(L),
    gen_tcp:send(C, "four"),
    {ok, U} = gen_udp:open(0),
    show(fun() -> heads(fun() -> inet:i() end) end),  % expect: [["Port","Module","Recv","Sent","Owner","Local","Address","Foreign","Address","State","Type"],["Port","Module","Recv","Sent","Owner","Local","Address","Foreign","Address","State","Type"]]
    show(fun() -> heads(fun() -> inet:i(tcp) end) end),  % expect: [["Port","Module","Recv","Sent","Owner","Local","Address","Foreign","Address","State","Type"]]
    show(fun() -> rows(fun() -> inet:i(tcp, [module, state, type]) end) end),  % expect: [["inet_tcp","CONNECTED(O)","STREAM"],["inet_tcp","CONNECTED(O)","STREAM"],["inet_tcp","LN:O","STREAM"]]
    show(fun() -> [lists:member("localhost:" ++ integer_to_list(Port), R) || R <- rows(fun() -> inet:i(tcp, [local_address, foreign_address]) end)] end),  % expect: [true,true,true]
    show(fun() -> rows(fun() -> inet:i(tcp, [recv, sent]) end) end),  % expect: [["0","0"],["0","4"],["4","0"]]
    show(fun() -> rows(fun() -> inet:i(udp, [module, type]) end) end),  % expect: [["inet_udp","DGRAM"]]
    show(fun() -> printed(fun() -> inet:i(sctp) end) end),  % expect: {ok,[]}
    show(fun() -> printed(fun() -> inet:i(tcp, []) end) end),  % expect: {ok,"\n\n\n\n"}
    show(fun() -> inet:i(odd) end),  % expect: error function_clause
    show(fun() -> inet:i(odd, [port]) end),  % expect: error function_clause
    show(fun() -> inet:i(tcp, [odd]) end),  % expect: error {case_clause,odd}
    show(fun() -> inet:i(tcp, port) end),  % expect: error {bad_generator,port}
    [gen_tcp:close(X) || X <- [S, C, L]],
    gen_udp:close(U),
    show(fun() -> element(1, inet:gethostbyaddr({127, 0, 0, 1}, 1000)) end),  % expect: ok
    show(fun() -> inet:gethostbyaddr("127.0.0.1", infinity) =:= inet:gethostbyaddr({127, 0, 0, 1}) end),  % expect: true
    show(fun() -> inet:gethostbyaddr('127.0.0.1', 1000) =:= inet:gethostbyaddr({127, 0, 0, 1}) end),  % expect: true
    show(fun() -> [inet:gethostbyaddr(A, 100) || A <- [foo, "", "nosuch.invalid", {1, 2, 3}, {256, 0, 0, 1}, 7]] end),  % expect: [{error,einval},{error,einval},{error,einval},{error,einval},{error,einval},{error,einval}]
    show(fun() -> [inet:gethostbyaddr(A) || A <- [foo, "", "nosuch.invalid", {1, 2, 3}]] end).  % expect: [{error,einval},{error,einval},{error,einval},{error,einval}]

rows(F) -> lists:sort([string:lexemes(L, " ") || L <- tl(string:lexemes(element(2, printed(F)), "\n"))]).

heads(F) -> [L || "Port" ++ _ = L0 <- string:lexemes(element(2, printed(F)), "\n"), L <- [string:lexemes(L0, " ")]].
