from unfold.sites import UnfoldAdminSite


class PortalAdminSite(UnfoldAdminSite):
    site_header = "Dolnośląska Ekonomia Społeczna"
    site_title = "Koordynacja"
    index_title = "Praca koordynatora"
