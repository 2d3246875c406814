"""The passes of the check, a file each: what a scenario as a whole can get wrong."""
