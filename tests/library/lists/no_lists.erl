%% What is no list, or no proper one, where lists takes one.
-module(no_lists).
-include("../show.hrl").

start() ->
    Id = fun(X) -> X end,
    Add = fun(X, Acc) -> [X | Acc] end,
    Pair = fun(X, Acc) -> {X, Acc} end,
    No = fun(_) -> false end,
    Yes = fun(_) -> true end,
    show(fun() -> bad(fun(B) -> lists:map(Id, B) end) end),  % expect: [{error,{case_clause,2}},{error,function_clause},{error,function_clause}]
    show(fun() -> bad(fun(B) -> lists:foldl(Add, [], B) end) end),  % expect: [{error,{case_clause,2}},{error,function_clause},{error,function_clause}]
    show(fun() -> bad(fun(B) -> lists:foldr(Add, [], B) end) end),  % expect: [{error,function_clause},{error,function_clause},{error,function_clause}]
    show(fun() -> bad(fun(B) -> lists:foreach(Id, B) end) end),  % expect: [{error,function_clause},{error,function_clause},{error,function_clause}]
    show(fun() -> bad(fun(B) -> lists:filter(Yes, B) end) end),  % expect: [{error,{bad_generator,2}},{error,{bad_generator,2}},{error,{bad_generator,foo}}]
    show(fun() -> bad(fun(B) -> lists:all(Yes, B) end) end),  % expect: [{error,{case_clause,2}},{error,function_clause},{error,function_clause}]
    show(fun() -> bad(fun(B) -> lists:any(No, B) end) end),  % expect: [{error,{case_clause,2}},{error,function_clause},{error,function_clause}]
    show(fun() -> bad(fun(B) -> lists:flatmap(fun(X) -> [X] end, B) end) end),  % expect: [{error,function_clause},{error,function_clause},{error,function_clause}]
    show(fun() -> bad(fun(B) -> lists:mapfoldl(Pair, 0, B) end) end),  % expect: [{error,function_clause},{error,function_clause},{error,function_clause}]
    show(fun() -> bad(fun(B) -> lists:mapfoldr(Pair, 0, B) end) end),  % expect: [{error,function_clause},{error,function_clause},{error,function_clause}]
    show(fun() -> bad(fun(B) -> lists:filtermap(Yes, B) end) end),  % expect: [{error,function_clause},{error,function_clause},{error,function_clause}]
    show(fun() -> bad(fun(B) -> lists:partition(Yes, B) end) end),  % expect: [{error,function_clause},{error,function_clause},{error,function_clause}]
    show(fun() -> bad(fun(B) -> lists:takewhile(Yes, B) end) end),  % expect: [{error,function_clause},{error,function_clause},{error,function_clause}]
    show(fun() -> bad(fun(B) -> lists:dropwhile(Yes, B) end) end),  % expect: [{error,function_clause},{error,function_clause},{error,function_clause}]
    show(fun() -> bad(fun(B) -> lists:splitwith(Yes, B) end) end),  % expect: [{error,function_clause},{error,function_clause},{error,function_clause}]
    show(fun() -> bad(fun(B) -> lists:split(4, B) end) end),  % expect: [{error,badarg},{error,function_clause},{error,function_clause}]
    show(fun() -> bad(fun(B) -> lists:keysort(1, B) end) end),  % expect: [{error,{case_clause,2}},{error,{case_clause,[{1}|2]}},{error,function_clause}]
    show(fun() -> bad(fun(B) -> lists:ukeysort(1, B) end) end),  % expect: [{error,{case_clause,2}},{error,{case_clause,[{1}|2]}},{error,function_clause}]
    show(fun() -> bad(fun(B) -> lists:sum(B) end) end),  % expect: [{error,function_clause},{error,badarith},{error,badarith}]
    show(fun() -> bad(fun(B) -> lists:last(B) end) end),  % expect: [{error,function_clause},{error,function_clause},{error,function_clause}]
    show(fun() -> bad(fun(B) -> lists:nth(3, B) end) end).  % expect: [{error,function_clause},{error,function_clause},{error,function_clause}]

bad(F) -> [why(F, Bad) || Bad <- [2, [{1} | 2], [{1}, {2} | foo]]].

why(F, Bad) ->
    try {ok, F(Bad)}
    catch C:R -> {C, R}
    end.
