from django.db import models
from django.db.models.functions import Lower


class OutgoingEmailQuerySet(models.QuerySet):
    def waiting(self):
        """Neither sent nor given up."""
        return self.filter(sent_at=None, failed_at=None)

    def due(self, now):
        return self.filter(due_at__lte=now)

    def for_address(self, address):
        """One person's, in the order they came to be."""
        return self.alias(address=Lower("to")).filter(address=address.lower()).order_by("pk")
