%% What the functions of math say of arguments that are none.
-module(math_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> bad(math, acos, 1) end),  % expect: [{badarg,8},{badarith,1},{ok,2}]
    show(fun() -> bad(math, acosh, 1) end),  % expect: [{badarg,8},{badarith,1},{ok,2}]
    show(fun() -> bad(math, asin, 1) end),  % expect: [{badarg,8},{badarith,1},{ok,2}]
    show(fun() -> bad(math, asinh, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(math, atan, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(math, atan2, 2) end),  % expect: [{badarg,112},{ok,9}]
    show(fun() -> bad(math, atanh, 1) end),  % expect: [{badarg,8},{badarith,3}]
    show(fun() -> bad(math, ceil, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(math, cos, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(math, cosh, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(math, erf, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(math, erfc, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(math, exp, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(math, floor, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(math, fmod, 2) end),  % expect: [{badarg,112},{ok,9}]
    show(fun() -> bad(math, log, 1) end),  % expect: [{badarg,8},{badarith,1},{ok,2}]
    show(fun() -> bad(math, log10, 1) end),  % expect: [{badarg,8},{badarith,1},{ok,2}]
    show(fun() -> bad(math, log2, 1) end),  % expect: [{badarg,8},{badarith,1},{ok,2}]
    show(fun() -> bad(math, pow, 2) end),  % expect: [{badarg,112},{badarith,1},{ok,8}]
    show(fun() -> bad(math, sin, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(math, sinh, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(math, sqrt, 1) end),  % expect: [{badarg,8},{badarith,1},{ok,2}]
    show(fun() -> bad(math, tan, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(math, tanh, 1) end).  % expect: [{badarg,8},{ok,3}]
