"""A browser's own description of itself, in words by which a person knows their device."""

# The order matters: Edge says Chrome, Chrome says Safari.
BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


def describe(user_agent):
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "Nieznana przeglądarka")
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    return f"{browser}, {system}" if system else browser
