"""DCAT-AP 3 of the portal as JSON-LD: what harvesters of dane.gov.pl and data.europa.eu read."""
