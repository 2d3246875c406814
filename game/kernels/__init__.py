"""The few hot loops: plain Python over flat lists, integers only, no game words."""
