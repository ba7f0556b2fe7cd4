%% What the functions of erl_anno say of arguments that are none.
-module(erl_anno_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> not_always(erl_anno, badarg, [{set_generated, 2}, {set_record, 2}]) end),  % expect: []
    show(fun() -> not_always(erl_anno, ok, [{from_term, 1}, {is_anno, 1}, {to_term, 1}]) end),  % expect: []
    show(fun() -> bad(erl_anno, column, 1) end),  % expect: [{badarg,7},{ok,4}]
    show(fun() -> bad(erl_anno, end_location, 1) end),  % expect: [{badarg,7},{ok,4}]
    show(fun() -> bad(erl_anno, file, 1) end),  % expect: [{badarg,7},{ok,4}]
    show(fun() -> bad(erl_anno, generated, 1) end),  % expect: [{badarg,7},{ok,4}]
    show(fun() -> bad(erl_anno, line, 1) end),  % expect: [{badarg,7},{ok,4}]
    show(fun() -> bad(erl_anno, location, 1) end),  % expect: [{badarg,7},{ok,4}]
    show(fun() -> bad(erl_anno, new, 1) end),  % expect: [{badarg,10},{ok,1}]
    show(fun() -> bad(erl_anno, record, 1) end),  % expect: [{badarg,7},{ok,4}]
    show(fun() -> bad(erl_anno, set_file, 2) end),  % expect: [{badarg,106},{ok,15}]
    show(fun() -> bad(erl_anno, set_line, 2) end),  % expect: [{badarg,118},{ok,3}]
    show(fun() -> bad(erl_anno, set_location, 2) end),  % expect: [{badarg,118},{ok,3}]
    show(fun() -> bad(erl_anno, set_text, 2) end),  % expect: [{badarg,109},{ok,12}]
    show(fun() -> bad(erl_anno, text, 1) end).  % expect: [{badarg,7},{ok,4}]
