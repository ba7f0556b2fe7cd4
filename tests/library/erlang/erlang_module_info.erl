%% What the module erlang says of itself.
-module(erlang_module_info).
-include("../show.hrl").

start() ->
    show(fun() -> erlang:module_info(module) end),  % expect: erlang
    show(fun() -> [lists:member(F, erlang:module_info(exports)) || F <- [{module_info, 0}, {module_info, 1}, {self, 0}, {'+', 2}, {monitor, 2}, {no_such, 1}]] end),  % expect: [true,true,true,true,true,false]
    show(fun() -> [lists:member(F, erlang:module_info(functions)) || F <- [{self, 0}, {no_such, 1}]] end),  % expect: [true,false]
    show(fun() -> byte_size(erlang:module_info(md5)) end),  % expect: 16
    show(fun() -> [K || {K, _} <- erlang:module_info()] -- [native] end),  % expect: [module,exports,attributes,compile,md5]
    show(fun() -> erlang:module_info(no_such) end),  % expect: error badarg
    show(fun() -> erlang:module_info(1) end),  % expect: error badarg
    show(fun() -> erlang:function_exported(erlang, module_info, 1) end).  % expect: true
