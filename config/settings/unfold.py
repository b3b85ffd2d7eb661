"""The coordinators' panel: its colours, its navigation by job, its labels. Values of the UNFOLD setting."""

from django.templatetags.static import static
from django.urls import reverse_lazy


def may(*permissions):
    """For an entry of the navigation: shown to those who hold all of these permissions."""
    return lambda request: request.user.has_perms(permissions)


def page(title, icon, name, permission, space="admin"):
    return {"title": title, "icon": icon, "link": reverse_lazy(f"{space}:{name}"), "permission": may(permission)}


def listing(title, icon, model, app="registry"):
    """A list and the pages below it, but for the one that has an entry of its own."""
    entry = page(title, icon, f"{app}_{model}_changelist", f"{app}.view_{model}")

    def is_open(request):
        return request.path.startswith(str(entry["link"])) and request.path not in map(str, WITH_OWN_ENTRY)

    return entry | {"active": is_open}


WITH_OWN_ENTRY = [
    reverse_lazy(f"admin:{name}")
    for name in ("registry_importrun_add", "accounts_role_table", "notifications_letters")
]


NAVIGATION = [
    {
        "items": [
            {"title": "Co czeka", "icon": "inbox", "link": reverse_lazy("admin:index")},
        ],
    },
    {
        "title": "Katalog",
        "items": [
            listing("Podmioty", "storefront", "organisation"),
            listing("Oferty", "sell", "offer"),
            listing("Instytucje", "account_balance", "institution"),
            listing("Jednostki", "domain", "unit"),
            page("Świeżość danych", "update", "freshness_board", "registry.add_callattempt", space="registry"),
            page("Do kogo zadzwonić", "call", "call_list", "registry.add_callattempt", space="registry"),
            listing("Prośby o potwierdzenie", "mark_email_read", "confirmationrequest"),
            listing("Zasady potwierdzania", "rule", "freshnessrule"),
            listing("Zgłoszenia błędów", "report", "errorreport"),
            listing("Prośby o reprezentację", "badge", "representationrequest"),
        ],
    },
    {
        "title": "Wydarzenia",
        "items": [
            page("Najbliższe", "event_upcoming", "desk_home", "events.change_event", space="events"),
            listing("Wydarzenia", "event", "event", app="events"),
            listing("Cykle", "event_repeat", "series", app="events"),
            listing("Edycje projektów", "folder_open", "edition", app="events"),
            listing("Teksty edycji", "article", "editiontext", app="events"),
            listing("Formularze edycji", "dynamic_form", "formversion", app="events"),
        ],
    },
    {
        "title": "Zamówienia",
        "items": [
            listing("Zamawiający", "gavel", "contractingauthority", app="procurement"),
            listing("Jednostki zamawiających", "lan", "orderingunit", app="procurement"),
            listing("Prośby urzędników", "badge", "officerrequest", app="procurement"),
            listing("Plany", "calendar_month", "plan", app="procurement"),
            listing("Ogłoszenia", "campaign", "notice", app="procurement"),
            listing("Progi i stawki", "percent", "rule", app="procurement"),
            listing("Tryby", "route", "mode", app="procurement"),
            listing("Terminy na oferty", "timer", "offerperiod", app="procurement"),
            listing("Klauzule", "handshake", "clausekind", app="procurement"),
            listing("Grupy osób w klauzulach", "groups", "clausegroup", app="procurement"),
            listing("Teksty doradcy", "article", "guide", app="procurement"),
        ],
    },
    {
        "title": "Znak",
        "items": [
            page("Sprawy", "inbox", "case_board", "quality_mark.change_rulebook", space="quality_mark"),
            listing("Historia spraw", "history", "application", app="quality_mark"),
            listing("Historia znaków", "verified", "mark", app="quality_mark"),
            listing("Zasady", "rule", "rulebook", app="quality_mark"),
            listing("Nabory", "event_available", "intake", app="quality_mark"),
        ],
    },
    {
        "title": "Import",
        "items": [
            page("Nowy import", "upload_file", "registry_importrun_add", "registry.add_importrun"),
            listing("Importy", "history", "importrun"),
            listing("Propozycje zmian", "edit_note", "proposal"),
            listing("Pola bez sprawdzania", "bolt", "trustedfield"),
            listing("Powtórzenia", "join_inner", "duplicatecase"),
            listing("Źródła danych", "database", "datasource"),
        ],
    },
    {
        "title": "Słowniki",
        "items": [
            listing("Rodzaje podmiotów", "category", "organisationkind"),
            listing("Formy prawne", "gavel", "legalform"),
            listing("Kategorie ofert", "label", "offercategory"),
            listing("Kody CPV", "pin", "cpvcode"),
            listing("Kody PKD", "tag", "pkdcode"),
            listing("Powiaty", "map", "county"),
            listing("Gminy", "location_on", "municipality"),
            listing("Stany słowników", "history_edu", "dictionaryload"),
        ],
    },
    {
        "title": "Poczta",
        "items": [
            listing("Listy", "mail", "outgoingemail", app="notifications"),
            page("Wzory listów", "drafts", "notifications_letters", "notifications.view_outgoingemail"),
        ],
    },
    {
        "title": "Konta",
        "items": [
            listing("Konta", "person", "user", app="accounts"),
            listing("Zaproszenia", "outgoing_mail", "invitation", app="accounts"),
            listing("Role osób", "key", "rolegrant", app="accounts"),
            listing("Prośby o usunięcie danych", "person_remove", "erasurerequest", app="accounts"),
            listing("Dziennik", "visibility", "trailentry", app="accounts"),
            listing("Zgody", "task_alt", "consent", app="accounts"),
            listing("Treści zgód", "contract", "consentdocument", app="accounts"),
            listing("Usunięte po czasie", "auto_delete", "retentionreport", app="accounts"),
            page("Co wolno roli", "rule", "accounts_role_table", "accounts.view_rolegrant"),
        ],
    },
]

UNFOLD = {
    "SITE_TITLE": "Koordynacja",
    "SITE_HEADER": "Ekonomia społeczna",
    "SITE_SUBHEADER": "panel koordynatora",
    "SITE_URL": "/",
    "SITE_SYMBOL": "diversity_3",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("img/favicon.svg")}],
    "SHOW_HISTORY": False,
    "SHOW_BACK_BUTTON": True,
    "ENVIRONMENT": "config.admin.environment",
    "DASHBOARD_CALLBACK": "registry.admin.dashboard.dashboard",
    "STYLES": [lambda request: static("css/tokens.css"), lambda request: static("css/admin.css")],
    "SCRIPTS": [lambda request: static("js/admin.js")],
    "BORDER_RADIUS": "4px",
    # Petrol for what one can press, warm paper for the rest: the same colours as static/css/tokens.css.
    "COLORS": {
        "base": {
            "50": "#faf6ee",
            "100": "#f1eadd",
            "200": "#dcd2c1",
            "300": "#c4b8a5",
            "400": "#81766a",
            "500": "#655d54",
            "600": "#4d545c",
            "700": "#3a4147",
            "800": "#343b40",
            "900": "#1b2125",
            "950": "#14181b",
        },
        "primary": {
            "50": "#eef5f5",
            "100": "#dfecec",
            "200": "#c6dfe2",
            "300": "#9cc8cf",
            "400": "#4f93a0",
            "500": "#1b6474",
            "600": "#0c4d5b",
            "700": "#0a424e",
            "800": "#073640",
            "900": "#052a32",
            "950": "#031b21",
        },
        "font": {
            "subtle-light": "#4d545c",
            "subtle-dark": "#b8b3a8",
            "default-light": "#1a1e22",
            "default-dark": "#f2ede3",
            "important-light": "#073640",
            "important-dark": "#f2ede3",
        },
    },
    "SIDEBAR": {"show_search": False, "show_all_applications": False, "navigation": NAVIGATION},
}
