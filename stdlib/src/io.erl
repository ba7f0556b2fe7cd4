%% The client side of the I/O protocol: requests to a device's process and its replies.
-module(io).

-export([put_chars/1, put_chars/2, nl/0, nl/1, get_chars/2, get_chars/3, get_line/1, get_line/2, get_password/0,
         get_password/1, setopts/1, setopts/2, getopts/0, getopts/1, columns/0, columns/1, rows/0, rows/1,
         write/1, write/2, read/1, read/2, read/3, read/4, printable_range/0, request/1, request/2, requests/1, requests/2,
         format/1, format/2, format/3, fwrite/1, fwrite/2, fwrite/3, fread/2, fread/3,
         scan_erl_exprs/1, scan_erl_exprs/2, scan_erl_exprs/3, scan_erl_exprs/4, scan_erl_form/1, scan_erl_form/2,
         scan_erl_form/3, scan_erl_form/4, parse_erl_exprs/1, parse_erl_exprs/2, parse_erl_exprs/3, parse_erl_exprs/4,
         parse_erl_form/1, parse_erl_form/2, parse_erl_form/3, parse_erl_form/4]).

%% ---- Output ----

%% The error is raised in the function that was called, so that the arguments shown are the caller's.
-define(DONE(Output, Args), case Output of ok -> ok; {Reason, Why} -> erlang:error(Reason, Args, Why) end).

put_chars(Chars) ->
    ?DONE(output(default(), {put_chars, unicode, Chars}), [Chars]).

put_chars(Device, Chars) ->
    ?DONE(output(Device, {put_chars, unicode, Chars}), [Device, Chars]).

nl() ->
    ?DONE(output(default(), {put_chars, unicode, io_lib:nl()}), []).

nl(Device) ->
    ?DONE(output(Device, {put_chars, unicode, io_lib:nl()}), [Device]).

write(Term) ->
    ?DONE(output(default(), {put_chars, unicode, io_lib, write, [Term]}), [Term]).

write(Device, Term) ->
    ?DONE(output(Device, {put_chars, unicode, io_lib, write, [Term]}), [Device, Term]).

format(Format) ->
    ?DONE(print(default(), Format, []), [Format]).

format(Format, Args) ->
    ?DONE(print(default(), Format, Args), [Format, Args]).

format(Device, Format, Args) ->
    ?DONE(print(Device, Format, Args), [Device, Format, Args]).

fwrite(Format) ->
    ?DONE(print(default(), Format, []), [Format]).

fwrite(Format, Args) ->
    ?DONE(print(default(), Format, Args), [Format, Args]).

fwrite(Device, Format, Args) ->
    ?DONE(print(Device, Format, Args), [Device, Format, Args]).

print(Device, Format, Args) -> output(Device, {put_chars, unicode, io_lib, format, [Format, Args]}).

%% ok, or the reason to fail with and what is told of it.
output(Device, Request) ->
    case request(Device, Request) of
        {error, Reason} -> {reason(Reason), [{error_info, #{cause => cause(Reason), module => erl_stdlib_errors}}]};
        _ -> ok
    end.

cause(Reason) when Reason =:= terminated; Reason =:= calling_self; Reason =:= arguments -> {io, Reason};
cause(Reason) -> {device, Reason}.

reason(Reason) when Reason =:= terminated; Reason =:= calling_self; Reason =:= enospc -> Reason;
reason({no_translation, _, _}) -> no_translation;
reason(_) -> badarg.

%% ---- Input ----

get_line(Prompt) -> get_line(default(), Prompt).

get_line(Device, Prompt) -> request(Device, {get_line, unicode, Prompt}).

get_chars(Prompt, N) -> get_chars(default(), Prompt, N).

get_chars(Device, Prompt, N) when is_integer(N), N >= 0 -> request(Device, {get_chars, unicode, Prompt, N}).

get_password() -> get_password(default()).

get_password(Device) -> request(Device, {get_password, unicode}).

read(Prompt) -> read(default(), Prompt).

read(Device, Prompt) ->
    case request(Device, {get_until, unicode, Prompt, erl_scan, tokens, [1]}) of
        {ok, Tokens, _} -> parsed_term(erl_parse:parse_term(Tokens));
        {error, E, _} -> {error, E};
        {eof, _} -> eof;
        Other -> Other
    end.

parsed_term({ok, Term}) -> {ok, Term};
parsed_term({error, E}) -> {error, E}.

read(Device, Prompt, Start) -> read(Device, Prompt, Start, []).

read(Device, Prompt, Start, Opts) ->
    case request(Device, {get_until, unicode, Prompt, erl_scan, tokens, [Start, Opts]}) of
        {ok, Tokens, End} ->
            case erl_parse:parse_term(Tokens) of
                {ok, Term} -> {ok, Term, End};
                {error, E} -> {error, E, End}
            end;
        Other -> Other
    end.

fread(Prompt, Format) -> fread(default(), Prompt, Format).

fread(Device, Prompt, Format) -> request(Device, {get_until, unicode, Prompt, io_lib, fread, [Format]}).

scan_erl_exprs(Prompt) -> scan_erl_exprs(default(), Prompt, 1).
scan_erl_exprs(Device, Prompt) -> scan_erl_exprs(Device, Prompt, 1).
scan_erl_exprs(Device, Prompt, Start) -> scan_erl_exprs(Device, Prompt, Start, []).
scan_erl_exprs(Device, Prompt, Start, Opts) ->
    request(Device, {get_until, unicode, Prompt, erl_scan, tokens, [Start, Opts]}).

scan_erl_form(Prompt) -> scan_erl_exprs(Prompt).
scan_erl_form(Device, Prompt) -> scan_erl_exprs(Device, Prompt).
scan_erl_form(Device, Prompt, Start) -> scan_erl_exprs(Device, Prompt, Start).
scan_erl_form(Device, Prompt, Start, Opts) -> scan_erl_exprs(Device, Prompt, Start, Opts).

parse_erl_exprs(Prompt) -> parse_erl_exprs(default(), Prompt, 1).
parse_erl_exprs(Device, Prompt) -> parse_erl_exprs(Device, Prompt, 1).
parse_erl_exprs(Device, Prompt, Start) -> parse_erl_exprs(Device, Prompt, Start, []).
parse_erl_exprs(Device, Prompt, Start, Opts) -> parse(Device, Prompt, Start, Opts, fun erl_parse:parse_exprs/1).

parse_erl_form(Prompt) -> parse_erl_form(default(), Prompt, 1).
parse_erl_form(Device, Prompt) -> parse_erl_form(Device, Prompt, 1).
parse_erl_form(Device, Prompt, Start) -> parse_erl_form(Device, Prompt, Start, []).
parse_erl_form(Device, Prompt, Start, Opts) -> parse(Device, Prompt, Start, Opts, fun erl_parse:parse_form/1).

parse(Device, Prompt, Start, Opts, Parse) ->
    case scan_erl_exprs(Device, Prompt, Start, Opts) of
        {ok, Tokens, End} ->
            case Parse(Tokens) of
                {ok, Result} -> {ok, Result, End};
                {error, E} -> {error, E, End}
            end;
        Other -> Other
    end.

%% ---- Properties ----

setopts(Opts) -> setopts(default(), Opts).
setopts(Device, Opts) -> request(Device, {setopts, Opts}).

getopts() -> getopts(default()).
getopts(Device) -> request(Device, getopts).

columns() -> columns(default()).
columns(Device) -> geometry(Device, columns).

rows() -> rows(default()).
rows(Device) -> geometry(Device, rows).

geometry(Device, What) ->
    case request(Device, {get_geometry, What}) of
        N when is_integer(N), N > 0 -> {ok, N};
        _ -> {error, enotsup}
    end.

%% Which characters ~p takes for text; `+pc` decides in OTP, and unicode is what a terminal of today shows.
printable_range() -> persistent_term:get({io, printable_range}, latin1).

%% ---- The protocol ----

default() -> group_leader().

request(Request) -> request(default(), Request).

request(standard_io, Request) -> request(group_leader(), Request);
request(Pid, Request) when is_pid(Pid) -> send_request(Pid, convert(Request));
request(Name, Request) when is_atom(Name) ->
    case whereis(Name) of
        undefined when Name =:= standard_error -> request(user:start_stderr(), Request);
        undefined -> {error, arguments};
        Pid -> request(Pid, Request)
    end;
request({file_descriptor, Mod, Data} = Device, Request) when is_atom(Mod) ->
    _ = Data,
    Mod:io_request(Device, convert(Request));
request(_, _) -> {error, arguments}.

send_request(Pid, _) when Pid =:= self() -> {error, calling_self};
send_request(Pid, Request) ->
    Mon = erlang:monitor(process, Pid),
    Pid ! {io_request, self(), Mon, Request},
    receive
        {io_reply, Mon, Reply} ->
            erlang:demonitor(Mon, [flush]),
            Reply;
        {'DOWN', Mon, _, _, _} ->
            receive
                {'EXIT', Pid, _} -> ok
            after 0 -> ok
            end,
            {error, terminated}
    end.

requests(Requests) -> requests(default(), Requests).

requests(Device, Requests) -> request(Device, {requests, Requests}).

%% Short forms of requests.
convert({write, Term}) -> {put_chars, unicode, io_lib, write, [Term]};
convert({format, Format, Args}) -> {put_chars, unicode, io_lib, format, [Format, Args]};
convert({fwrite, Format, Args}) -> {put_chars, unicode, io_lib, format, [Format, Args]};
%% Text travels as one binary: it is copied once, and a device that is asked sees the same whatever the text was made of.
convert({put_chars, unicode, "\n"} = Request) -> Request;
convert({put_chars, unicode, Chars} = Request) when not is_binary(Chars) ->
    try unicode:characters_to_binary(Chars) of
        Binary when is_binary(Binary) -> {put_chars, unicode, Binary};
        _ -> Request
    catch error:_ -> Request
    end;
convert(nl) -> {put_chars, unicode, io_lib:nl()};
convert({get_line, Prompt}) -> {get_line, unicode, Prompt};
convert({get_chars, Prompt, N}) -> {get_chars, unicode, Prompt, N};
convert({get_until, Prompt, M, F, A}) -> {get_until, unicode, Prompt, M, F, A};
convert({fread, Prompt, Format}) -> {get_until, unicode, Prompt, io_lib, fread, [Format]};
convert({read, Prompt}) -> {get_until, unicode, Prompt, io_lib, read_term, []};
convert({requests, Requests}) -> {requests, [convert(R) || R <- Requests]};
convert(R) -> R.
