%% What zip:list_dir/1 and its like answer for an archive and for each of its files.
-record(zip_file, {
    name :: string(),
    info :: file:file_info(),
    comment :: string(),
    %% Of the file's header in the archive.
    offset :: non_neg_integer(),
    comp_size :: non_neg_integer()
}).

-record(zip_comment, {comment :: string()}).
