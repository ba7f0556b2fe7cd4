%% The frames of the control protocol, as in cli/src/control/protocol.rs.

%% From the client
-define(START, 1).      % what it wants, strings between zero bytes
-define(INPUT, 2).      % bytes of its standard input, as asked for by READ
-define(EOF, 3).        % the end of it
-define(INTERRUPT, 4).  % Ctrl-C
-define(RESIZE, 5).     % columns and rows, 16 bits each
-define(COMPLETE, 6).   % number (32 bits), text before the cursor
-define(JOB, 7).        % a line of job control

%% To the client
-define(OUTPUT, 65).    % for its standard output
-define(ERRORS, 66).    % for its standard error
-define(READ, 67).      % wants input: $e, $l or $p, then the prompt
-define(CANDIDATES, 68). % number, length of what they replace (32 bits each), lines: candidate TAB note
-define(EXIT, 69).      % one byte: the exit status
-define(CONNECTED, 70). % number (32 bits) of the job that the next input is for

%% Bytes of output in one frame.
-define(PIECE, 32768).
