%% The functions behind io_lib:format/2 that libraries call although nobody documents them.
-module(io_lib_format).

-export([fwrite/2, fwrite_g/1]).

fwrite(Format, Args) -> io_lib:format(Format, Args).

%% The shortest text that reads back as the same float.
fwrite_g(Float) -> float_to_list(Float, [short]).
