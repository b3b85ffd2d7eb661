"""The holder's pages: the agreement, the mark with its certificate, files and badge, renewal, hearing, complaint."""
