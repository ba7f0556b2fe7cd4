%% What the functions of maps say of each argument that is none.
-module(maps_each_argument).
-include("../each_argument.hrl").

start() ->
    logger:set_primary_config(level, none),
    show(fun() -> each(maps, filter, [fun maps:is_key/2,#{}]) end),  % expect: [[{badarg,["1: not a fun that takes two arguments"]}],[{{badmap,{maps,is_key,2},["2: not a map"]},[map]},{badmap,["2: not a map or an iterator"]}]]
    show(fun() -> each(maps, filtermap, [fun maps:is_key/2,#{}]) end),  % expect: [[{badarg,["1: not a fun that takes two arguments"]}],[{{badmap,{maps,is_key,2},["2: not a map"]},[map]},{badmap,["2: not a map or an iterator"]}]]
    show(fun() -> each(maps, find, [a,#{a=>1}]) end),  % expect: [[ok],[{ok,[map]},{badmap,["2: not a map"]}]]
    show(fun() -> each(maps, fold, [fun maps:get/3,0,#{}]) end),  % expect: [[{badarg,["1: not a fun that takes three arguments"]}],[ok],[{{badmap,{maps,get,3},["2: not a map"]},[map]},{badmap,["3: not a map or an iterator"]}]]
    show(fun() -> each(maps, foreach, [fun maps:is_key/2,#{}]) end),  % expect: [[{badarg,["1: not a fun that takes two arguments"]}],[{{badmap,{maps,is_key,2},["2: not a map"]},[map]},{badmap,["2: not a map or an iterator"]}]]
    show(fun() -> each(maps, from_keys, [[a],1]) end),  % expect: [[{ok,[nil,list,string,deep,pairs]},{{badarg,["1: not a proper list"]},[improper]},{badarg,["1: not a list"]}],[ok]]
    show(fun() -> each(maps, from_list, [[{a,1}]]) end),  % expect: [[{ok,[nil,pairs]},{badarg,[list,string,deep]},{{badarg,["1: not a proper list"]},[improper]},{badarg,["1: not a list"]}]]
    show(fun() -> each(maps, get, [a,#{a=>1}]) end),  % expect: [[{badkey,["1: not present in map"]}],[{ok,[map]},{badmap,["2: not a map"]}]]
    show(fun() -> each(maps, get, [a,#{a=>1},2]) end),  % expect: [[ok],[{ok,[map]},{badmap,["2: not a map"]}],[ok]]
    show(fun() -> each(maps, groups_from_list, [fun erlang:hd/1,[[a]]]) end),  % expect: [[{ok,[function]},{badarg,["1: not a fun that takes one argument"]}],[{ok,[nil,deep]},{{badarg,{erlang,hd,1},["1: not a nonempty list"]},[list,string,pairs]},{{badarg,["2: not a proper list"]},[improper]},{badarg,["2: not a list"]}]]
    show(fun() -> each(maps, groups_from_list, [fun erlang:hd/1,fun erlang:hd/1,[[a]]]) end),  % expect: [[{ok,[function]},{badarg,["1: not a fun that takes one argument"]}],[{ok,[function]},{badarg,["2: not a fun that takes one argument"]}],[{ok,[nil,deep]},{{badarg,{erlang,hd,1},["1: not a nonempty list"]},[list,string,pairs]},{{badarg,["3: not a proper list"]},[improper]},{badarg,["3: not a list"]}]]
    show(fun() -> each(maps, intersect, [#{a=>1},#{a=>2}]) end),  % expect: [[{ok,[map]},{badmap,["1: not a map"]}],[{ok,[map]},{badmap,["2: not a map"]}]]
    show(fun() -> each(maps, intersect_with, [fun maps:get/3,#{},#{}]) end),  % expect: [[{badarg,["1: not a fun that takes three arguments"]}],[{ok,[map]},{badmap,["2: not a map"]}],[{ok,[map]},{badmap,["3: not a map"]}]]
    show(fun() -> each(maps, is_key, [a,#{}]) end),  % expect: [[ok],[{ok,[map]},{badmap,["2: not a map"]}]]
    show(fun() -> each(maps, iterator, [#{}]) end),  % expect: [[{ok,[map]},{badmap,["1: not a map"]}]]
    show(fun() -> each(maps, keys, [#{}]) end),  % expect: [[{ok,[map]},{badmap,["1: not a map"]}]]
    show(fun() -> each(maps, map, [fun maps:is_key/2,#{}]) end),  % expect: [[{badarg,["1: not a fun that takes two arguments"]}],[{{badmap,{maps,is_key,2},["2: not a map"]},[map]},{badmap,["2: not a map or an iterator"]}]]
    show(fun() -> each(maps, merge, [#{},#{}]) end),  % expect: [[{ok,[map]},{badmap,["1: not a map"]}],[{ok,[map]},{badmap,["2: not a map"]}]]
    show(fun() -> each(maps, merge_with, [fun maps:get/3,#{},#{}]) end),  % expect: [[{badarg,["1: not a fun that takes three arguments"]}],[{ok,[map]},{badmap,["2: not a map"]}],[{ok,[map]},{badmap,["3: not a map"]}]]
    show(fun() -> each(maps, next, [none]) end),  % expect: [[{badarg,["1: not a valid iterator"]}]]
    show(fun() -> each(maps, put, [a,1,#{}]) end),  % expect: [[ok],[ok],[{ok,[map]},{badmap,["3: not a map"]}]]
    show(fun() -> each(maps, remove, [a,#{}]) end),  % expect: [[ok],[{ok,[map]},{badmap,["2: not a map"]}]]
    show(fun() -> each(maps, size, [#{}]) end),  % expect: [[{ok,[map]},{badmap,["1: not a map"]}]]
    show(fun() -> each(maps, take, [a,#{a=>1}]) end),  % expect: [[ok],[{ok,[map]},{badmap,["2: not a map"]}]]
    show(fun() -> each(maps, update_with, [a,fun erlang:abs/1,#{a=>1}]) end),  % expect: [[badkey],[{{function_clause,{lists,reverse,1}},[function]},{badarg,["2: not a fun that takes one argument"]}],[{ok,[map]},{badmap,["3: not a map"]}]]
    show(fun() -> each(maps, update_with, [a,fun erlang:abs/1,0,#{a=>1}]) end),  % expect: [[ok],[{{function_clause,{lists,reverse,1}},[function]},{badarg,["2: not a fun that takes one argument"]}],[ok],[{ok,[map]},{badmap,["4: not a map"]}]]
    show(fun() -> each(maps, values, [#{}]) end).  % expect: [[{ok,[map]},{badmap,["1: not a map"]}]]
