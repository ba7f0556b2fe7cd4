%% What the functions of erl_anno say of arguments that are none.
-module(erl_anno_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> bad(erl_anno, column, 1) end),  % expect: [badarg,ok,ok,badarg,badarg,badarg,badarg,badarg,ok,ok,badarg,badarg]
    show(fun() -> bad(erl_anno, end_location, 1) end),  % expect: [badarg,ok,ok,badarg,badarg,badarg,badarg,badarg,ok,ok,badarg,badarg]
    show(fun() -> bad(erl_anno, file, 1) end),  % expect: [badarg,ok,ok,badarg,badarg,badarg,badarg,badarg,ok,ok,badarg,badarg]
    show(fun() -> bad(erl_anno, from_term, 1) end),  % expect: [ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok]
    show(fun() -> bad(erl_anno, generated, 1) end),  % expect: [badarg,ok,ok,badarg,badarg,badarg,badarg,badarg,ok,ok,badarg,badarg]
    show(fun() -> bad(erl_anno, is_anno, 1) end),  % expect: [ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok]
    show(fun() -> bad(erl_anno, line, 1) end),  % expect: [badarg,ok,ok,badarg,badarg,badarg,badarg,badarg,ok,ok,badarg,badarg]
    show(fun() -> bad(erl_anno, location, 1) end),  % expect: [badarg,ok,ok,badarg,badarg,badarg,badarg,badarg,ok,ok,badarg,badarg]
    show(fun() -> bad(erl_anno, new, 1) end),  % expect: [badarg,ok,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(erl_anno, record, 1) end),  % expect: [badarg,ok,ok,badarg,badarg,badarg,badarg,badarg,ok,ok,badarg,badarg]
    show(fun() -> bad(erl_anno, set_file, 2) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(erl_anno, set_generated, 2) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(erl_anno, set_line, 2) end),  % expect: [badarg,ok,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(erl_anno, set_location, 2) end),  % expect: [badarg,ok,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(erl_anno, set_record, 2) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(erl_anno, set_text, 2) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(erl_anno, text, 1) end),  % expect: [badarg,ok,ok,badarg,badarg,badarg,badarg,badarg,ok,ok,badarg,badarg]
    show(fun() -> bad(erl_anno, to_term, 1) end).  % expect: [ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok]
