%% Nothing at all: the place is the end.

