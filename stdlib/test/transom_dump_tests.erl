-module(transom_dump_tests).
-include_lib("eunit/include/eunit.hrl").

%% What a function prints, and its value.
printed(Fun) ->
    Self = self(),
    Printer = spawn_link(fun() -> collect(Self, []) end),
    Leader = group_leader(),
    group_leader(Printer, self()),
    Value = try Fun() after group_leader(Leader, self()) end,
    Printer ! done,
    receive {Printer, Text} -> {Value, Text} end.

collect(To, Text) ->
    receive
        {io_request, From, As, {put_chars, unicode, Chars}} ->
            From ! {io_reply, As, ok},
            collect(To, [Text, Chars]);
        {io_request, From, As, {put_chars, unicode, M, F, A}} ->
            From ! {io_reply, As, ok},
            collect(To, [Text, apply(M, F, A)]);
        done -> To ! {self(), unicode:characters_to_list(Text)}
    end.

tokens_have_places_test() ->
    ?assertEqual({0, "1:1 {atom,f}\n1:2 '('\n1:3 ')'\n2:3 '->'\n2:6 {integer,1}\n2:7 dot\n"},
                 printed(fun() -> transom_dump:show("tokens", <<"f()\n  -> 1.\n">>, "f.erl") end)).

forms_are_terms_test() ->
    {0, Text} = printed(fun() -> transom_dump:show("forms", <<"-module(f).\nf() -> ok.\n">>, "f.erl") end),
    [?assertNotEqual(nomatch, string:find(Text, Line)) || Line <- ["{attribute,{1,2},module,f}.\n", "{function,{2,1},f,0,"]].
