%% Programs are looked for below the directories of the path, whether the name has a directory or not.
-module(os_find_executable).
-include("../show.hrl").

start() ->
    show(fun() -> [os:find_executable(N, "/nowhere:/") || N <- ["bin/sh", "./bin/sh", "bin/no_such_program", "/bin/sh", "/no_such_program"]] end),  % expect: ["/bin/sh","/bin/sh",false,"/bin/sh",false]
    show(fun() -> os:find_executable("../bin/sh", "/usr") end).  % expect: "/usr/../bin/sh"
