%% attributes: edge. What -doc may say of an equivalent function.
% reference: OTP 27: the documentation attributes are its own; what equiv may be is said in its chapter on documentation
-module(attributes_edge_documentation).
-moduledoc "Adds.".
-moduledoc #{since => "1.0"}.
-export([start/0, add/1, add/2, sum/1]).

-doc #{equiv => add(A, 0)}.
add(A) -> add(A, 0).

-doc(#{equiv => lists:foldl(fun add/2, 0, Numbers), since => "1.1"}).
sum(Numbers) -> lists:foldl(fun add/2, 0, Numbers).

-doc """
Adds two numbers.
""".
add(A, B) -> A + B.

start() ->
    show(fun() -> [add(1), sum([1, 2, 3])] end),  % expect: [1,6]
    show(fun() -> form("-doc #{equiv => add/2}.") end),  % expect: {attribute,1,doc,#{equiv => {add,2}}}
    show(fun() -> form("-doc #{since => \"27\", equiv => \"see there\"}.") end),  % expect: {attribute,1,doc,#{equiv => "see there",since => "27"}}
    show(fun() -> equivalent(form("-doc #{equiv => add(A, 0)}.")) end),  % expect: "add(A, 0)"
    show(fun() -> equivalent(form("-doc(#{since => \"1.1\", equiv => m:add(A, 0)}).")) end),  % expect: "m:add(A, 0)"
    show(fun() -> form("-doc #{equiv => A + 0}.") end),  % expect: {bad_attribute,"bad attribute"}
    show(fun() -> form("-doc #{since => add(1)}.") end),  % expect: {bad_attribute,"bad attribute"}
    show(fun() -> form("-doc false.") end).  % expect: {attribute,1,doc,false}

form(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text),
    case erl_parse:parse_form(Tokens) of
        {ok, Form} -> Form;
        {error, {_, Module, What}} -> {bad_attribute, lists:flatten(Module:format_error(What))}
    end.

%% The call that the function stands for, as text.
equivalent({attribute, _, doc, #{equiv := Call}}) -> lists:flatten(erl_pp:expr(Call)).

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
