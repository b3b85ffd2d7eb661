"""Every kind of letter about people, with invented values for the preview."""

from accounts.letters import data, entrance, roles

LETTERS = (*data.LETTERS, *entrance.LETTERS, *roles.LETTERS)
