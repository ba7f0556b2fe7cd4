%% Functions of lists without a test elsewhere.
-module(lists_more).
-include("../show.hrl").

start() ->
    show(fun() -> lists:enumerate(5, [a, b]) end),  % expect: [{5,a},{6,b}]
    show(fun() -> lists:enumerate([]) end),  % expect: []
    show(fun() -> [lists:merge(fun(A, B) -> A >= B end, [5, 3], [4, 1]), lists:umerge(fun(A, B) -> A >= B end, [5, 3], [5, 1])] end),  % expect: [[5,4,3,1],[5,3,1]]
    show(fun() -> lists:merge(x, [1], [2]) end).  % expect: error function_clause
