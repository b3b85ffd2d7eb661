"""Files of a whole data set, all formats from one reading of its rows."""
