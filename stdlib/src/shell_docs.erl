%% Words documentation in the docs_v1 format (EEP 48) for the console.
-module(shell_docs).

-export([render/2, render/3, render/4, render_type/2, render_type/3, render_type/4,
         render_callback/2, render_callback/3, render_callback/4]).

-type docs() :: tuple().

%% A module: what it is about, and its functions.
-spec render(module(), docs()) -> unicode:chardata() | {error, term()}.
render(Module, {docs_v1, _, _, _, About, _, Docs}) ->
    [heading(Module), text(About, "  "), $\n,
     [["  ", Head, $\n] || {{function, _, _}, _, Heads, _, _} <- Docs, Head <- first(Heads)]].

first([Head | _]) -> [Head];
first([]) -> [].

render(Module, Function, {docs_v1, _, _, _, _, _, _} = D) -> entries(Module, kind(function, D), fun(F, _) -> F =:= Function end).

render(Module, Function, Arity, {docs_v1, _, _, _, _, _, _} = D) ->
    entries(Module, kind(function, D), fun(F, A) -> F =:= Function andalso A =:= Arity end).

render_type(Module, D) -> entries(Module, kind(type, D), fun(_, _) -> true end).
render_type(Module, Type, D) -> entries(Module, kind(type, D), fun(T, _) -> T =:= Type end).
render_type(Module, Type, Arity, D) -> entries(Module, kind(type, D), fun(T, A) -> T =:= Type andalso A =:= Arity end).

render_callback(Module, D) -> entries(Module, kind(callback, D), fun(_, _) -> true end).
render_callback(Module, Name, D) -> entries(Module, kind(callback, D), fun(C, _) -> C =:= Name end).
render_callback(Module, Name, Arity, D) -> entries(Module, kind(callback, D), fun(C, A) -> C =:= Name andalso A =:= Arity end).

kind(Kind, {docs_v1, _, _, _, _, _, Docs}) -> {Kind, lists:sort([D || {{K, _, _}, _, _, _, _} = D <- Docs, K =:= Kind])}.

entries(Module, {Kind, Docs}, Wanted) ->
    case [D || {{_, N, A}, _, _, _, _} = D <- Docs, Wanted(N, A)] of
        [] -> {error, list_to_atom(lists:concat([Kind, "_missing"]))};
        Found -> [heading(Module) | lists:join($\n, [entry(Heads, About) || {Heads, About} <- together(Found)])]
    end.

%% Functions that are described by the same text are shown with it once.
together([{_, _, Heads, About, _} | Docs]) -> together(Docs, Heads, About).

together([{_, _, Heads, Same, _} | Docs], Before, Same) when is_map(Same) -> together(Docs, Before ++ Heads, Same);
together([{_, _, Heads, About, _} | Docs], Before, Other) -> [{Before, Other} | together(Docs, Heads, About)];
together([], Heads, About) -> [{Heads, About}].

entry(Heads, About) -> [[["  ", H, $\n] || H <- Heads], text(About, "      ")].

heading(Module) -> io_lib:format("~n\t~tw~n~n", [Module]).

text(#{<<"en">> := Text}, Indent) -> [$\n, [[Indent, Line, $\n] || Line <- string:split(Text, "\n", all)]];
text(_, _) -> "".
