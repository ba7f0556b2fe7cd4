-module(transom_dump_tests).
-include_lib("eunit/include/eunit.hrl").

%% What a function prints, and its value.
printed(Fun) ->
    {ok, Device} = file:open(<<>>, [ram, write, read, binary]),
    Leader = group_leader(),
    group_leader(Device, self()),
    Value = try Fun() after group_leader(Leader, self()) end,
    {ok, Size} = file:position(Device, eof),
    Text = case file:pread(Device, 0, Size) of
               {ok, Bytes} -> binary_to_list(Bytes);
               eof -> ""
           end,
    {Value, Text}.

tokens_have_places_test() ->
    ?assertEqual({0, "1:1 {atom,f}\n1:2 '('\n1:3 ')'\n2:3 '->'\n2:6 {integer,1}\n2:7 dot\n"},
                 printed(fun() -> transom_dump:show("tokens", <<"f()\n  -> 1.\n">>, "f.erl") end)).

forms_are_terms_test() ->
    {0, Text} = printed(fun() -> transom_dump:show("forms", <<"-module(f).\nf() -> ok.\n">>, "f.erl") end),
    ?assertMatch({match, _}, re:run(Text, "{attribute,{1,2},module,f}\\.")),
    ?assertMatch({match, _}, re:run(Text, "{function,{2,1},f,0,")).
