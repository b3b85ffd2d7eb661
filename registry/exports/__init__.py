"""The result of a query string as a file, row by row: no export holds more than a few hundred rows in memory."""
