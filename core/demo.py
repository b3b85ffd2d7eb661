"""What other apps add to the rows of `manage.py seed_demo`. core knows none of them: they register in ready()."""

_seeds = []


def provide(function):
    """Adds `function(*, seed, now)`: it invents rows, is safe to repeat and returns a Polish sentence about them."""
    if function not in _seeds:
        _seeds.append(function)
    return function


def seeds():
    return list(_seeds)
