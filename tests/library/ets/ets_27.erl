%% Functions that OTP 26 and 27 added to ets.
% reference: OTP 27
-module(ets_27).
-include("../show.hrl").

start() ->
    ets:new(e27, [named_table, ordered_set, public]),
    ets:insert(e27, [{N, N * N} || N <- [1, 2, 3]]),
    show(fun() -> [ets:first_lookup(e27), ets:last_lookup(e27)] end),  % expect: [{1,[{1,1}]},{3,[{3,9}]}]
    show(fun() -> [ets:next_lookup(e27, 1), ets:next_lookup(e27, 3), ets:prev_lookup(e27, 3), ets:prev_lookup(e27, 1)] end),  % expect: [{2,[{2,4}]},'$end_of_table',{2,[{2,4}]},'$end_of_table']
    show(fun() -> ets:lookup_element(e27, 2, 2, none) end),  % expect: 4
    show(fun() -> ets:lookup_element(e27, 9, 2, none) end),  % expect: none
    show(fun() -> ets:lookup_element(e27, 2, 3, none) end),  % expect: error badarg
    show(fun() -> ets:update_element(e27, 1, {2, one}, {1, fresh}) end),  % expect: true
    show(fun() -> ets:update_element(e27, 8, {2, eight}, {x, fresh}) end),  % expect: true
    show(fun() -> ets:tab2list(e27) end),  % expect: [{1,one},{2,4},{3,9},{8,eight}]
    show(fun() -> ets:first_lookup(no_such_table) end).  % expect: error badarg
