%% binary construct: error, the exception says which segment is wrong and how.
-module(binary_construct_error_explained).
-export([start/0, id/1]).

start() ->
    show(fun() -> <<(id(a)):8>> end),  % expect: error badarg {0,{error_info,#{cause => {1,integer,type,a},function => format_bs_fail,module => erl_erts_errors}}}
    show(fun() -> <<1, (id(1)):(id(a))>> end),  % expect: error badarg {0,{error_info,#{cause => {2,integer,size,a},function => format_bs_fail,module => erl_erts_errors}}}
    show(fun() -> <<(id(1)):(id(-1))>> end),  % expect: error badarg {0,{error_info,#{cause => {1,integer,size,-1},function => format_bs_fail,module => erl_erts_errors}}}
    show(fun() -> <<(id(a))/binary>> end),  % expect: error badarg {0,{error_info,#{cause => {1,binary,type,a},function => format_bs_fail,module => erl_erts_errors}}}
    show(fun() -> <<(id(<<1, 2>>)):3/binary>> end),  % expect: error badarg {0,{error_info,#{cause => {1,binary,short,<<1,2>>},function => format_bs_fail,module => erl_erts_errors}}}
    show(fun() -> <<7, (id(<<1:3>>))/binary>> end),  % expect: error badarg {0,{error_info,#{cause => {2,binary,unit,<<1:3>>},function => format_bs_fail,module => erl_erts_errors}}}
    show(fun() -> <<(id(a)):64/float>> end),  % expect: error badarg {0,{error_info,#{cause => {1,float,type,a},function => format_bs_fail,module => erl_erts_errors}}}
    show(fun() -> <<(id(1.0)):(id(8))/float>> end),  % expect: error badarg {0,{error_info,#{cause => {1,float,invalid,8},function => format_bs_fail,module => erl_erts_errors}}}
    show(fun() -> <<(id(16#D800))/utf8>> end),  % expect: error badarg {0,{error_info,#{cause => {1,utf8,type,55296},function => format_bs_fail,module => erl_erts_errors}}}
    show(fun() -> <<"abc", (id(-1))/utf16>> end),  % expect: error badarg {0,{error_info,#{cause => {2,utf16,type,-1},function => format_bs_fail,module => erl_erts_errors}}}
    show(fun() -> <<(id(16#110000))/utf32>> end).  % expect: error badarg {0,{error_info,#{cause => {1,utf32,type,1114112},function => format_bs_fail,module => erl_erts_errors}}}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R:S ->
            {_, _, A, Where} = hd(S),
            io:format("~p ~p ~0p~n", [C, R, {A, lists:keyfind(error_info, 1, Where)}])
    end.
