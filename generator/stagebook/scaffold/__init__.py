"""New sites, and Stagebook in sites that exist: the files to write, as text."""
