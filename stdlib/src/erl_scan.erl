%% The scanner's Erlang side: prim_compile:scan/3 is the compiler's own lexer.
-module(erl_scan).

-export([continuation_text/1, string/1, string/2, string/3, tokens/3, tokens/4, format_error/1, reserved_word/1, f_reserved_word/1,
         continuation_location/1, category/1, column/1, end_location/1, line/1, location/1, symbol/1, text/1]).
-export_type([tokens/0, token/0, symbol/0, category/0, error_info/0, options/0, tokens_result/0, return_cont/0]).

-type category() :: atom().
-type symbol() :: atom() | float() | integer() | string().
-type token() :: {category(), erl_anno:anno(), symbol()} | {category(), erl_anno:anno()}.
-type tokens() :: [token()].
-type option() :: return | return_white_spaces | return_comments | text | {reserved_word_fun, fun((atom()) -> boolean())}.
-type options() :: option() | [option()].
-type error_info() :: {erl_anno:location(), module(), term()}.
-type return_cont() :: tuple().
-type tokens_result() :: {ok, tokens(), erl_anno:location()} | {eof, erl_anno:location()}
                       | {error, error_info(), erl_anno:location()}.

string(String) -> string(String, 1, []).

string(String, StartLocation) -> string(String, StartLocation, []).

string(String, StartLocation, Options) when is_list(String), is_integer(StartLocation) orelse is_tuple(StartLocation) ->
    Opts = options(Options),
    case scan(String, StartLocation, Opts) of
        {ok, Tokens, End, _} -> {ok, reword(Tokens, Opts), End};
        {error, Location, What, End, _} -> {error, {Location, ?MODULE, What}, End}
    end.

scan(String, Location, Opts) ->
    try prim_compile:scan(String, Location, Opts)
    catch error:badarg -> erlang:error(case is_text(String) of true -> badarg; false -> function_clause end, [String, Location, Opts])
    end.

is_text([C | T]) -> is_integer(C) andalso is_text(T);
is_text(T) -> T =:= [].

options(Options) when is_list(Options) -> Options;
options(Option) -> [Option].

tokens(Continuation, Chars, StartLocation) -> tokens(Continuation, Chars, StartLocation, []).

%% What was read so far is kept as text and scanned again with what is new: a form is short. A long one waits until a dot may have come, or until it is
%% twice as long, so that each of its characters is scanned a few times at most.
-define(SHORT, 16#2000).

%% text: was scanned and is no form; new: pieces behind it, the latest first; size, new_size: their lengths in characters.
-record(erl_scan_continuation, {text = [], size = 0, new = [], new_size = 0, location, options}).

tokens([], eof, StartLocation, Options) ->
    more(eof, #erl_scan_continuation{location = StartLocation, options = options(Options)});
tokens([], Chars, StartLocation, Options) when is_list(Chars) ->
    %% All of a text may come at once, form after form is taken from it: its length is asked for only when all of it is one form or less.
    scanned(Chars, fun() -> length(Chars) end, #erl_scan_continuation{location = StartLocation, options = options(Options)});
tokens(#erl_scan_continuation{} = Continuation, Chars, _, _) when is_list(Chars); Chars =:= eof ->
    more(Chars, Continuation).

more(eof, #erl_scan_continuation{location = Location, options = Opts} = Continuation) ->
    Text = text_of(Continuation),
    case prim_compile:scan_form(Text, Location, Opts, true) of
        {ok, [], End, _} -> {done, {eof, End}, eof};
        {ok, Tokens, End, []} -> {done, {ok, reword(Tokens, Opts), End}, eof};
        {ok, Tokens, End, Rest} -> {done, {ok, reword(Tokens, Opts), End}, Rest};
        {error, Where, What, End, _} -> {done, {error, {Where, ?MODULE, What}, End}, eof}
    end;
more(Chars, #erl_scan_continuation{size = Size, new = New, new_size = NewSize} = Continuation) ->
    Read = NewSize + length(Chars),
    Whole = Continuation#erl_scan_continuation{new = [packed(Chars, Size + Read) | New], new_size = Read},
    case Size + Read < ?SHORT orelse Read >= Size orelse may_end(last_of(New), Chars) of
        true -> scanned(text_of(Whole), fun() -> Size + Read end, Whole);
        false -> {more, Whole}
    end.

%% HowLong is asked only when there is no form yet.
scanned(Text, HowLong, #erl_scan_continuation{location = Location, options = Opts} = Continuation) ->
    try prim_compile:scan_form(Text, Location, Opts, false) of
        more ->
            Size = HowLong(),
            {more, Continuation#erl_scan_continuation{text = packed(Text, Size), size = Size, new = [], new_size = 0}};
        {ok, Tokens, End, Rest} -> {done, {ok, reword(Tokens, Opts), End}, Rest};
        {error, Where, What, End, Rest} -> {done, {error, {Where, ?MODULE, What}, End}, Rest}
    catch error:badarg -> erlang:error(function_clause, [Text, Location, Opts])
    end.

text_of(#erl_scan_continuation{text = [], new = [Only]}) -> Only;
text_of(#erl_scan_continuation{text = Text, new = New}) ->
    Pieces = [Text | lists:reverse(New)],
    case lists:all(fun is_binary/1, Pieces) of
        true -> iolist_to_binary(Pieces);
        false -> Pieces
    end.

%% What was read so far, for the shell.
-spec continuation_text(return_cont() | []) -> unicode:chardata().
continuation_text([]) -> [];
continuation_text(Continuation) -> text_of(Continuation).

%% A list of characters takes sixteen times the room of a binary.
packed(Chars, Size) when Size < ?SHORT; is_binary(Chars) -> Chars;
packed(Chars, _) ->
    case unicode:characters_to_binary(Chars) of
        Packed when is_binary(Packed) -> Packed;
        _ -> Chars
    end.

last_of([[_ | _] = Latest | _]) -> lists:last(Latest);
last_of([<<_, _/binary>> = Latest | _]) -> binary:last(Latest);
last_of(_) -> $\s.

%% Whether a dot that ends a form may be among the characters: one before a blank or a comment.
may_end($., [C | _]) when C =< $\s; C =:= $%; C >= 16#80, C =< 16#a0 -> true;
may_end(_, [C | Rest]) -> may_end(C, Rest);
may_end(_, []) -> false.

%% The place of a token that may go on, or else of what comes next.
continuation_location(#erl_scan_continuation{text = [], new = [], location = Location}) -> Location;
continuation_location(#erl_scan_continuation{location = Location} = Continuation) ->
    case prim_compile:scan(text_of(Continuation), Location, [return_white_spaces]) of
        {ok, Tokens, End, _} ->
            case lists:last(Tokens) of
                {white_space, _, _} -> End;
                Token -> location(Token)
            end;
        {error, Where, _, _, _} -> Where
    end.

%% With a function of its own for reserved words, a caller reads other words as atoms.
reword(Tokens, Opts) ->
    case lists:keyfind(reserved_word_fun, 1, Opts) of
        {_, Fun} -> [word(T, Fun) || T <- Tokens];
        false -> Tokens
    end.

word({Word, Anno} = Token, Fun) ->
    case reserved_word(Word) andalso not Fun(Word) of
        true -> {atom, Anno, Word};
        false -> Token
    end;
word({atom, Anno, Word} = Token, Fun) ->
    case is_plain(Anno) andalso Fun(Word) of
        true -> {Word, Anno};
        false -> Token
    end;
word(Token, _) -> Token.

%% A quoted atom is an atom whatever it says; without text nobody can know.
is_plain(Anno) ->
    case erl_anno:text(Anno) of
        [$' | _] -> false;
        _ -> true
    end.

format_error({string, Quote, Head}) ->
    lists:flatten(["unterminated ", string_thing(Quote), " starting with ", io_lib:write_string(Head, Quote)]);
format_error({illegal, Type}) -> lists:flatten(io_lib:fwrite("illegal ~w", [Type]));
format_error(char) -> "unterminated character";
format_error({base, Base}) -> lists:flatten(io_lib:fwrite("illegal base '~w'", [Base]));
format_error({scan, Text}) -> Text;
format_error(indentation) -> "bad indentation in triple-quoted string";
format_error(white_space) -> "not white space after start of triple-quoted string";
format_error(string_concat) -> "adjacent string literals without intervening white space";
format_error(Other) -> lists:flatten(io_lib:write(Other)).

string_thing($') -> "atom";
string_thing($") -> "string";
string_thing(_) -> "sigil".

reserved_word('maybe') -> true;
reserved_word('else') -> true;
reserved_word(Word) -> f_reserved_word(Word).

f_reserved_word(Word) when is_atom(Word) ->
    lists:member(Word, ['after', 'begin', 'case', 'try', 'cond', 'catch', 'andalso', 'orelse', 'end', 'fun', 'if', 'let', 'of',
                        'receive', 'when', 'bnot', 'not', 'div', 'rem', 'band', 'and', 'bor', 'bxor', 'bsl', 'bsr', 'or', 'xor']);
f_reserved_word(_) -> false.

%%% Parts of tokens

category({Category, _}) -> Category;
category({Category, _, _}) -> Category;
category(T) -> erlang:error(badarg, [T]).

symbol({Category, _}) -> Category;
symbol({_, _, Symbol}) -> Symbol;
symbol(T) -> erlang:error(badarg, [T]).

column(Token) -> erl_anno:column(anno(Token)).
end_location(Token) -> erl_anno:end_location(anno(Token)).
line(Token) -> erl_anno:line(anno(Token)).
location(Token) -> erl_anno:location(anno(Token)).
text(Token) -> erl_anno:text(anno(Token)).

anno(Token) when is_tuple(Token), tuple_size(Token) >= 2 -> element(2, Token);
anno(T) -> erlang:error(badarg, [T]).
