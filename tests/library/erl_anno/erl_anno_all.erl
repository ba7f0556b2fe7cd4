%% Annotations: locations, files, text, generated code.
-module(erl_anno_all).
-include("../show.hrl").

start() ->
    show(fun() -> [erl_anno:new(L) || L <- [1, {2, 3}, 0]] end),  % expect: [1,{2,3},0]
    show(fun() -> erl_anno:new(foo) end),  % expect: error badarg
    show(fun() -> erl_anno:new({1, 0}) end),  % expect: error badarg
    show(fun() -> erl_anno:new(-1) end),  % expect: error badarg
    show(fun() -> [erl_anno:line(erl_anno:new(L)) || L <- [1, {2, 3}]] end),  % expect: [1,2]
    show(fun() -> [erl_anno:column(erl_anno:new(L)) || L <- [1, {2, 3}]] end),  % expect: [undefined,3]
    show(fun() -> [erl_anno:location(erl_anno:new(L)) || L <- [1, {2, 3}]] end),  % expect: [1,{2,3}]
    show(fun() -> erl_anno:location(foo) end),  % expect: error badarg
    show(fun() -> [erl_anno:end_location(erl_anno:new(L)) || L <- [1, {2, 3}]] end),  % expect: [undefined,undefined]
    show(fun() -> erl_anno:end_location(erl_anno:set_text("two\nlines", erl_anno:new({2, 3}))) end),  % expect: {3,6}
    show(fun() -> erl_anno:end_location(erl_anno:set_text("word", erl_anno:new({2, 3}))) end),  % expect: {2,7}
    show(fun() -> erl_anno:end_location(erl_anno:set_text("word", erl_anno:new(2))) end),  % expect: 2
    show(fun() -> [erl_anno:is_anno(A) || A <- [1, {1, 1}, foo, [], [{location, 1}], [{file, "x"}, {location, {1, 2}}], [{odd, 1}], [{location, a}], -1, {a, b}, [generated]]] end),  % expect: [true,true,false,false,true,true,false,false,false,false,false]
    show(fun() -> [erl_anno:file(erl_anno:new(1)), erl_anno:file(erl_anno:set_file("f.erl", erl_anno:new(1)))] end),  % expect: [undefined,"f.erl"]
    show(fun() -> [erl_anno:set_file("f.erl", erl_anno:new(L)) || L <- [1, {2, 3}]] end),  % expect: [[{file,"f.erl"},{location,1}],[{file,"f.erl"},{location,{2,3}}]]
    show(fun() -> erl_anno:set_file(foo, 1) end),  % expect: error badarg
    show(fun() -> [erl_anno:text(erl_anno:new(1)), erl_anno:text(erl_anno:set_text("t", erl_anno:new(1)))] end),  % expect: [undefined,"t"]
    show(fun() -> [erl_anno:generated(erl_anno:new(1)), erl_anno:generated(erl_anno:set_generated(true, 1)), erl_anno:generated(erl_anno:set_generated(false, erl_anno:set_generated(true, 1)))] end),  % expect: [false,true,false]
    show(fun() -> [erl_anno:set_generated(B, {1, 2}) || B <- [true, false]] end),  % expect: [[{generated,true},{location,{1,2}}],{1,2}]
    show(fun() -> [erl_anno:record(erl_anno:new(1)), erl_anno:record(erl_anno:set_record(true, 1)), erl_anno:set_record(true, {1, 2}), erl_anno:set_record(false, [{location, 1}, {record, true}])] end),  % expect: [false,true,[{record,true},{location,{1,2}}],1]
    show(fun() -> erl_anno:set_line(7, {1, 2}) end),  % expect: {7,2}
    show(fun() -> erl_anno:set_line(7, 1) end),  % expect: 7
    show(fun() -> erl_anno:set_line(7, erl_anno:set_file("f", {1, 2})) end),  % expect: [{file,"f"},{location,{7,2}}]
    show(fun() -> erl_anno:set_location({7, 8}, 1) end),  % expect: {7,8}
    show(fun() -> erl_anno:set_location(7, erl_anno:set_file("f", {1, 2})) end),  % expect: [{file,"f"},{location,7}]
    show(fun() -> erl_anno:set_location(foo, 1) end),  % expect: error badarg
    show(fun() -> [erl_anno:to_term(A) || A <- [1, {1, 2}, erl_anno:set_file("f", 1)]] end),  % expect: [1,{1,2},[{file,"f"},{location,1}]]
    show(fun() -> [erl_anno:from_term(T) || T <- [1, {1, 2}, [{location, 1}, {file, "f"}], -3]] end),  % expect: [1,{1,2},[{location,1},{file,"f"}],[{generated,true},{location,3}]]
    show(fun() -> erl_anno:from_term(foo) end).  % expect: foo
