%% What the data of Unicode say of a character: combining class and decompositions.
-module(unicode_util_lookup).
-include("../show.hrl").

start() ->
    show(fun() -> [unicode_util:lookup(C) || C <- [$a, 16#e9, 16#1ea5, 16#301, 16#94d, 16#37e]] end),  % expect: [#{canon => [],ccc => 0,compat => []},#{canon => [{0,101},{230,769}],ccc => 0,compat => []},#{canon => [{0,97},{230,770},{230,769}],ccc => 0,compat => []},#{canon => [],ccc => 230,compat => []},#{canon => [],ccc => 9,compat => []},#{canon => [{0,59}],ccc => 0,compat => []}]
    show(fun() -> [unicode_util:lookup(C) || C <- [16#a0, 16#fb03, 16#1e9b, 16#212b, 16#1d15e, 16#fb2c]] end),  % expect: [#{canon => [],ccc => 0,compat => {noBreak,[{0,32}]}},#{canon => [],ccc => 0,compat => {compat,[{0,102},{0,102},{0,105}]}},#{canon => [{0,383},{230,775}],ccc => 0,compat => {compat,[{0,115},{230,775}]}},#{canon => [{0,65},{230,778}],ccc => 0,compat => []},#{canon => [{0,119127},{216,119141}],ccc => 0,compat => []},#{canon => [{0,1513},{21,1468},{24,1473}],ccc => 0,compat => []}]
    show(fun() -> [tag(C) || C <- [16#2460, 16#b5, 16#fb50, 16#2102, 16#bd, 16#fb54, 16#fb55, 16#ff66, 16#fe50, 16#3300, 16#2080, 16#b2, 16#fe30, 16#ff01]] end),  % expect: [circle,compat,isolated,font,fraction,initial,medial,narrow,small,square,sub,super,vertical,wide]
    show(fun() -> [tag(C) || C <- [16#132, 16#2011, 16#1d400, 16#1f12b, 16#1f130, 16#1f200, 16#ffe8, 16#fefc, 16#10780]] end),  % expect: [compat,noBreak,font,circle,square,square,narrow,final,none]
    show(fun() -> erlang:phash2([tag(C) || C <- lists:seq(16#fb50, 16#ffee)]) end),  % expect: 12590051
    show(fun() -> lists:usort([unicode_util:lookup(C) || C <- [16#ac00, 16#d7a3, 16#d800, 16#10ffff, 16#110000, -1, 1 bsl 70, a, 1.0, "a", <<"a">>]]) end).  % expect: [#{canon => [],ccc => 0,compat => []}]

tag(C) ->
    case unicode_util:lookup(C) of
        #{compat := {Tag, [_ | _]}} -> Tag;
        #{compat := []} -> none
    end.
