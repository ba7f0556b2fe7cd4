%% Functions and arguments that OTP 26 and 27 added to lists.
% reference: OTP 27
-module(lists_27).
-include("../show.hrl").

start() ->
    show(fun() -> lists:enumerate(0, 10, [a, b, c]) end),  % expect: [{0,a},{10,b},{20,c}]
    show(fun() -> lists:enumerate(1, -1, [a, b]) end),  % expect: [{1,a},{0,b}]
    show(fun() -> lists:enumerate(1, 0, [a]) end),  % expect: [{1,a}]
    show(fun() -> lists:enumerate(a, 1, [x]) end),  % expect: error function_clause
    show(fun() -> lists:zip([1, 2], [a], trim) end),  % expect: [{1,a}]
    show(fun() -> lists:zip([1, 2], [a, b], fail) end),  % expect: [{1,a},{2,b}]
    show(fun() -> lists:zip([1, 2], [a], {pad, {x, y}}) end),  % expect: [{1,a},{2,y}]
    show(fun() -> lists:zip([], [a], {pad, {x, y}}) end),  % expect: [{x,a}]
    show(fun() -> lists:zip([1, 2], [a], fail) end),  % expect: error function_clause
    show(fun() -> lists:zip3([1, 2], [a], [x, y, z], trim) end),  % expect: [{1,a,x}]
    show(fun() -> lists:zip3([1], [], [x, y], {pad, {p, q, r}}) end),  % expect: [{1,q,x},{p,q,y}]
    show(fun() -> lists:zipwith(fun(A, B) -> {A, B} end, [1, 2], [10], trim) end),  % expect: [{1,10}]
    show(fun() -> lists:zipwith(fun(A, B) -> {A, B} end, [1, 2], [10], {pad, {0, 100}}) end),  % expect: [{1,10},{2,100}]
    show(fun() -> lists:zipwith3(fun(A, B, C) -> {A, B, C} end, [1, 2], [a], [x], trim) end),  % expect: [{1,a,x}]
    show(fun() -> lists:zipwith3(fun(A, B, C) -> {A, B, C} end, [1], [], [], {pad, {p, q, r}}) end).  % expect: [{1,q,r}]
