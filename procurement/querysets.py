from django.db import models


class ContractingAuthorityQuerySet(models.QuerySet):
    def with_institution(self):
        """What `str()` needs."""
        return self.select_related("institution")
